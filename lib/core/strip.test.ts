import { expect, test } from "vitest";
import { stripOf } from "./strip";

test("each number counts for the bar of its time, and what is outside for the nearest", () => {
  const counted = [
    { at: -5, n: 1 },
    { at: 0, n: 2 },
    { at: 25, n: 3 },
    { at: 99, n: 4 },
    { at: 100, n: 5 },
  ];
  expect(stripOf(counted, { from: 0, to: 100 }, 4)).toEqual([3, 3, 0, 9]);
});

test("a range without length is no division by zero", () => {
  expect(stripOf([{ at: 7, n: 1 }], { from: 7, to: 7 }, 3)).toEqual([1, 0, 0]);
});
