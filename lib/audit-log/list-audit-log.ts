import { findAuditRows } from "@/db/queries/audit-log";
import { type AuditRowOutput, auditLogQuery } from "../contract/audit-log";
import type { Page } from "../contract/shared";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";
import { auditFilter } from "./audit-filter";
import { presentAuditRow } from "./present-audit-row";

/** Changes in the workspace and their actors: entries that match the filters, newest first. */
export async function listAuditLog({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof auditLogQuery>;
}): Promise<Page<AuditRowOutput>> {
  authorize(ctx, "auditLog:read");
  const query = parseInput(auditLogQuery, input);
  const filter = auditFilter(ctx.workspace.id, query);
  return pageFrom("auditRow", query, async (page) =>
    (await findAuditRows(ctx.db, filter, page)).map(presentAuditRow),
  );
}
