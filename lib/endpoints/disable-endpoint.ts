import { raiseGeneration, setDiscardsWhileDisabled, switchState } from "@/db/queries/switch-endpoint";
import { disableEndpointInput, type EndpointOutput } from "../contract/endpoints";
import { disable } from "../core/endpoint-state";
import { type Input, parseInput } from "../core/parse-input";
import { signalReplays } from "../platform/signals";
import { replaceHeldJobs, startHeldJob } from "../replays/start-held-job";
import { type Context, causeOf } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { presentEndpoint, requireEndpoint } from "./get-endpoint";
import { lockEndpoint } from "./lock-endpoint";

/**
 * Disables a webhook, so that nothing is sent to it automatically. Deliveries that are pending or arrive are held or,
 * with `keepEvents` false, discarded. If it is already disabled, only this choice changes.
 */
export async function disableEndpoint({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof disableEndpointInput>;
}): Promise<EndpointOutput> {
  const { keepEvents } = parseInput(disableEndpointInput, input);
  const row = await withAudit({ ctx, scope: "endpoints:write", action: "endpoint.disable" }, async (tx) => {
    const endpoint = await lockEndpoint(ctx, tx, id);
    const changed = !endpoint.isDisabled || endpoint.discardsWhileDisabled === keepEvents;
    if (changed && !keepEvents) {
      await replaceHeldJobs(tx, endpoint, "the webhook was disabled, and its held events are discarded");
      await startHeldJob(tx, {
        ctx,
        endpoint,
        belowGeneration: await raiseGeneration(tx, endpoint.id),
        job: { kind: "discard", discardReason: "endpoint_disabled" },
      });
    }
    if (changed) await setDiscardsWhileDisabled(tx, endpoint.id, !keepEvents);
    await switchState(tx, endpoint, (state, now) => disable(state, causeOf(ctx.actor), now));
    const row = await requireEndpoint(ctx, tx, id);
    const details = { changed, ...(changed ? { keepEvents } : {}) };
    return { result: row, targetId: endpoint.id, targetName: endpoint.name, details };
  });
  if (!keepEvents) signalReplays();
  return presentEndpoint(ctx, row);
}
