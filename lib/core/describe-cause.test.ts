import { expect, test } from "vitest";
import { causeFrom, describeCause, isRule } from "./describe-cause";
import { causes } from "./endpoint-state";

test("a cause is described in the API's terms, which distinguish rules from actors", () => {
  const known = causes.map((cause) => causeFrom(cause, "Ana"));
  expect(known.map(describeCause)).toEqual([
    "by Ana",
    "by API key Ana",
    "by Ana",
    "after 20 failures",
    "it answered 410 Gone",
  ]);
  expect(known.map(isRule)).toEqual([false, false, false, true, true]);
});

test("without a cause there is no text, and no rule", () => {
  expect(causeFrom(null, null)).toBeNull();
  expect(describeCause(null)).toBeNull();
  expect(isRule(null)).toBe(false);
});
