import { expect, test } from "vitest";
import { describeTransition } from "./describe-transition";

const transition = { consecutiveFailures: 0, httpStatus: null, error: null, reason: null, cause: null };
const byAna = { kind: "user", actorName: "Ana" } as const;

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
    detail: "The server refused the connection. From then on, one event at a time was tried.",
  });
  expect(
    describeTransition({
      ...transition,
      kind: "disabled",
      reason: "after 20 failures",
      cause: { kind: "failures", actorName: null },
      httpStatus: 500,
    }),
  ).toMatchObject({ title: "Disabled", cause: "after 20 failures", detail: "It answered 500." });
});

test("what a person did names the person, and no result", () => {
  expect(
    describeTransition({ ...transition, kind: "disabled", reason: "by Ana", cause: byAna, httpStatus: 500 }),
  ).toMatchObject({ cause: "by Ana", detail: null });
  expect(
    describeTransition({ ...transition, kind: "enabled", reason: "by Ana", cause: byAna }),
  ).toMatchObject({
    title: "Enabled",
    cause: "by Ana",
  });
});

test("the result is left out for an actor whose name reads like a rule", () => {
  const cause = { kind: "api_key", actorName: "after 20 failures" } as const;
  const reason = "after 20 failures";
  expect(
    describeTransition({ ...transition, kind: "disabled", reason, cause, httpStatus: 500 }),
  ).toMatchObject({ detail: null });
});
