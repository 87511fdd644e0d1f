import { expect, test } from "vitest";
import { succeededAttempt } from "@/db/testing/attempt-record";
import { endpointResults } from "./endpoint-results";

const failure = (change: Parameters<typeof succeededAttempt>[0] = {}) =>
  succeededAttempt({ httpStatus: 500, ...change });
const at = (time: string) => `2026-11-20T${time}.000Z`;

test("results say what came of an attempt, and when it ended", () => {
  const timedOut = failure({
    trigger: "probe",
    token: "p1",
    startedAt: at("12:00:10"),
    durationMs: 2_000,
    httpStatus: null,
    error: "timeout",
    retryAfter: at("12:05:00"),
  });
  expect(endpointResults([timedOut, succeededAttempt({ trigger: "manual", httpStatus: 204 })])).toEqual([
    {
      endpointId: "endpoint",
      results: [
        {
          trigger: "probe",
          token: "p1",
          succeeded: false,
          endedAt: new Date(at("12:00:12")),
          httpStatus: null,
          error: "timeout",
          errorDetail: null,
          retryAfter: new Date(at("12:05:00")),
        },
        expect.objectContaining({ trigger: "manual", succeeded: true, httpStatus: 204, retryAfter: null }),
      ],
    },
  ]);
});

test("tests say nothing about an endpoint", () => {
  expect(endpointResults([failure({ test: true }), failure({ trigger: "test" })])).toEqual([]);
});

test("endpoints are apart, and in their order, so that two processes that record cannot wait for each other", () => {
  const results = endpointResults(["b", "c", "a", "b"].map((endpointId) => failure({ endpointId })));
  expect(results.map(({ endpointId, results }) => [endpointId, results.length])).toEqual([
    ["a", 1],
    ["b", 2],
    ["c", 1],
  ]);
});
