import type { DeliveryFilter } from "@/db/queries/deliveries";
import type { DeliveriesQuery } from "../contract/deliveries";
import { fromPublicId, idAt, noId } from "../core/ids";
import { timeRangeMs } from "../core/time-ranges";

/** The filters of the event log, as the database knows them. */
export function deliveryFilter(
  workspaceId: string,
  input: Omit<DeliveriesQuery, "limit" | "cursor">,
): DeliveryFilter {
  return {
    workspaceId,
    deliveryIds: input.id?.map((id) => fromPublicId("delivery", id) ?? noId),
    endpointIds: input.endpointId?.map((id) => fromPublicId("endpoint", id) ?? noId),
    statuses: input.status,
    types: input.type,
    httpStatuses: input.httpStatus,
    errors: input.error,
    attemptsMin: input.attemptsMin,
    attemptsMax: input.attemptsMax,
    fromId: fromIdOf(input),
    belowId: input.to ? idAt(new Date(input.to)) : undefined,
    eventId: input.eventId ? (fromPublicId("event", input.eventId) ?? noId) : undefined,
    failureGroupId: input.failureGroup
      ? (fromPublicId("failureGroup", input.failureGroup) ?? noId)
      : undefined,
    replayId: input.replayId ? (fromPublicId("replay", input.replayId) ?? noId) : undefined,
    tests: input.tests === "1",
    ...searchFor(input.q?.trim()),
  };
}

function fromIdOf({ from, range }: Pick<DeliveriesQuery, "from" | "range">): string | undefined {
  const times = [...(from ? [Date.parse(from)] : []), ...(range ? [Date.now() - timeRangeMs[range]] : [])];
  return times.length > 0 ? idAt(new Date(Math.max(...times))) : undefined;
}

/** An event id, a delivery id, an attempt's, or the producer's idempotency key. */
function searchFor(q: string | undefined): Partial<DeliveryFilter> {
  if (!q) return {};
  const deliveryId = fromPublicId("delivery", q);
  if (deliveryId) return { deliveryId };
  const eventId = fromPublicId("event", q);
  if (eventId) return { eventId };
  const attemptId = fromPublicId("attempt", q);
  if (attemptId) return { attemptId };
  return { idempotencyKey: q };
}
