import { expect, test } from "vitest";
import { describeTransition } from "./describe-transition";

const transition = { consecutiveFailures: 0, httpStatus: null, error: null, reason: null };

test("a rule is named with the result that set it off", () => {
  expect(
    describeTransition({
      ...transition,
      kind: "failing",
      consecutiveFailures: 5,
      error: "connection_refused",
    }),
  ).toMatchObject({
    cause: "after 5 failures in a row",
    detail: "The server refused the connection. From here on one event at a time was tried.",
  });
  expect(
    describeTransition({ ...transition, kind: "disabled", reason: "after 20 failures", httpStatus: 500 }),
  ).toMatchObject({ title: "Disabled", cause: "after 20 failures", detail: "It answered 500." });
});

test("what a person did names the person, and no result", () => {
  expect(
    describeTransition({ ...transition, kind: "disabled", reason: "by Ana", httpStatus: 500 }),
  ).toMatchObject({ cause: "by Ana", detail: null });
  expect(describeTransition({ ...transition, kind: "enabled", reason: "by Ana" })).toMatchObject({
    title: "Enabled",
    cause: "by Ana",
  });
});
