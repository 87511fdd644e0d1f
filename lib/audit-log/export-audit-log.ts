import { auditLogExportQuery } from "../contract/audit-log";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { auditFile } from "./audit-file";
import { auditFilter } from "./audit-filter";

/** Entries of the audit log that match the filters, newest first, as a CSV or NDJSON file that is read on demand. */
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
