import { expect, test } from "vitest";
import { succeededAttempt } from "@/db/testing/attempt-record";
import { endpointResults, probeDelaysMs } from "./endpoint-results";

const success = () => succeededAttempt();
const failure = (change: Parameters<typeof succeededAttempt>[0] = {}) =>
  succeededAttempt({ httpStatus: 500, ...change });
const at = (time: string) => `2026-11-20T${time}.000Z`;

test("failures are counted before the first success and after the last one", () => {
  const [result] = endpointResults([failure(), failure(), success(), failure(), success(), failure()]);
  expect(result).toMatchObject({ workspaceId: "workspace", succeeded: 2, failedBefore: 2, failedAfter: 1 });
  expect(endpointResults([failure(), failure()])).toMatchObject([
    { succeeded: 0, failedBefore: 2, failedAfter: 0 },
  ]);
  expect(endpointResults([failure(), success()])).toMatchObject([
    { succeeded: 1, failedBefore: 1, failedAfter: 0 },
  ]);
});

test("the first failure since the last success and the last one are known by when they ended, the last by its fault", () => {
  const records = [
    failure({ startedAt: at("12:00:00"), durationMs: 1_000 }),
    failure({ startedAt: at("12:00:10"), durationMs: 2_000, httpStatus: null, error: "timeout" }),
  ];
  expect(endpointResults(records)).toMatchObject([
    {
      firstFailureAt: at("12:00:01"),
      lastFailureAt: at("12:00:12"),
      lastFailureStatus: null,
      lastFailureError: "timeout",
    },
  ]);
  expect(endpointResults([...records, success()])).toMatchObject([{ firstFailureAt: null }]);
  const later = failure({ startedAt: at("13:00:00"), durationMs: 0, httpStatus: 503 });
  expect(endpointResults([...records, success(), later])).toMatchObject([
    { firstFailureAt: at("13:00:00"), lastFailureAt: at("13:00:00"), lastFailureStatus: 503 },
  ]);
});

test("what a person or a replay asked for counts when it succeeds, and never when it fails", () => {
  for (const trigger of ["manual", "replay"] as const) {
    expect(endpointResults([failure({ trigger })])).toMatchObject([
      { failedBefore: 0, failedAfter: 0, firstFailureAt: null, lastFailureAt: null },
    ]);
    expect(endpointResults([succeededAttempt({ trigger })])).toMatchObject([{ succeeded: 1 }]);
  }
});

test("tests say nothing about an endpoint", () => {
  expect(endpointResults([failure({ test: true }), failure({ trigger: "test" })])).toEqual([]);
});

test("probes that fail are failures, and are known by their tokens; those that succeed are not", () => {
  const records = [
    failure({ trigger: "probe", token: "p1" }),
    failure({ token: "a1" }),
    succeededAttempt({ trigger: "probe", token: "p2" }),
  ];
  expect(endpointResults(records)).toMatchObject([{ failedProbes: ["p1"], failedBefore: 2, succeeded: 1 }]);
});

test("410 says that an endpoint is gone, whatever asked for the attempt, and no other status does", () => {
  for (const trigger of ["automatic", "probe", "manual", "replay"] as const) {
    expect(endpointResults([failure({ trigger, httpStatus: 410 })])).toMatchObject([
      { gone: true, lastFailureStatus: 410, lastFailureAt: at("12:00:00").replace(".000", ".020") },
    ]);
  }
  for (const httpStatus of [404, 411, 500, null])
    expect(endpointResults([failure({ httpStatus })])).toMatchObject([{ gone: false }]);
});

test("of the times that an endpoint asked for the latest counts, also that of what a person asked for", () => {
  const records = [
    failure({ retryAfter: at("12:05:00") }),
    failure({ trigger: "manual", retryAfter: at("12:30:00") }),
    failure({ retryAfter: at("12:10:00") }),
    failure(),
  ];
  expect(endpointResults(records)).toMatchObject([{ retryAfter: at("12:30:00") }]);
  expect(endpointResults([failure()])).toMatchObject([{ retryAfter: null }]);
});

test("endpoints are apart, and in their order, so that two processes that record cannot wait for each other", () => {
  const results = endpointResults(["b", "c", "a", "b"].map((endpointId) => failure({ endpointId })));
  expect(results.map(({ endpointId, failedBefore }) => [endpointId, failedBefore])).toEqual([
    ["a", 1],
    ["b", 2],
    ["c", 1],
  ]);
});

test("the first probe comes after the schedule's first delay, and the scale shortens all", () => {
  const delays = probeDelaysMs(1);
  expect(delays).toHaveLength(16);
  expect(delays[0]).toBeGreaterThanOrEqual(12_182);
  expect(delays[0]).toBeLessThanOrEqual(13_401);
  expect(delays[1]).toBeGreaterThanOrEqual(148_413);
  expect(probeDelaysMs(0.001)[0]).toBeLessThanOrEqual(13);
});
