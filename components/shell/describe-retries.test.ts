import { expect, test } from "vitest";
import { describeRetries } from "./describe-retries";

test.each([
  [0, "never"],
  [1, "12 s"],
  [3, "12 s, 2 m 28 s, 30 m 8 s"],
  [4, "12 s, 2 m 28 s, 30 m 8 s, 6 h 7 m"],
  [5, "12 s, 2 m 28 s, 30 m 8 s, 6 h 7 m, 24 h"],
  [20, "12 s, 2 m 28 s, 30 m 8 s, 6 h 7 m, 16 times 24 h"],
  [null, "12 s, 2 m 28 s, 30 m 8 s, 6 h 7 m, then every 24 h"],
])("%s retries are named by their waits", (retries, words) => {
  expect(describeRetries(retries)).toBe(words);
});
