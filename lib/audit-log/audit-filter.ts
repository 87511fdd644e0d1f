import type { AuditFilter } from "@/db/queries/audit-log";
import type { AuditLogQuery, InstanceAuditLogQuery } from "../contract/audit-log";
import { fromPublicId, type IdKind, noId } from "../core/ids";

const targetKinds: IdKind[] = [
  "workspace",
  "endpoint",
  "event",
  "delivery",
  "replay",
  "apiKey",
  "email",
  "user",
  "invitation",
  "domain",
  "selfTest",
];

const uuidOf = (text: string, kinds: IdKind[]) =>
  kinds.map((kind) => fromPublicId(kind, text)).find((id) => id !== null);

/**
 * The filters of the audit log, in the database's form.
 *
 * @param workspaceId `null` for the instance's audit log
 */
export function auditFilter(
  workspaceId: string | null,
  {
    id,
    action,
    actorId,
    targetId,
    from,
    to,
    q,
  }: Omit<AuditLogQuery | InstanceAuditLogQuery, "limit" | "cursor">,
): AuditFilter {
  return {
    workspaceId,
    id: id === undefined ? undefined : (fromPublicId("auditRow", id) ?? noId),
    actions: action,
    actorId: actorId === undefined ? undefined : (uuidOf(actorId, ["user", "apiKey"]) ?? noId),
    targetId: targetId === undefined ? undefined : (uuidOf(targetId, targetKinds) ?? targetId),
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    q: q || undefined,
  };
}
