import { describe, expect, test } from "vitest";
import { retryDelaysSeconds } from "../core/delivery-limits";
import type { RetryPolicy } from "../core/endpoints";
import { planAttempts } from "./plan-attempts";

const dueAt = new Date("2026-11-20T12:00:00Z");
const untilDelivered: RetryPolicy = { retries: null, retryOn: "any" };

/** Seconds from one planned attempt to the next. */
function plan(delivery: Partial<Parameters<typeof planAttempts>[0]>, scale = 1) {
  const planned = planAttempts(
    { dueAt, nextProbeAt: null, automaticAttempts: 0, policy: untilDelivered, ...delivery },
    { scale },
  );
  const gaps = planned.slice(1).map((at, index) => (at.getTime() - (planned[index]?.getTime() ?? 0)) / 1_000);
  return { first: planned[0], gaps };
}

describe("what is planned for a delivery that goes on failing", () => {
  test("begins when it is due, and goes on after the delays of the schedule", () => {
    const { first, gaps } = plan({});
    expect(first).toEqual(dueAt);
    expect(gaps.map(Math.floor)).toEqual(retryDelaysSeconds.slice(0, 3));
  });

  test("counts the attempts that were made", () => {
    expect(plan({ automaticAttempts: 3 }).gaps.map(Math.floor)).toEqual([22_026, 86_400, 86_400]);
  });

  test("ends with the policy's last retry", () => {
    const policy = { retries: 2, retryOn: "any" } as const;
    expect(plan({ policy, automaticAttempts: 1 }).gaps).toHaveLength(1);
    expect(plan({ policy, automaticAttempts: 2 })).toEqual({ first: dueAt, gaps: [] });
    expect(plan({ policy, automaticAttempts: 3 }).first).toBeUndefined();
  });

  test("waits for the next probe of a webhook that backs off", () => {
    const nextProbeAt = new Date(dueAt.getTime() + 60_000);
    expect(plan({ nextProbeAt }).first).toEqual(nextProbeAt);
    expect(plan({ nextProbeAt: new Date(dueAt.getTime() - 60_000) }).first).toEqual(dueAt);
  });

  test("is as quick as the installation's scale says", () => {
    expect(plan({ automaticAttempts: 4 }, 0.001).gaps).toEqual([86.4, 86.4, 86.4]);
  });
});
