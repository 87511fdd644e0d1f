import type { Transaction } from "@/db/connection/client";
import type { Scope } from "../core/api-keys";
import type { AuditAction, AuditNotes } from "../core/audit";
import { authorize, type Context } from "./context";
import { writeAudit } from "./write-audit";

/** The result of a changing verb, and its audit log entry (never with a secret). */
export type Change<A extends AuditAction, T> = { result: T } & AuditNotes[A];

/**
 * The one way to change something: checks the scope, opens the transaction, and writes the audit row in it.
 *
 * @param action one of `auditActions`, which define its details
 */
export async function withAudit<A extends AuditAction, T>(
  { ctx, scope, action }: { ctx: Context; scope: Scope; action: A },
  work: (tx: Transaction) => Promise<Change<A, T>>,
): Promise<T> {
  authorize(ctx, scope);
  return ctx.db.transaction(async (tx) => {
    const change = await work(tx);
    const { workspace, actor, origin } = ctx;
    await writeAudit(tx, { workspaceId: workspace.id, actor, origin }, action, change);
    return change.result;
  });
}
