import type { z } from "zod";
import { findEndpoint } from "@/db/queries/endpoints";
import { countReplayable } from "@/db/queries/replay-deliveries";
import { insertReplay } from "@/db/queries/replays";
import { change } from "../audit/change";
import { authorize, type Context, nameOf } from "../context";
import { deliveryFilter } from "../deliveries/delivery-filter";
import { fromPublicId, newId, toPublicId } from "../ids";
import { signalReplays } from "../signals";
import { requireReplay } from "./get-replay";
import { presentReplay } from "./present-replay";
import type { ReplayCountOutput, ReplayOutput, startReplayInput } from "./schemas";

/**
 * Sends again what a filter of the log matches by now, oldest first, as a job: held deliveries go on, ended ones are
 * sent once more. What is in its turn or in flight is left alone. A replay of one webhook waits while that is
 * disabled; one of several leaves the deliveries of disabled ones alone.
 *
 * With `dryRun` it only counts them.
 */
export async function startReplay({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof startReplayInput>;
}): Promise<ReplayOutput | ReplayCountOutput> {
  authorize(ctx, "deliveries:write");
  const id = newId();
  const endpointId = await onlyEndpoint(ctx, input.filter.endpointId);
  const filter = deliveryFilter(ctx.workspace.id, input.filter);
  const { total, replayable } = await countReplayable(ctx.db, { filter, waits: endpointId !== null });
  if (input.dryRun) return { count: replayable, skipped: total - replayable };
  const row = await change({ ctx, scope: "deliveries:write", action: "replay.start" }, async (tx) => {
    await insertReplay(tx, {
      id,
      workspaceId: ctx.workspace.id,
      kind: "replay",
      endpointId,
      filter: input.filter,
      status: "running",
      total,
      ratePerSecond: input.ratePerSecond ?? null,
      createdBy: nameOf(ctx.actor),
    });
    const started = await requireReplay(ctx, tx, toPublicId("replay", id));
    return { result: started, targetId: id, details: { filter: input.filter, total } };
  });
  signalReplays();
  return presentReplay(row);
}

/** The one webhook that a filter names, if it is one and the workspace's. */
async function onlyEndpoint(ctx: Context, ids: string[] | undefined): Promise<string | null> {
  const [only, ...others] = new Set(ids);
  const id = only && others.length === 0 && fromPublicId("endpoint", only);
  const found = id && (await findEndpoint(ctx.db, { workspaceId: ctx.workspace.id, id, deletedToo: true }));
  return found ? found.id : null;
}
