import { lockReplay, setReplayStatus } from "@/db/queries/replays";
import type { ReplayOutput } from "../contract/replays";
import { AppError } from "../core/errors";
import { signalReplays } from "../platform/signals";
import { type Context, nameOf } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { requireReplay } from "./get-replay";
import { presentReplay } from "./present-replay";

const outcomes = { pause: "paused", resume: "running", cancel: "canceled" } as const;

/**
 * Pauses, resumes or ends a job, after the chunk under way. Finished chunks are not undone. Doing it twice changes
 * nothing.
 *
 * @throws AppError `conflict` if the job has ended otherwise
 */
export async function controlReplay({
  ctx,
  id,
  action,
}: {
  ctx: Context;
  id: string;
  action: keyof typeof outcomes;
}): Promise<ReplayOutput> {
  const status = outcomes[action];
  const row = await withAudit({ ctx, scope: "deliveries:write", action: `replay.${action}` }, async (tx) => {
    const found = await requireReplay(ctx, tx, id);
    await lockReplay(tx, found);
    const replay = await requireReplay(ctx, tx, id);
    const changed = replay.status !== status;
    if (changed && replay.finishedAt) {
      throw new AppError("conflict", `The job has ended: it is ${replay.status}.`);
    }
    if (changed) await setReplayStatus(tx, { ...replay, status, reason: `by ${nameOf(ctx.actor)}` });
    return {
      result: await requireReplay(ctx, tx, id),
      targetId: replay.id,
      targetName: null,
      details: { changed },
    };
  });
  if (action === "resume") signalReplays();
  return presentReplay(row);
}
