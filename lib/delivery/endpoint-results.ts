import type { AttemptRecord, EndpointResult } from "@/db/queries/record-attempts";
import { backoffFailures, disableFailures } from "../core/endpoints";
import { retryDelayMs } from "../core/retry-schedule";
import { isSuccess } from "./decide-outcome";

/**
 * Adds attempts up to what they mean for their endpoints, sorted by endpoint. Tests say nothing about an endpoint.
 * What a person or a replay asked for counts when it succeeds, and never when it fails.
 *
 * @param records in the order in which the attempts ended
 */
export function endpointResults(records: AttemptRecord[]): EndpointResult[] {
  const results = new Map<string, EndpointResult>();
  for (const record of records) {
    if (record.test || record.trigger === "test") continue;
    const result = results.get(record.endpointId) ?? nothingYet(record);
    results.set(record.endpointId, result);
    if (isSuccess(record.httpStatus)) addSuccess(result);
    else addFailure(result, record);
  }
  return [...results.values()].sort((a, b) => (a.endpointId < b.endpointId ? -1 : 1));
}

function addSuccess(result: EndpointResult): void {
  result.succeeded += 1;
  result.failedAfter = 0;
  result.firstFailureAt = null;
}

function addFailure(result: EndpointResult, record: AttemptRecord): void {
  if (record.httpStatus === 410) result.gone = true;
  if (record.retryAfter && record.retryAfter > (result.retryAfter ?? ""))
    result.retryAfter = record.retryAfter;
  const counts = record.trigger === "automatic" || record.trigger === "probe";
  if (!counts && !result.gone) return;
  const endedAt = new Date(Date.parse(record.startedAt) + record.durationMs).toISOString();
  result.firstFailureAt ??= endedAt;
  result.lastFailureAt = endedAt;
  result.lastFailureStatus = record.httpStatus;
  result.lastFailureError = record.error;
  if (!counts) return;
  if (record.trigger === "probe") result.failedProbes.push(record.token);
  if (result.succeeded > 0) result.failedAfter += 1;
  else result.failedBefore += 1;
}

function nothingYet(record: AttemptRecord): EndpointResult {
  return {
    endpointId: record.endpointId,
    workspaceId: record.workspaceId,
    succeeded: 0,
    failedBefore: 0,
    failedAfter: 0,
    failedProbes: [],
    gone: false,
    firstFailureAt: null,
    lastFailureAt: null,
    lastFailureStatus: null,
    lastFailureError: null,
    retryAfter: null,
  };
}

/**
 * Probe k comes no earlier than the schedule's delay k after the failure before it.
 *
 * @param scale multiplies every delay (`POSTHORN_RETRY_SCALE`)
 */
export function probeDelaysMs(scale: number): number[] {
  const random = Math.random();
  return Array.from({ length: disableFailures - backoffFailures + 1 }, (_, place) =>
    retryDelayMs(place + 1, { scale, random }),
  );
}
