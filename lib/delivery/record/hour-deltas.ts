import type { AttemptRecord, HourDelta } from "@/db/queries/record-parameters";
import { latencyBucketsMs } from "../../core/deliveries";
import { isSuccess } from "../../core/http-statuses";

/**
 * Adds up attempts by endpoint and hour, sorted by both. Tests are never counted. A person's retry counts as an
 * attempt, but only a delivery's first attempt counts as its first.
 */
export function hourDeltas(records: AttemptRecord[]): HourDelta[] {
  const deltas = new Map<string, HourDelta>();
  for (const record of records) {
    if (record.test) continue;
    const hour = `${record.startedAt.slice(0, 13)}:00:00.000Z`;
    const key = `${record.endpointId} ${hour}`;
    const delta = deltas.get(key) ?? emptyHour(record.endpointId, hour);
    const succeeded = isSuccess(record.httpStatus) ? 1 : 0;
    delta.attempts += 1;
    delta.succeeded += succeeded;
    if (record.number === 1) {
      delta.firstAttempts += 1;
      delta.firstSucceeded += succeeded;
    }
    const bucket = latencyBucketsMs.findIndex((boundMs) => record.durationMs <= boundMs);
    const place = bucket === -1 ? latencyBucketsMs.length : bucket;
    delta.latency[place] = (delta.latency[place] ?? 0) + 1;
    if (record.startedAt > delta.lastAttemptAt) delta.lastAttemptAt = record.startedAt;
    if (succeeded && record.startedAt > (delta.lastSuccessAt ?? "")) delta.lastSuccessAt = record.startedAt;
    deltas.set(key, delta);
  }
  return [...deltas].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta);
}

function emptyHour(endpointId: string, hour: string): HourDelta {
  return {
    endpointId,
    hour,
    attempts: 0,
    succeeded: 0,
    firstAttempts: 0,
    firstSucceeded: 0,
    latency: Array.from({ length: latencyBucketsMs.length + 1 }, () => 0),
    lastAttemptAt: "",
    lastSuccessAt: null,
  };
}
