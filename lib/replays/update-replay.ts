import { lockReplay, setReplayPace } from "@/db/queries/replays";
import { type ReplayOutput, updateReplayInput } from "../contract/replays";
import { changesOf } from "../core/audit-changes";
import { AppError } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { signalReplays } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { requireReplay } from "./get-replay";
import { presentReplay } from "./present-replay";

/**
 * Changes the pace of a job, from its next chunk on.
 *
 * @throws AppError `conflict` if the job has ended, or discards
 */
export async function updateReplay({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof updateReplayInput>;
}): Promise<ReplayOutput> {
  const row = await withAudit({ ctx, scope: "deliveries:write", action: "replay.update" }, async (tx) => {
    const { ratePerSecond } = parseInput(updateReplayInput, input);
    const found = await requireReplay(ctx, tx, id);
    await lockReplay(tx, found);
    const replay = await requireReplay(ctx, tx, id);
    if (replay.finishedAt) throw new AppError("conflict", `The job has ended: it is ${replay.status}.`);
    if (replay.kind === "discard") throw new AppError("conflict", "A job that discards has no pace.");
    await setReplayPace(tx, { ...replay, ratePerSecond });
    return {
      result: await requireReplay(ctx, tx, id),
      targetId: replay.id,
      targetName: null,
      changes: changesOf({ ratePerSecond: replay.ratePerSecond }, { ratePerSecond }),
    };
  });
  signalReplays();
  return presentReplay(row);
}
