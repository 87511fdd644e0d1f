import { expect, test } from "vitest";
import { succeededAttempt } from "@/db/testing/attempt-record";
import { latencyBucketsMs } from "../../core/deliveries";
import { hourDeltas } from "./hour-deltas";

test("attempts are added up by endpoint and hour, in their order, and tests are not counted", () => {
  const deltas = hourDeltas([
    succeededAttempt({ endpointId: "b", startedAt: "2026-11-20T13:00:00.000Z" }),
    succeededAttempt({ endpointId: "b", startedAt: "2026-11-20T12:59:59.999Z", httpStatus: 500 }),
    succeededAttempt({ endpointId: "b", startedAt: "2026-11-20T12:10:00.000Z", number: 2 }),
    succeededAttempt({ endpointId: "a", startedAt: "2026-11-20T12:00:00.000Z", number: 2, httpStatus: null }),
    succeededAttempt({ endpointId: "a", test: true }),
  ]);
  expect(deltas).toMatchObject([
    {
      endpointId: "a",
      hour: "2026-11-20T12:00:00.000Z",
      attempts: 1,
      succeeded: 0,
      firstAttempts: 0,
      firstSucceeded: 0,
      lastAttemptAt: "2026-11-20T12:00:00.000Z",
      lastSuccessAt: null,
    },
    {
      endpointId: "b",
      hour: "2026-11-20T12:00:00.000Z",
      attempts: 2,
      succeeded: 1,
      firstAttempts: 1,
      firstSucceeded: 0,
      lastAttemptAt: "2026-11-20T12:59:59.999Z",
      lastSuccessAt: "2026-11-20T12:10:00.000Z",
    },
    {
      endpointId: "b",
      hour: "2026-11-20T13:00:00.000Z",
      attempts: 1,
      succeeded: 1,
      firstAttempts: 1,
      firstSucceeded: 1,
      lastAttemptAt: "2026-11-20T13:00:00.000Z",
    },
  ]);
});

test("what an attempt took is counted at the first bound that it does not pass, and beyond the last by itself", () => {
  const [first] = latencyBucketsMs;
  const last = latencyBucketsMs[latencyBucketsMs.length - 1] ?? 0;
  const latencyOf = (...took: number[]) =>
    hourDeltas(took.map((durationMs) => succeededAttempt({ durationMs })))[0]?.latency;
  const between = latencyBucketsMs.slice(2).map(() => 0);
  expect(latencyOf(0, first)).toEqual([2, 0, ...between, 0]);
  expect(latencyOf(first + 1)).toEqual([0, 1, ...between, 0]);
  expect(latencyOf(last, last + 1, last + 2)).toEqual([0, 0, ...between.slice(1), 1, 2]);
});
