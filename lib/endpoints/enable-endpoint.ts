import {
  isAnythingQueued,
  raiseGeneration,
  setDiscardsWhileDisabled,
  switchState,
} from "@/db/queries/switch-endpoint";
import { type EnableEndpointOutput, enableEndpointInput } from "../contract/endpoints";
import { enable } from "../core/endpoint-state";
import { toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { signalDue, signalReplays } from "../platform/signals";
import { replaceHeldJobs, startHeldJob } from "../replays/start-held-job";
import { type Context, causeOf } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { presentEndpoint, requireEndpoint } from "./get-endpoint";
import { lockEndpoint } from "./lock-endpoint";

/**
 * Enables a webhook, so that new events are sent. Held deliveries are replayed at a pace, discarded, or kept until a
 * person decides. Enabling an enabled webhook changes nothing.
 */
export async function enableEndpoint({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof enableEndpointInput>;
}): Promise<EnableEndpointOutput> {
  const { held, ratePerSecond = null } = parseInput(enableEndpointInput, input);
  const { row, replayId } = await withAudit(
    { ctx, scope: "endpoints:write", action: "endpoint.enable" },
    async (tx) => {
      const endpoint = await lockEndpoint(ctx, tx, id);
      let replayId: string | null = null;
      if (endpoint.isDisabled) {
        await replaceHeldJobs(
          tx,
          endpoint,
          "the webhook was enabled, and a new decision was made about its held events",
        );
        if (await isAnythingQueued(tx, endpoint.id)) {
          const belowGeneration = await raiseGeneration(tx, endpoint.id);
          const job =
            held === "replay"
              ? ({ kind: held, ratePerSecond } as const)
              : ({ kind: "discard", discardReason: "by_person" } as const);
          if (held !== "keep") replayId = await startHeldJob(tx, { ctx, endpoint, belowGeneration, job });
        }
        await setDiscardsWhileDisabled(tx, endpoint.id, false);
        await switchState(tx, endpoint, (state) => enable(state, causeOf(ctx.actor)));
      }
      const row = await requireEndpoint(ctx, tx, id);
      const details = { changed: endpoint.isDisabled, ...(endpoint.isDisabled ? { held, replayId } : {}) };
      return { result: { row, replayId }, targetId: endpoint.id, targetName: endpoint.name, details };
    },
  );
  signalDue();
  signalReplays();
  return {
    endpoint: await presentEndpoint(ctx, row),
    replayId: replayId && toPublicId("replay", replayId),
  };
}
