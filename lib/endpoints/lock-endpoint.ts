import type { Transaction } from "@/db/connection/client";
import { type LockedEndpoint, lockEndpoint as lockRow } from "@/db/queries/switch-endpoint";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import type { Context } from "../verbs/context";

/**
 * Locks a webhook against publishes and other changes until the transaction ends.
 *
 * @throws AppError `not_found` if the workspace has no such webhook
 */
export async function lockEndpoint(ctx: Context, tx: Transaction, id: string): Promise<LockedEndpoint> {
  const uuid = fromPublicId("endpoint", id);
  const locked = uuid && (await lockRow(tx, { workspaceId: ctx.workspace.id, id: uuid }));
  if (!locked) throw notFound("webhook");
  return locked;
}
