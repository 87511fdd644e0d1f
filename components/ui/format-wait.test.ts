import { expect, test } from "vitest";
import { formatWait } from "./format-wait";

test.each([
  [0, "0 s"],
  [12, "12 s"],
  [148, "2 m 28 s"],
  [120, "2 m"],
  [22_026, "6 h 7 m"],
  [86_400, "1 d"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatWait(seconds)).toBe(text);
});
