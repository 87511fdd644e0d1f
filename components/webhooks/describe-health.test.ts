import { expect, test } from "vitest";
import { testEndpoint } from "@/components/testing/test-endpoint";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { byUrgency, describeHealth, rateTone } from "./describe-health";

const now = new Date(2026, 10, 21, 14, 0);
const at = (hours: number, minutes: number) => new Date(2026, 10, 21, hours, minutes).toISOString();

const healthy = testEndpoint({
  health24h: { due: 10, requests: 10, succeeded: 10, successRate: 1, hours: [] },
  createdAt: at(0, 0),
});
const failing = (consecutiveFailures: number, nextProbeAt: string | null = null): EndpointOutput => ({
  ...healthy,
  status: "failing",
  consecutiveFailures,
  nextProbeAt,
});

test("a rate is red under 90 %, amber under 99 %", () => {
  expect([0.899, 0.9, 0.989, 0.99].map(rateTone)).toEqual(["bad", "warn", "warn", "good"]);
});

test("up to four failures are amber and counted; from five on red, with the next try", () => {
  expect(describeHealth(failing(1), now)).toEqual({ tone: "warn", label: "Failing", detail: "1 failure" });
  expect(describeHealth(failing(3), now)).toMatchObject({ tone: "warn", detail: "3 in a row" });
  expect(describeHealth(failing(7, at(14, 32)), now)).toMatchObject({
    tone: "bad",
    detail: "7 in a row · next try 14:32",
  });
});

test("a next try whose time has come is soon, and one of another day names it", () => {
  expect(describeHealth(failing(7, at(13, 59)), now).detail).toBe("7 in a row · next try soon");
  expect(describeHealth(failing(7, at(24 + 9, 5)), now).detail).toBe("7 in a row · next try 09:05 tomorrow");
});

test("a disabled webhook says by whom or by what, whatever it did before", () => {
  const disabled = { ...failing(20), status: "disabled" as const, disabledReason: "after 20 failures" };
  expect(describeHealth(disabled, now)).toEqual({
    tone: "off",
    label: "Disabled",
    detail: "after 20 failures",
  });
});

test("one that a rule disabled is red, and so is its place in the list; one that a person disabled is not", () => {
  const disabled = { ...failing(20), status: "disabled" as const, disabledReason: "after 20 failures" };
  const byRule = {
    ...disabled,
    id: "ep_rule",
    disabledCause: { kind: "failures" as const, actorName: null },
  };
  const byPerson = {
    ...disabled,
    id: "ep_person",
    disabledCause: { kind: "user" as const, actorName: "Ana" },
  };
  expect(describeHealth(byRule, now)).toEqual({
    tone: "bad",
    label: "Disabled",
    detail: "after 20 failures",
  });
  expect(describeHealth(byPerson, now).tone).toBe("off");
  expect(byUrgency([healthy, byPerson, failing(9), byRule]).map(({ id }) => id)).toEqual([
    "ep_rule",
    "ep_1",
    "ep_1",
    "ep_person",
  ]);
});

test("one that holds events is not simply healthy", () => {
  expect(describeHealth({ ...healthy, held: 3 }, now)).toEqual({
    tone: "warn",
    label: "Holds events",
    detail: "Replay or discard them",
  });
});

test("no request at all is no traffic, not health", () => {
  const idle = { ...healthy, health24h: { due: 0, requests: 0, succeeded: 0, successRate: null, hours: [] } };
  expect(describeHealth(healthy, now).label).toBe("Healthy");
  expect(describeHealth(idle, now).label).toBe("No traffic");
});

test("failing ones come first, the longest streak on top, then those that hold events", () => {
  const list = [healthy, { ...healthy, id: "ep_held", held: 3 }, failing(2), failing(9)];
  expect(byUrgency(list).map(({ id, consecutiveFailures }) => [id, consecutiveFailures])).toEqual([
    ["ep_1", 9],
    ["ep_1", 2],
    ["ep_held", 0],
    ["ep_1", 0],
  ]);
});

test("of failing ones with equal streaks the one for which more waits is on top", () => {
  const withWaiting = (id: string, count: number, streak = 6) => ({
    ...failing(streak),
    id,
    waiting: { count, more: false, oldestAt: at(13, 0) },
  });
  const rateLimited = { ...withWaiting("ep_limited", 9), status: "enabled" as const, consecutiveFailures: 0 };
  const list = [
    { ...healthy, id: "ep_idle" },
    rateLimited,
    withWaiting("ep_few", 3),
    withWaiting("ep_many", 3_001),
  ];
  expect(byUrgency(list).map(({ id }) => id)).toEqual(["ep_many", "ep_few", "ep_idle", "ep_limited"]);
});

test("a webhook without traffic has none yet on its first day, and none for 24 hours afterwards", () => {
  const idle = { ...healthy, health24h: { due: 0, requests: 0, succeeded: 0, successRate: null, hours: [] } };
  const added = (minutesAgo: number) => ({
    ...idle,
    createdAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  });
  expect(describeHealth(added(1), now)).toEqual({ tone: "idle", label: "No traffic", detail: "yet" });
  expect(describeHealth(added(24 * 60 - 1), now).detail).toBe("yet");
  expect(describeHealth(added(24 * 60), now).detail).toBe("for 24 hours");
});
