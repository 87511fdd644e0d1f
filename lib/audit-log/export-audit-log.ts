import { auditLogExportQuery } from "../contract/audit-log";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { auditFile } from "./audit-file";
import { auditFilter } from "./audit-filter";

/** What the filters of the audit log match, newest first, as a file of CSV or NDJSON that is read as it is pulled. */
export async function exportAuditLog({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof auditLogExportQuery>;
}) {
  authorize(ctx, "auditLog:read");
  const { format, ...query } = parseInput(auditLogExportQuery, input);
  const { id, slug } = ctx.workspace;
  return auditFile(ctx.db, { of: slug, format, filter: auditFilter(id, query) });
}
