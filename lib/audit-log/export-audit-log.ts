import { walkAuditRows } from "@/db/queries/audit-log";
import { auditLogExportQuery } from "../contract/audit-log";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { exportFile } from "../verbs/export-file";
import { auditFilter } from "./audit-filter";
import { presentAuditRow } from "./present-audit-row";

const columns = [
  "id",
  "createdAt",
  "actorType",
  "actorId",
  "actorName",
  "action",
  "targetId",
  "targetName",
  "address",
  "userAgent",
  "requestId",
  "details",
  "changes",
];

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
  return exportFile(ctx, {
    of: "audit-log",
    format,
    rows: walkAuditRows(ctx.db, auditFilter(ctx.workspace.id, query)),
    present: presentAuditRow,
    columns,
    cells: ({ id, createdAt, actor, action, target, address, userAgent, requestId, details, changes }) => [
      id,
      createdAt,
      actor.type,
      actor.id,
      actor.name,
      action,
      target.id,
      target.name,
      address,
      userAgent,
      requestId,
      JSON.stringify(details),
      changes && JSON.stringify(changes),
    ],
  });
}
