import { expect, test } from "vitest";
import { giveReasons } from "./give-reasons";

const waiting: Parameters<typeof giveReasons>[0] = {
  type: "invoice.paid",
  test: false,
  addedLater: false,
  status: "pending",
  httpStatus: 500,
  eventTypes: null,
  before: null,
  policy: { retries: null, retryOn: "any" },
  policyOf: "workspace",
  endpointFailures: 1,
};
const reasons = (given: Partial<typeof waiting> = {}) => giveReasons({ ...waiting, ...given });

test("why the webhook gets the event: all types, its type, one that it had, by hand, or a test", () => {
  expect(reasons().match).toBe("The webhook gets all event types.");
  expect(reasons({ eventTypes: ["invoice.paid"] }).match).toBe("The webhook subscribes to invoice.paid.");
  expect(reasons({ eventTypes: ["user.created"] }).match).toContain("but no longer does.");
  expect(reasons({ addedLater: true }).match).toContain("after it was published");
  expect(reasons({ test: true, addedLater: true }).match).toContain("a test");
});

test("the state of the webhook is that of when the delivery was made", () => {
  expect(reasons().webhook).toBe("It was healthy.");
  expect(reasons({ before: { kind: "failing", consecutiveFailures: 1 } }).webhook).toContain(
    "still sent all",
  );
  expect(reasons({ before: { kind: "threshold", consecutiveFailures: 10 } }).webhook).toContain(
    "10 times in a row",
  );
  expect(reasons({ before: { kind: "disabled", consecutiveFailures: 20 } }).webhook).toBe("It was disabled.");
  expect(reasons({ before: { kind: "recovered", consecutiveFailures: 0 } }).webhook).toContain("healthy");
});

test("what comes next is said by the policy, and whose it is", () => {
  expect(reasons().next).toBe(
    "The workspace's retry policy: until delivered, after any failure, at growing intervals up to 24 hours.",
  );
  expect(
    reasons({ policyOf: "webhook", policy: { retries: 1, retryOn: "5xx" }, endpointFailures: 6 }).next,
  ).toBe(
    "The webhook's retry policy: 1 retry, after a 5xx or no response, at growing intervals. Because the webhook failed 5 times in a row or more, only one event at a time is tried until one succeeds.",
  );
});

test("what has ended says what ended it", () => {
  const policy = { retries: 3, retryOn: "5xx" } as const;
  expect(reasons({ status: "failed", policy }).next).toMatch(/It allows no more attempts\.$/);
  expect(reasons({ status: "failed", policy, httpStatus: 404 }).next).toMatch(
    /A 404 is neither, so it is not retried\.$/,
  );
  expect(reasons({ status: "succeeded" }).next).toContain("2xx");
  expect(reasons({ status: "failed", test: true }).next).toBe("A test is sent once and not retried.");
  expect(reasons({ status: "held" }).next).toContain("enables the webhook");
  expect(reasons({ status: "discarded" }).next).toContain("if someone sends it again");
});
