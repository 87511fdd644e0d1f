import type { Database } from "@/db/connection/client";
import { type AuditFilter, walkAuditRows } from "@/db/queries/audit-log";
import { exportFile } from "../verbs/export-file";
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

/**
 * Entries of the audit log that match a filter, newest first, as a CSV or NDJSON file that is read on demand.
 *
 * @param options.of whose audit log it is, for the file's name
 */
export function auditFile(
  db: Database,
  { of, format, filter }: { of: string; format: "csv" | "ndjson"; filter: AuditFilter },
) {
  return exportFile({
    of: `${of}-audit-log`,
    format,
    rows: walkAuditRows(db, filter),
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
