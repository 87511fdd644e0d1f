import { auditFile } from "../audit-log/audit-file";
import { auditFilter } from "../audit-log/audit-filter";
import { instanceAuditLogExportQuery } from "../contract/audit-log";
import { type Input, parseInput } from "../core/parse-input";
import { type PersonContext, requireOperator } from "./context";

/** Entries of the instance's audit log that match the filters, newest first, as a file that is read on demand. */
export async function exportInstanceAuditLog({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof instanceAuditLogExportQuery>;
}) {
  await requireOperator(ctx);
  const { format, ...query } = parseInput(instanceAuditLogExportQuery, input);
  return auditFile(ctx.db, { of: "instance", format, filter: auditFilter(null, query) });
}
