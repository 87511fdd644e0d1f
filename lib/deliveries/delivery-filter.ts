import type { DeliveryFilter } from "@/db/queries/deliveries";
import type { DeliveriesQuery } from "../contract/deliveries";
import { fromPublicId, idAt, noId } from "../core/ids";
import { type PayloadSearch, parsePayloadSearch } from "../core/payload-search";
import { timeRangeMs } from "../core/time-ranges";
import type { Context } from "../verbs/context";
import { findInPayloads } from "../verbs/find-in-payloads";

type LogFilter = Omit<DeliveriesQuery, "limit" | "cursor">;

/**
 * The filters of the event log, in the database's form, without searches in what the actor may not see.
 *
 * @throws AppError `forbidden` for a text search in payloads that the actor may not see
 */
export function deliveryFilter(ctx: Context, input: LogFilter): DeliveryFilter {
  return filterOf(ctx.workspace.id, input, (search) => findInPayloads(ctx, search));
}

/** The same for a stored filter: its creator was allowed everything it asks for. */
export const storedDeliveryFilter = (workspaceId: string, input: LogFilter): DeliveryFilter =>
  filterOf(workspaceId, input, parsePayloadSearch);

function filterOf(
  workspaceId: string,
  input: LogFilter,
  payloadOf: (search: string) => PayloadSearch | null,
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
    ...searchFor(input.q?.trim(), payloadOf),
  };
}

function fromIdOf({ from, range }: Pick<DeliveriesQuery, "from" | "range">): string | undefined {
  const times = [...(from ? [Date.parse(from)] : []), ...(range ? [Date.now() - timeRangeMs[range]] : [])];
  return times.length > 0 ? idAt(new Date(Math.max(...times))) : undefined;
}

/** An event id, a delivery id, an attempt id, or the producer's idempotency key, and values in payloads. */
function searchFor(
  q: string | undefined,
  payloadOf: (search: string) => PayloadSearch | null,
): Partial<DeliveryFilter> {
  if (!q) return {};
  const deliveryId = fromPublicId("delivery", q);
  if (deliveryId) return { deliveryId };
  const eventId = fromPublicId("event", q);
  if (eventId) return { eventId };
  const attemptId = fromPublicId("attempt", q);
  if (attemptId) return { attemptId };
  return { search: { idempotencyKey: q, payload: payloadOf(q) } };
}
