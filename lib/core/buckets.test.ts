import { expect, test } from "vitest";
import { bucketRange, bucketStarts, bucketsMax } from "./buckets";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const toMs = Date.UTC(2026, 10, 27, 17, 31, 12, 345);
const widthOf = (ms: number) => bucketRange({ fromMs: toMs - ms, toMs }).bucketMs;

test("the narrowest known width with at most 120 buckets is taken", () => {
  expect([15 * minute, hour, day, 7 * day, 30 * day, 365 * day].map(widthOf)).toEqual([
    minute,
    minute,
    15 * minute,
    2 * hour,
    12 * hour,
    7 * day,
  ]);
});

test.each([1, minute, 59 * minute, 119 * minute, 120 * minute, 3 * day, 3_650 * day, 36_500 * day])(
  "a range of %i ms is covered from end to end",
  (ms) => {
    const range = bucketRange({ fromMs: toMs - ms, toMs });
    expect(range.fromMs).toBeLessThanOrEqual(toMs - ms);
    expect(range.toMs).toBeGreaterThanOrEqual(toMs);
    const starts = bucketStarts(range);
    expect(starts.length).toBeLessThanOrEqual(bucketsMax);
    expect(starts[0]).toBe(range.fromMs);
    expect(starts.every((start) => start % range.bucketMs === 0)).toBe(true);
  },
);
