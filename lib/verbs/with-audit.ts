import type { Transaction } from "@/db/connection/client";
import { insertAuditRow } from "@/db/queries/audit-log";
import type { Scope } from "../core/api-keys";
import { newId } from "../core/ids";
import { authorize, type Context } from "./context";

/** What a changing verb did: its result, and what the audit log says of it (never a secret). */
export type Change<T> = { result: T; targetId?: string; details?: Record<string, unknown> };

/**
 * The one way to change something: checks the scope, opens the transaction, and writes the audit row in it.
 *
 * @param action noun and verb, like `endpoint.create`
 */
export async function withAudit<T>(
  { ctx, scope, action }: { ctx: Context; scope: Scope; action: string },
  work: (tx: Transaction) => Promise<Change<T>>,
): Promise<T> {
  authorize(ctx, scope);
  return ctx.db.transaction(async (tx) => {
    const { result, targetId, details } = await work(tx);
    await insertAuditRow(tx, {
      id: newId(),
      workspaceId: ctx.workspace.id,
      actorType: ctx.actor.type,
      actorId: ctx.actor.id,
      action,
      targetId: targetId ?? null,
      details: details ?? {},
    });
    return result;
  });
}
