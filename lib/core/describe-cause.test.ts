import { expect, test } from "vitest";
import { describeCause, namesRule } from "./describe-cause";
import { causes } from "./endpoint-state";

test("a cause is described in the API's terms, which distinguish rules from actors", () => {
  const texts = causes.map((cause) => describeCause({ cause, actorName: "Ana" }));
  expect(texts).toEqual(["by Ana", "by API key Ana", "by Ana", "after 20 failures", "it answered 410 Gone"]);
  expect(texts.map(namesRule)).toEqual([false, false, false, true, true]);
  expect(describeCause({ cause: null, actorName: null })).toBeNull();
  expect(namesRule(null)).toBe(false);
});
