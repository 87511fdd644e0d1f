import { expect, test } from "vitest";
import { daysFrom, describeHeldJob } from "./held-messages";

test("of a paused job nobody reads that it is at work", () => {
  for (const kind of ["replay", "discard"] as const) {
    expect(describeHeldJob({ kind, status: "paused", reason: null })).toMatch(/is paused\.$/);
    expect(describeHeldJob({ kind, status: "running", reason: null })).toMatch(
      /^They are being (replayed|discarded)\.$/,
    );
  }
});

test("of a replay that waits for its webhook to be enabled nobody reads that it is at work", () => {
  const job = {
    kind: "replay",
    status: "running",
    reason: "it goes on when the webhook is enabled",
  } as const;
  expect(describeHeldJob(job)).toBe("A replay waits until the webhook is enabled.");
});

test("days are counted by the calendar, so that the time of day stays the same when clocks change", () => {
  expect(daysFrom(new Date(2026, 2, 20, 9, 30), 30)).toEqual(new Date(2026, 3, 19, 9, 30));
});
