import { expect, test } from "vitest";
import { describeJob } from "./describe-job";

const job = {
  kind: "replay",
  status: "running",
  reason: null,
  total: 1_204,
  done: 120,
  skipped: 0,
  ratePerSecond: 50,
} as const;

test("a job that runs says how far it is, at which pace, and why it waits", () => {
  expect(describeJob(job, "Billing")).toEqual({
    title: "Replaying · Billing",
    progress: "120 of 1,204 · at most 50 a second",
  });
  expect(describeJob({ ...job, ratePerSecond: null, reason: "the webhook fails" }, null)).toEqual({
    title: "Replaying",
    progress: "120 of 1,204 · the webhook fails",
  });
});

test("a job that is done counts only what it did", () => {
  expect(describeJob({ ...job, status: "done", done: 1_204, skipped: 4 }, "Billing").progress).toBe(
    "1,200 events · 4 left as they were",
  );
});

test("a job that ended early says how far it came", () => {
  expect(describeJob({ ...job, kind: "discard", status: "canceled" }, "Billing")).toEqual({
    title: "Discarding canceled · Billing",
    progress: "120 of 1,204",
  });
});
