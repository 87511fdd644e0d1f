import { expect, test } from "vitest";
import { parseInput } from "./parse-input";
import { presentTime, time } from "./time";

const takes = (schema: ReturnType<typeof time>, value: string) => schema.safeParse(value).success;

test.each([
  ["1970-01-01T00:00:00Z", true],
  ["1970-01-01T00:00:00+00:01", false],
  ["1969-12-31T23:59:59.999Z", false],
  ["0050-06-01T00:00:00Z", false],
  ["9999-12-31T23:59:59.999Z", true],
  ["9999-12-31T23:59:59-00:01", false],
  ["10000-01-01T00:00:00Z", false],
  ["+010000-01-01T00:00:00Z", false],
  ["2026-02-30T00:00:00Z", false],
  ["2026-11-20T12:00:00.123456789+14:00", true],
  [`2026-11-20T12:00:00.${"1".repeat(100)}Z`, false],
  ["2026-11-20", false],
])("%s as a filter: %s", (value, taken) => {
  expect(takes(time(), value)).toBe(taken);
});

test("what happened long ago may be published, in a year that nobody takes for one of the last century", () => {
  expect(takes(time({ fromYear: 100 }), "1815-12-10T00:00:00Z")).toBe(true);
  expect(takes(time({ fromYear: 100 }), "0100-01-01T00:00:00Z")).toBe(true);
  expect(takes(time({ fromYear: 100 }), "0099-12-31T23:59:59Z")).toBe(false);
});

test.each([
  ["2026-11-20T12:00:00.000Z", "2026-11-20T12:00:00.000Z"],
  ["+010000-01-01T09:59:59.000Z", "9999-12-31T23:59:59.999Z"],
  ["-000001-12-31T23:00:00.000Z", "0000-01-01T00:00:00.000Z"],
])("%s is answered as %s", (stored, answered) => {
  expect(presentTime(new Date(stored))).toBe(answered);
});

test.each([
  ["yesterday", "must be an RFC 3339 time, like 2026-11-20T12:00:00.000Z"],
  [`2026-11-20T12:00:00.${"1".repeat(60)}Z`, "must be at most 64 characters"],
  ["1815-12-10T00:00:00Z", "must be in the years 1970 to 9999 (UTC)"],
])("%s is refused with the one thing that is wrong with it", (value, message) => {
  expect(() => parseInput(time(), value)).toThrow(
    expect.objectContaining({ extra: { errors: [{ path: "", message }] } }),
  );
});
