import type { DeliveryFilter } from "@/db/queries/deliveries";
import type { DeliveriesQuery } from "../contract/deliveries";
import { fromPublicId, idAt, noId } from "../core/ids";
import { parsePayloadSearch } from "../core/payload-search";
import { timeRangeMs } from "../core/time-ranges";
import { authorize, type Context, seesPayloads } from "../verbs/context";

type LogFilter = Omit<DeliveriesQuery, "limit" | "cursor">;

/**
 * The filters of the event log, as the database knows them; what the actor may not see is not looked for.
 *
 * @throws AppError `forbidden` if a text is to be found in payloads that the actor may not see
 */
export function deliveryFilter(ctx: Context, input: LogFilter): DeliveryFilter {
  const payloads = seesPayloads(ctx);
  const filter = storedDeliveryFilter(ctx.workspace.id, input, { payloads: true });
  if (!payloads && filter.search?.payload && "text" in filter.search.payload) authorize(ctx, "payloads:read");
  return payloads ? filter : storedDeliveryFilter(ctx.workspace.id, input, { payloads });
}

/** The same for a filter that somebody gave who was allowed what it asks for; `payloads`: whether it may look into them. */
export function storedDeliveryFilter(
  workspaceId: string,
  input: LogFilter,
  { payloads }: { payloads: boolean },
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
    ...searchFor(input.q?.trim(), payloads),
  };
}

function fromIdOf({ from, range }: Pick<DeliveriesQuery, "from" | "range">): string | undefined {
  const times = [...(from ? [Date.parse(from)] : []), ...(range ? [Date.now() - timeRangeMs[range]] : [])];
  return times.length > 0 ? idAt(new Date(Math.max(...times))) : undefined;
}

/** An event id, a delivery id, an attempt's, or the producer's idempotency key, and what is in payloads. */
function searchFor(q: string | undefined, payloads: boolean): Partial<DeliveryFilter> {
  if (!q) return {};
  const deliveryId = fromPublicId("delivery", q);
  if (deliveryId) return { deliveryId };
  const eventId = fromPublicId("event", q);
  if (eventId) return { eventId };
  const attemptId = fromPublicId("attempt", q);
  if (attemptId) return { attemptId };
  return { search: { idempotencyKey: q, payload: payloads ? parsePayloadSearch(q) : null } };
}
