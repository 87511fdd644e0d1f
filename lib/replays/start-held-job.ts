import type { Transaction } from "@/db/connection/client";
import { countHeldBefore } from "@/db/queries/held-deliveries";
import { cancelHeldReplays, insertReplay } from "@/db/queries/replays";
import type { LockedEndpoint } from "@/db/queries/switch-endpoint";
import type { DiscardReason } from "../core/deliveries";
import { newId } from "../core/ids";
import { type Context, nameOf } from "../verbs/context";

/** What to do with deliveries: replay them at a pace, or discard them. */
export type HeldJob =
  | { kind: "replay"; ratePerSecond: number | null }
  | { kind: "discard"; discardReason: DiscardReason };

/**
 * Starts a job on what a locked endpoint has queued from before a generation.
 *
 * @returns the job's id; `null` if there is nothing to do
 */
export async function startHeldJob(
  tx: Transaction,
  params: { ctx: Context; endpoint: LockedEndpoint; belowGeneration: number; job: HeldJob },
): Promise<string | null> {
  const { ctx, endpoint, belowGeneration, job } = params;
  const from = { workspaceId: endpoint.workspaceId, endpointId: endpoint.id, belowGeneration };
  const discardReason = job.kind === "discard" ? job.discardReason : null;
  const endpointDeleted = discardReason === "endpoint_deleted";
  const total = await countHeldBefore(tx, { ...from, endpointDeleted });
  if (total === 0) return null;
  const id = newId();
  await insertReplay(tx, {
    id,
    ...from,
    kind: job.kind,
    discardReason,
    status: "running",
    total,
    ratePerSecond: job.kind === "replay" ? job.ratePerSecond : null,
    createdBy: nameOf(ctx.actor),
  });
  return id;
}

/**
 * Ends the endpoint's jobs about held deliveries, because a later choice replaces them. It must happen before the
 * endpoint's state or generation changes: a chunk under way locks its job first and then changes the state, and this
 * must use the same order.
 */
export function replaceHeldJobs(tx: Transaction, endpoint: LockedEndpoint, reason: string): Promise<void> {
  return cancelHeldReplays(tx, { workspaceId: endpoint.workspaceId, endpointId: endpoint.id, reason });
}
