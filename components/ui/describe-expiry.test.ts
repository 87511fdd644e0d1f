import { expect, test } from "vitest";
import { describeExpiry } from "./describe-expiry";

const now = new Date("2026-11-27T12:00:00Z");

test.each([
  [null, null],
  ["2026-12-12T12:00:00Z", null],
  ["2026-12-06T13:00:00Z", "expires in 9 days"],
  ["2026-11-28T13:00:00Z", "expires in 1 day"],
  ["2026-11-28T11:00:00Z", "expires within a day"],
  ["2026-11-27T11:00:00Z", "has expired"],
])("a certificate until %s: %s", (expiresAt, words) => {
  expect(describeExpiry(expiresAt, now)).toBe(words);
});
