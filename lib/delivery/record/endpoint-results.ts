import type { EndpointResults } from "@/db/queries/endpoint-states";
import type { AttemptRecord } from "@/db/queries/record-parameters";
import { isSuccess } from "../../core/http-statuses";

/**
 * Results of attempts by endpoint, sorted, so that two recording processes cannot deadlock. Tests do not count.
 *
 * @param records in the order in which the attempts ended
 */
export function endpointResults(records: AttemptRecord[]): EndpointResults[] {
  const found = new Map<string, EndpointResults>();
  for (const record of records) {
    const { endpointId, trigger, test, token, httpStatus, error } = record;
    if (test || trigger === "test") continue;
    const endpoint = found.get(endpointId) ?? { endpointId, results: [] };
    found.set(endpointId, endpoint);
    endpoint.results.push({
      trigger,
      token,
      succeeded: isSuccess(httpStatus),
      endedAt: new Date(Date.parse(record.startedAt) + record.durationMs),
      httpStatus,
      error,
      errorDetail: record.errorDetail,
      retryAfter: record.retryAfter === null ? null : new Date(record.retryAfter),
    });
  }
  return [...found.values()].sort((a, b) => (a.endpointId < b.endpointId ? -1 : 1));
}
