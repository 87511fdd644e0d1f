import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { FailureGroupsFilter } from "@/lib/contract/failure-groups";
import { openDeliveryStatusFilters } from "@/lib/core/deliveries";

/** The filters of the log that failure groups have too. */
export function groupFilter(filter: DeliveriesFilter): FailureGroupsFilter {
  const { endpointId, type, httpStatus, error, from, to, range } = filter;
  return { endpointId, type, httpStatus, error, from, to, range };
}

/** Deliveries in a failure group have one of these statuses. */
const grouped = new Set<string>([...openDeliveryStatusFilters.filter((one) => one !== "waiting"), "failed"]);

/** Whether a delivery that matches the log's filters can be in a failure group at all. */
export const mayBeGrouped = ({ status }: DeliveriesFilter): boolean =>
  !status?.length || status.some((one) => grouped.has(one));

/** The log's filters that failure groups do not have, as a person knows them: their counts include what these leave out. */
export function filtersNotCounted({
  status,
  attemptsMin,
  attemptsMax,
  replayId,
  q,
}: DeliveriesFilter): string[] {
  return [
    status?.length ? "status" : "",
    (attemptsMin ?? 0) > 1 || typeof attemptsMax === "number" ? "attempts" : "",
    replayId ? "job" : "",
    q ? "search" : "",
  ].filter((name) => name !== "");
}

/** Whether they are filtered by time, which the groups only know to five minutes. */
export const isOfTime = ({ from, to, range }: DeliveriesFilter): boolean => Boolean(from || to || range);
