import { expect, test } from "vitest";
import { estimateDisabling } from "./estimate-disabling";

const now = new Date("2026-11-21T12:00:00Z");
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

test("from the fifth failure on it takes some eleven days, and shrinks with the scale", () => {
  const five = { consecutiveFailures: 5, nextProbeAt: inSeconds(12) };
  const days = (date: Date | null) => ((date?.getTime() ?? 0) - now.getTime()) / 86_400_000;
  expect(days(estimateDisabling(five, { scale: 1, now }))).toBeCloseTo(11.3, 1);
  expect(days(estimateDisabling(five, { scale: 0.5, now }))).toBeCloseTo(11.3 / 2, 1);
});

test("the last try is the next one", () => {
  const nineteen = { consecutiveFailures: 19, nextProbeAt: inSeconds(3_600) };
  expect(estimateDisabling(nineteen, { scale: 1, now })).toEqual(inSeconds(3_600));
});

test("a try whose time has come counts from now", () => {
  const late = { consecutiveFailures: 19, nextProbeAt: inSeconds(-3_600) };
  expect(estimateDisabling(late, { scale: 1, now })).toEqual(now);
});

test("an endpoint that does not back off is not about to be disabled", () => {
  expect(estimateDisabling({ consecutiveFailures: 4, nextProbeAt: null }, { scale: 1, now })).toBeNull();
});
