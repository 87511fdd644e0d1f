import { expect, test } from "vitest";
import { retryPolicyDefault } from "../core/endpoints";
import { decideOutcome } from "./decide";

const finishedAt = new Date("2026-11-20T12:00:00.000Z");
const attempt = {
  trigger: "automatic" as const,
  httpStatus: 500 as number | null,
  pending: true,
  automaticAttempts: 0,
  policy: retryPolicyDefault,
  finishedAt,
  retryAfter: null as Date | null,
};
const decide = (change: Partial<Parameters<typeof decideOutcome>[0]>) =>
  decideOutcome({ ...attempt, ...change }, { scale: 1, random: 0 });
const inMs = (ms: number) => new Date(finishedAt.getTime() + ms);

test("a failed attempt is due again by the schedule, without end if the policy says until delivered", () => {
  expect(decide({})).toEqual({ status: "pending", dueAt: inMs(12_182) });
  expect(decide({ automaticAttempts: 1 })).toEqual({ status: "pending", dueAt: inMs(148_413) });
  expect(decide({ automaticAttempts: 400 })).toEqual({ status: "pending", dueAt: inMs(86_400_000) });
});

test("a policy of n retries allows n after the first attempt", () => {
  const policy = { retries: 3, retryOn: "any" as const };
  for (const automaticAttempts of [0, 1, 2])
    expect(decide({ policy, automaticAttempts }).status).toBe("pending");
  expect(decide({ policy, automaticAttempts: 3 })).toEqual({ status: "failed", dueAt: null });
  expect(decide({ policy: { retries: 0, retryOn: "any" } }).status).toBe("failed");
});

test("if only 5xx and no response are retried, anything else ends the delivery", () => {
  const policy = { retries: null, retryOn: "5xx" as const };
  for (const httpStatus of [500, 503, 599, null])
    expect(decide({ policy, httpStatus }).status).toBe("pending");
  for (const httpStatus of [301, 400, 404, 429]) expect(decide({ policy, httpStatus }).status).toBe("failed");
});

test("if any failure is retried, an answer of 1xx, 3xx or 4xx is one", () => {
  for (const httpStatus of [199, 300, 301, 400, 404, 429])
    expect(decide({ httpStatus }).status, String(httpStatus)).toBe("pending");
});

test("a receiver that asks for time gets at least that, and never less than the schedule", () => {
  expect(decide({ retryAfter: inMs(60_000) }).dueAt).toEqual(inMs(60_000));
  expect(decide({ retryAfter: inMs(1_000) }).dueAt).toEqual(inMs(12_182));
});

test("a manual attempt leaves status and schedule alone when it fails, whatever the policy", () => {
  expect(decide({ trigger: "manual", policy: { retries: 0, retryOn: "any" } })).toEqual({
    status: null,
    dueAt: "keep",
  });
});

test("a replay that fails leaves an ended delivery as it was, and hands a pending one to the schedule", () => {
  expect(decide({ trigger: "replay", pending: false })).toEqual({ status: null, dueAt: null });
  expect(decide({ trigger: "replay", policy: { retries: 0, retryOn: "any" } }).status).toBe("pending");
});

test("any 2xx is success, whatever asked for it; a test that fails is not retried", () => {
  for (const trigger of ["automatic", "manual", "replay", "probe", "test"] as const) {
    expect(decide({ trigger, httpStatus: 299 })).toEqual({ status: "succeeded", dueAt: null });
  }
  expect(decide({ trigger: "test" })).toEqual({ status: "failed", dueAt: null });
});
