import type { AuditRow } from "@/db/queries/audit-log";
import type { AuditRowOutput } from "../contract/audit-log";
import { type IdKind, toPublicId } from "../core/ids";

/** The kind of id of an action's target, by its noun. */
const kinds: Record<string, IdKind> = {
  workspace: "workspace",
  endpoint: "endpoint",
  event: "event",
  delivery: "delivery",
  replay: "replay",
  api_key: "apiKey",
  email: "email",
  member: "user",
  invitation: "invitation",
  domain: "domain",
  user: "user",
  self_test: "selfTest",
};
const actorKinds: Record<string, IdKind> = { user: "user", api_key: "apiKey" };

/** An entry of the audit log in the API's form. An event type is identified by its name, everything else by its id. */
export function presentAuditRow(row: AuditRow): AuditRowOutput {
  const kind = kinds[row.action.split(".")[0] ?? ""];
  const actorKind = actorKinds[row.actorType];
  return {
    id: toPublicId("auditRow", row.id),
    createdAt: row.createdAt.toISOString(),
    actor: {
      type: row.actorType,
      id: actorKind && row.actorId ? toPublicId(actorKind, row.actorId) : null,
      name: row.actorName,
    },
    action: row.action,
    target: {
      id: kind && row.targetId ? toPublicId(kind, row.targetId) : row.targetId,
      name: row.targetName,
    },
    details: row.details,
    changes: row.changes,
    address: row.address,
    userAgent: row.userAgent,
    requestId: row.requestId,
  };
}
