import { expect, test } from "vitest";
import { labelledPoints, linePath, niceTicks } from "./scales";

test("an axis has round numbers, the last no smaller than what is shown", () => {
  expect(niceTicks(0)).toEqual([0, 1]);
  expect(niceTicks(3)).toEqual([0, 1, 2, 3]);
  expect(niceTicks(97)).toEqual([0, 50, 100]);
  expect(niceTicks(1_204)).toEqual([0, 500, 1_000, 1_500]);
  for (const max of [1, 7, 19, 42, 333, 15_000, 1e6]) {
    expect(niceTicks(max).at(-1)).toBeGreaterThanOrEqual(max);
    expect(niceTicks(max).length).toBeLessThanOrEqual(5);
  }
});

test("times have room", () => {
  expect(labelledPoints(24, { width: 2_400, room: 90 })).toHaveLength(24);
  expect(labelledPoints(24, { width: 300, room: 90 })).toEqual([0, 8, 16]);
  expect(labelledPoints(0, { width: 300, room: 90 })).toEqual([]);
});

test("a line is broken where nothing is known", () => {
  const at = (x: number) => ({ x, y: 2 });
  expect(linePath([at(0), at(1), null, at(3)])).toBe("M0.0,2.0L1.0,2.0M3.0,2.0");
});
