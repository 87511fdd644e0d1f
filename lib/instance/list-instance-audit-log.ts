import { findAuditRows } from "@/db/queries/audit-log";
import { auditFilter } from "../audit-log/audit-filter";
import { presentAuditRow } from "../audit-log/present-audit-row";
import { type AuditRowOutput, instanceAuditLogQuery } from "../contract/audit-log";
import type { Page } from "../contract/shared";
import { type Input, parseInput } from "../core/parse-input";
import { pageFrom } from "../verbs/page";
import { type PersonContext, requireOperator } from "./context";

/** Changes of the instance and its accounts, outside of workspaces: entries that match the filters, newest first. */
export async function listInstanceAuditLog({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof instanceAuditLogQuery>;
}): Promise<Page<AuditRowOutput>> {
  await requireOperator(ctx);
  const query = parseInput(instanceAuditLogQuery, input);
  const filter = auditFilter(null, query);
  return pageFrom("auditRow", query, async (page) =>
    (await findAuditRows(ctx.db, filter, page)).map(presentAuditRow),
  );
}
