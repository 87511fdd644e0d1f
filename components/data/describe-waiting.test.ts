import { expect, test } from "vitest";
import { describeWaiting } from "./describe-waiting";

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

test("no age is named before the viewer's clock is known", () => {
  expect(describeWaiting(waiting(2, 5), null)).toBe("2 events waiting");
});
