import { expect, test } from "vitest";
import type { HistogramOutput } from "@/lib/contract/histogram";
import {
  bucketAt,
  describeCounts,
  marksBetween,
  partHeights,
  placeMarks,
  rangeOfBuckets,
  sumBuckets,
} from "./histogram-model";

const nothing = { succeeded: 0, waiting: 0, retrying: 0, failed: 0, held: 0, discarded: 0 };
const from = Date.UTC(2026, 10, 27, 12);
const bucket = (minute: number, counts: Partial<typeof nothing> = {}) => ({
  from: new Date(from + minute * 60_000).toISOString(),
  ...nothing,
  ...counts,
});
const histogram: HistogramOutput = {
  from: new Date(from).toISOString(),
  to: new Date(from + 10 * 60_000).toISOString(),
  bucketSeconds: 60,
  data: Array.from({ length: 10 }, (_, minute) => bucket(minute)),
  total: nothing,
  countedFrom: null,
  marks: [],
};

test("a bucket is as high as its share, and one failure among thousands can be seen", () => {
  const parts = partHeights(bucket(0, { succeeded: 9_999, failed: 1 }), { max: 10_000, height: 56 });
  expect(parts.map(({ outcome }) => outcome)).toEqual(["succeeded", "failed"]);
  expect(parts[1]?.px).toBeGreaterThanOrEqual(2);
  expect(parts.reduce((sum, { px }) => sum + px, 0)).toBeCloseTo(56);
  const half = partHeights(bucket(0, { succeeded: 5_000 }), { max: 10_000, height: 56 });
  expect(half[0]?.px).toBeCloseTo(28);
  expect(partHeights(bucket(0), { max: 10_000, height: 56 })).toEqual([]);
});

test("a place is of a bucket, and beyond the ends of the first or last", () => {
  expect([-1, 0, 0.09, 0.1, 0.99, 1, 7].map((place) => bucketAt(place, 10))).toEqual([0, 0, 0, 1, 9, 9, 9]);
});

test("a drag to the left is the same range as one to the right, whole buckets at both ends", () => {
  const range = { from: new Date(from + 2 * 60_000), to: new Date(from + 6 * 60_000) };
  expect(rangeOfBuckets(histogram, 2, 5)).toEqual(range);
  expect(rangeOfBuckets(histogram, 5, 2)).toEqual(range);
  expect(rangeOfBuckets(histogram, 3, 3)).toEqual({
    from: new Date(from + 3 * 60_000),
    to: new Date(from + 4 * 60_000),
  });
  expect(rangeOfBuckets({ ...histogram, data: [] }, 0, 1)).toBeNull();
});

test("counts are said in words, without those of nothing", () => {
  expect(describeCounts({ ...nothing, succeeded: 1_190, failed: 14 })).toBe(
    "1,204 events: 1,190 succeeded, 14 failed",
  );
  expect(describeCounts({ ...nothing, held: 1 })).toBe("1 event: 1 held");
  expect(describeCounts(nothing)).toBe("No events");
});

test("counts of several buckets are summed in any order", () => {
  const data = [bucket(0, { failed: 1 }), bucket(1, { failed: 2, held: 3 }), bucket(2, { failed: 4 })];
  expect(sumBuckets(data, 2, 1)).toEqual({ ...nothing, failed: 6, held: 3 });
  expect(sumBuckets(data, 0, 0)).toEqual({ ...nothing, failed: 1 });
});

const mark = (minute: number) => ({ createdAt: new Date(from + minute * 60_000).toISOString() });

test("marks stand at their time, and only those with room have their text, at the end to the left", () => {
  const place = (...minutes: number[]) => placeMarks(minutes.map(mark), histogram, 20);
  const placed = place(1, 1.5, 5, 9.5);
  expect(placed.map(({ percent }) => Math.round(percent))).toEqual([10, 15, 50, 95]);
  expect(placed.map(({ label }) => label)).toEqual([null, "right", "right", "left"]);
  expect(place(8, 9, 9.9).map(({ label }) => label)).toEqual([null, null, "left"]);
});

test("a mark belongs to the range that it is in, not to the one that ends with it", () => {
  const marks = [mark(1), mark(2), mark(3)];
  expect(marksBetween(marks, { from: new Date(from + 60_000), to: new Date(from + 3 * 60_000) })).toEqual([
    mark(1),
    mark(2),
  ]);
});
