import { expect, test } from "vitest";
import { describeWaiting, describeWaitingShortly, isWaitingLong } from "./describe-waiting";

const now = new Date("2026-11-20T12:00:00.000Z");
const waiting = (count: number, minutes: number, more = false) => ({
  count,
  more,
  oldestAt: new Date(now.getTime() - minutes * 60_000).toISOString(),
});

test.each([
  [waiting(456, 72), "456 events waiting, the oldest for 1 h 12 min"],
  [waiting(1, 0.5), "1 event has been waiting for 30 s"],
  [waiting(10_000, 3_000, true), "10,000+ events waiting, the oldest for 2 d 2 h"],
  [null, null],
])("%o is described as %s", (given, text) => {
  expect(describeWaiting(given, now)).toBe(text);
});

test.each([
  [waiting(456, 72), "456 waiting, oldest 1 h 12 min"],
  [waiting(1, 0.5), "1 waiting for 30 s"],
  [waiting(6_001, 34.2), "6,001 waiting, oldest 34 min"],
  [waiting(10_000, 3_000, true), "10,000+ waiting, oldest 2 d 2 h"],
  [null, null],
])("%o is described in a list as %s", (given, text) => {
  expect(describeWaitingShortly(given, now)).toBe(text);
});

test("what waits at a healthy webhook is worth saying once it has waited for more than a minute", () => {
  expect(isWaitingLong(waiting(3, 0.5), now)).toBe(false);
  expect(isWaitingLong(waiting(3, 2), now)).toBe(true);
  expect(isWaitingLong(waiting(3, 2), null)).toBe(false);
  expect(isWaitingLong(null, now)).toBe(false);
});

test("no age is named before the viewer's clock is known", () => {
  expect(describeWaiting(waiting(2, 5), null)).toBe("2 events waiting");
  expect(describeWaitingShortly(waiting(2, 5), null)).toBe("2 waiting");
});
