import { expect, test } from "vitest";
import { daysFrom, describeHeldJob, describePace } from "./held-messages";

test("of a paused job nobody reads that it is at work", () => {
  for (const kind of ["replay", "discard"] as const) {
    expect(describeHeldJob({ kind, status: "paused" })).toMatch(/is paused\.$/);
    expect(describeHeldJob({ kind, status: "running" })).toMatch(/^They are being (replayed|discarded)\.$/);
  }
});

test.each([
  [1, 100, "at most a minute"],
  [89, 1, "at most a minute"],
  [4_120, 10, "about 7 minutes"],
  [53_000, 10, "about 88 minutes"],
  [54_000, 10, "about 2 hours"],
  [360_000, 10, "about 10 hours"],
])("%d events at %d a second take %s", (count, ratePerSecond, words) => {
  expect(describePace(count, ratePerSecond)).toBe(words);
});

test("days are counted by the calendar, so that the time of day stays the same when clocks change", () => {
  expect(daysFrom(new Date(2026, 2, 20, 9, 30), 30)).toEqual(new Date(2026, 3, 19, 9, 30));
});
