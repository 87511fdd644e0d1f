import { findDelivery } from "@/db/queries/deliveries";
import { findEndpoint } from "@/db/queries/endpoints";
import { findDeliveryOf, insertDelivery, lockEvent } from "@/db/queries/insert-delivery";
import { lockEndpointsForShare } from "@/db/queries/lock-for-share";
import type { DeliveryOutput } from "../contract/deliveries";
import { deliverEventInput } from "../contract/events";
import { AppError, notFound } from "../core/errors";
import { fromPublicId, newIdAt, toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { timeOfId } from "../core/time-of-id.mjs";
import { presentDelivery } from "../deliveries/present-delivery";
import { signalDue } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";

/**
 * Adds the delivery of a published event that a webhook lacks: it did not subscribe then, did not exist, or the event
 * was sent to no one. It is sent at once and retried like any other; a disabled webhook that keeps its events holds
 * it. In the log it stands at the event's time, and it is kept as long as its event.
 *
 * @throws AppError `not_found` for an event or a webhook that the workspace does not have or no longer keeps;
 *   `conflict` if the webhook already has the event, was deleted, or is disabled and discards events, and for a test
 */
export async function deliverEvent({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof deliverEventInput>;
}): Promise<DeliveryOutput> {
  const { endpointId } = parseInput(deliverEventInput, input);
  const added = await withAudit({ ctx, scope: "deliveries:write", action: "event.deliver" }, async (tx) => {
    const workspaceId = ctx.workspace.id;
    const endpointUuid = fromPublicId("endpoint", endpointId);
    if (endpointUuid) await lockEndpointsForShare(tx, { workspaceId, ids: [endpointUuid] });
    const eventUuid = fromPublicId("event", id);
    const event = eventUuid && (await lockEvent(tx, { workspaceId, id: eventUuid }));
    if (!event) throw notFound("event");
    const endpoint =
      endpointUuid && (await findEndpoint(tx, { workspaceId, id: endpointUuid, deletedToo: true }));
    if (!endpoint) throw notFound("webhook");
    const known = await findDeliveryOf(tx, { workspaceId, eventId: event.id, endpointId: endpoint.id });
    const refusal = known
      ? `The webhook already has this event as ${toPublicId("delivery", known)}. To send it again, retry that delivery.`
      : endpoint.deletedAt
        ? "The webhook was deleted, so there is nowhere to send it."
        : event.test
          ? "The event is a test, which belongs to one webhook. Send a new test event to the other one."
          : endpoint.disabledAt && endpoint.discardsWhileDisabled
            ? "The webhook is disabled and does not keep events. Enable it, then send the event."
            : null;
    if (refusal) throw new AppError("conflict", refusal);
    // With the event's time, so that it is in the same partition, retention and ledger hour as its event.
    const deliveryId = newIdAt(new Date(timeOfId(event.id).getTime() + 1));
    await insertDelivery(tx, {
      workspaceId,
      eventId: event.id,
      endpointId: endpoint.id,
      deliveryId,
      generation: endpoint.generation,
    });
    const delivery = await findDelivery(tx, { workspaceId, id: deliveryId });
    if (!delivery) throw new Error("a delivery that was added is not there");
    return {
      result: delivery,
      targetId: event.id,
      targetName: delivery.type,
      details: { endpoint: endpoint.name, endpointId: endpoint.id, deliveryId },
    };
  });
  signalDue();
  return presentDelivery(added);
}
