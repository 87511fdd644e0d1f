import { raiseGeneration } from "@/db/queries/switch-endpoint";
import { type DecideHeldOutput, decideHeldInput } from "../contract/endpoints";
import { AppError } from "../core/errors";
import { toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { signalReplays } from "../platform/signals";
import { replaceHeldJobs, startHeldJob } from "../replays/start-held-job";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { lockEndpoint } from "./lock-endpoint";

/**
 * Replays or discards a webhook's held deliveries: those kept for later when it was enabled, or, for a disabled one,
 * those that have come so far, which can only be discarded.
 *
 * @throws AppError `conflict` if nothing is held, or the webhook is disabled and cannot be sent a replay
 */
export async function decideHeld({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof decideHeldInput>;
}): Promise<DecideHeldOutput> {
  const { action, ratePerSecond = null } = parseInput(decideHeldInput, input);
  const scope = { ctx, scope: "endpoints:write", action: "endpoint.decide_held" } as const;
  const replayId = await withAudit(scope, async (tx) => {
    const endpoint = await lockEndpoint(ctx, tx, id);
    if (endpoint.isDisabled && action === "replay") {
      throw new AppError(
        "conflict",
        'The webhook is disabled. To replay its held events, enable it with held "replay".',
      );
    }
    await replaceHeldJobs(tx, endpoint, "a new decision was made about the held events");
    const started = await startHeldJob(tx, {
      ctx,
      endpoint,
      belowGeneration: endpoint.isDisabled ? await raiseGeneration(tx, endpoint.id) : endpoint.generation,
      job:
        action === "replay"
          ? { kind: "replay", ratePerSecond }
          : { kind: "discard", discardReason: "by_person" },
    });
    if (!started) throw new AppError("conflict", "The webhook has no held events.");
    return {
      result: started,
      targetId: endpoint.id,
      targetName: endpoint.name,
      details: { action, replayId: started },
    };
  });
  signalReplays();
  return { replayId: toPublicId("replay", replayId) };
}
