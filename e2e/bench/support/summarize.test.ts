import { expect, test } from "vitest";
import { Random } from "../../../lib/testing/random.mjs";
import { summarize } from "./summarize.mjs";

test("the mean is geometric, so that a ratio of means is the mean of ratios", () => {
  expect(summarize([1, 4, 16]).mean).toBeCloseTo(4);
  const [now, before] = [
    [10, 30, 20],
    [20, 15, 50],
  ];
  const ratios = now.map((value, place) => value / (before[place] ?? 0));
  expect(summarize(ratios).mean).toBeCloseTo(summarize(now).mean / summarize(before).mean);
});

test("two values have a wide interval, by t of one degree of freedom", () => {
  // Logarithms 0 and 1: mean 0.5, deviation sqrt(0.5), so 12.706 * sqrt(0.5) / sqrt(2) to each side.
  const [low, high] = summarize([1, Math.E]).interval ?? [0, 0];
  expect(Math.log(low)).toBeCloseTo(0.5 - 6.353);
  expect(Math.log(high)).toBeCloseTo(0.5 + 6.353);
});

test("one value has none", () => {
  expect(summarize([3])).toEqual({ mean: expect.closeTo(3), interval: null });
});

test.each([2, 3, 5, 15, 40])(
  "of %i noisy pairs, the interval holds the true ratio 95 times of 100",
  (pairs) => {
    const random = normalNumbers(pairs);
    const runs = 4_000;
    let held = 0;
    for (let run = 0; run < runs; run += 1) {
      const [low, high] = summarize(Array.from({ length: pairs }, () => 1.3 * Math.exp(0.4 * random())))
        .interval ?? [0, 0];
      if (low <= 1.3 && 1.3 <= high) held += 1;
    }
    expect(held / runs).toBeGreaterThan(0.935);
    expect(held / runs).toBeLessThan(0.965);
  },
);

/** Normally distributed numbers, the same for the same seed (Box and Muller). */
function normalNumbers(seed: number) {
  const random = new Random(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
