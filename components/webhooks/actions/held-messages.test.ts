import { expect, test } from "vitest";
import { daysFrom, describeHeldJob } from "./held-messages";

test("of a paused job nobody reads that it is at work", () => {
  for (const kind of ["replay", "discard"] as const) {
    expect(describeHeldJob({ kind, status: "paused" })).toMatch(/is paused\.$/);
    expect(describeHeldJob({ kind, status: "running" })).toMatch(/^They are being (replayed|discarded)\.$/);
  }
});

test("days are counted by the calendar, so that the time of day stays the same when clocks change", () => {
  expect(daysFrom(new Date(2026, 2, 20, 9, 30), 30)).toEqual(new Date(2026, 3, 19, 9, 30));
});
