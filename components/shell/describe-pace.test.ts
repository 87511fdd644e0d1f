import { expect, test } from "vitest";
import { describePace } from "./describe-pace";

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
