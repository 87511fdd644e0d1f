import { walkAuditRows } from "@/db/queries/audit-log";
import { auditLogExportQuery } from "../contract/audit-log";
import { csvLine } from "../core/csv";
import { type Input, parseInput } from "../core/parse-input";
import type { ExportedFile } from "../deliveries/export-deliveries";
import { authorize, type Context } from "../verbs/context";
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
}): Promise<ExportedFile> {
  authorize(ctx, "auditLog:read");
  const { format, ...query } = parseInput(auditLogExportQuery, input);
  const rows = walkAuditRows(ctx.db, auditFilter(ctx.workspace.id, query));
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  return {
    name: `${ctx.workspace.slug}-audit-log-${time}Z.${format}`,
    type: format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
    parts: format === "csv" ? csvOf(rows) : ndjsonOf(rows),
  };
}

type Rows = ReturnType<typeof walkAuditRows>;

async function* csvOf(rows: Rows): AsyncGenerator<string, void> {
  yield csvLine(columns);
  for await (const some of rows) {
    yield some
      .map(presentAuditRow)
      .map(({ id, createdAt, actor, action, target, address, userAgent, requestId, details, changes }) =>
        csvLine([
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
        ]),
      )
      .join("");
  }
}

async function* ndjsonOf(rows: Rows): AsyncGenerator<string, void> {
  for await (const some of rows)
    yield some.map((row) => `${JSON.stringify(presentAuditRow(row))}\n`).join("");
}
