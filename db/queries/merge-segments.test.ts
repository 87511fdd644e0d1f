import { expect, test } from "vitest";
import { idAt, noId } from "../../lib/core/ids";
import { nextRun } from "./merge-segments";

const hourMs = 3_600_000;

/** Segments that follow each other, each of so many blocks, and of an hour unless another length is given. */
function segmentsOf(blocks: number[], { lengthMs = hourMs } = {}) {
  const start = Date.UTC(2026, 0, 1);
  return blocks.map((count, n) => ({
    fromId: idAt(new Date(start + n * lengthMs)),
    belowId: idAt(new Date(start + (n + 1) * lengthMs)),
    blocks: count,
  }));
}
const merged = (blocks: number[], options?: { lengthMs: number }) => {
  const segments = segmentsOf(blocks, options);
  return nextRun(segments, 100).map(({ fromId }) => segments.findIndex((one) => one.fromId === fromId));
};

test("the oldest small segments that fill a large one are merged, and no more than fit", () => {
  expect(merged(Array.from({ length: 30 }, () => 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("as long as there are too few, nothing is merged", () => {
  expect(merged([])).toEqual([]);
  expect(merged([10])).toEqual([]);
  expect(merged(Array.from({ length: 9 }, () => 10))).toEqual([]);
});

test("large ones are left as they are, and are no part of what is merged", () => {
  const small = Array.from({ length: 10 }, () => 10);
  expect(merged([98, ...small])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(merged([...small, 98])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(merged([10, 10, 98, ...small, 98])).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(merged([98, 98, 98])).toEqual([]);
});

test("of a workspace that publishes little, 64 segments are merged", () => {
  expect(merged(Array.from({ length: 63 }, () => 1))).toEqual([]);
  expect(merged(Array.from({ length: 64 }, () => 1))).toHaveLength(64);
  expect(merged([12, ...Array.from({ length: 63 }, () => 0)])).toHaveLength(64);
});

test("a merged segment is of a week at most, so that its terms go with their events", () => {
  const lengthMs = 15 * hourMs;
  expect(
    merged(
      Array.from({ length: 30 }, () => 1),
      { lengthMs },
    ),
  ).toEqual(Array.from({ length: 11 }, (_, n) => n));
  expect(
    merged(
      Array.from({ length: 9 }, () => 1),
      { lengthMs: 48 * hourMs },
    ),
  ).toEqual([]);
  const [first, ...rest] = segmentsOf(Array.from({ length: 12 }, () => 10));
  if (!first) throw new Error("there is none");
  expect(nextRun([{ ...first, fromId: noId }, ...rest], 100)).toEqual(rest.slice(0, 10));
});
