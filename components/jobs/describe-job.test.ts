import { expect, test } from "vitest";
import { describeCancel, describeJob } from "./describe-job";

const job = {
  kind: "replay",
  status: "running",
  reason: null,
  total: 1_204,
  done: 120,
  skipped: 0,
  ratePerSecond: 50,
} as const;

test("a job that runs says how far it is, and at which pace", () => {
  expect(describeJob(job, "Billing")).toEqual({
    title: "Replaying · Billing",
    progress: "120 of 1,204 · at most 50 a second",
  });
  expect(describeJob({ ...job, ratePerSecond: null }, null)).toEqual({
    title: "Replaying",
    progress: "120 of 1,204",
  });
});

test("of a job that waits for its webhook to be enabled nobody reads that it replays", () => {
  expect(describeJob({ ...job, reason: "it goes on when the webhook is enabled" }, "Billing")).toEqual({
    title: "Replay waiting · Billing",
    progress: "120 of 1,204 · at most 50 a second · it goes on when the webhook is enabled",
  });
});

test("a job that is done counts only what it did", () => {
  expect(describeJob({ ...job, status: "done", done: 1_204, skipped: 4 }, "Billing").progress).toBe(
    "1,200 events · 4 skipped",
  );
});

test("a job whose events still wait for their webhook is not said to have replayed them", () => {
  expect(describeJob({ ...job, status: "done", done: 1_204 }, "Billing", 1_200)).toEqual({
    title: "Queued · Billing",
    progress: "1,204 events · 1,200 not sent yet",
  });
});

test("a job that ended early says how far it came", () => {
  expect(describeJob({ ...job, kind: "discard", status: "canceled" }, "Billing")).toEqual({
    title: "Discarding canceled · Billing",
    progress: "120 of 1,204",
  });
});

test("canceling says what is done and what becomes of the rest, which depends on what the job is about", () => {
  expect(describeCancel({ ...job, filter: null }, "Billing")).toEqual({
    title: "Cancel the replay of Billing's events?",
    text: "120 of 1,204 events have been replayed. The other 1,084 events stay held. A canceled job can't be resumed.",
    button: "Cancel the replay",
  });
  expect(describeCancel({ ...job, filter: { tests: "0" }, total: 2, done: 1 }, null).text).toContain(
    "1 of 2 events has been replayed. The other event is not sent again.",
  );
  expect(describeCancel({ ...job, kind: "discard", filter: null }, null)).toMatchObject({
    title: "Cancel discarding?",
    text: expect.stringContaining("120 of 1,204 events have been discarded"),
  });
});

test("of a paused job nobody reads that it is at work", () => {
  for (const kind of ["replay", "discard"] as const) {
    expect(describeJob({ ...job, kind, status: "paused" }, null).title).toMatch(/paused$/);
  }
});
