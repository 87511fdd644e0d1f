import type { Transaction } from "@/db/connection/client";
import { insertAuditRow } from "@/db/queries/audit-log";
import type { AuditAction, AuditNotes } from "../core/audit";
import { newId } from "../core/ids";
import type { Actor, Origin } from "./context";

/** The actor, the workspace, and where the request came from. */
export type AuditSource = {
  /** `null`: the action belongs to the instance or to an account. */
  workspaceId: string | null;
  actor: Pick<Actor, "type" | "id" | "name"> | { type: "rule"; id: null; name: string };
  origin?: Origin | undefined;
};

/** Writes an audit row in the transaction of a change. Verbs of a workspace use `withAudit` instead. */
export async function writeAudit<A extends AuditAction>(
  tx: Transaction,
  { workspaceId, actor, origin }: AuditSource,
  action: A,
  { targetId, targetName, details, changes }: AuditNotes[A],
): Promise<void> {
  await insertAuditRow(tx, {
    id: newId(),
    workspaceId,
    actorType: actor.type,
    actorId: actor.id,
    actorName: actor.name,
    action,
    targetId,
    targetName,
    address: origin?.address ?? null,
    userAgent: origin?.userAgent ?? null,
    requestId: origin?.requestId ?? null,
    details: details ?? {},
    changes: changes ?? null,
  });
}
