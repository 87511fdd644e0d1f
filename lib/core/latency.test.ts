import { expect, test } from "vitest";
import { latencyBucketsMs } from "./deliveries";
import { addLatencies, latencyPercentile } from "./latency";

const counts = (given: Record<number, number>) =>
  Array.from({ length: latencyBucketsMs.length + 1 }, (_, place) => given[place] ?? 0);

test("a percentile is within the bucket in which it falls", () => {
  const took = counts({ 1: 90, 3: 10 });
  expect(latencyPercentile(took, 0.5)).toBeGreaterThan(10);
  expect(latencyPercentile(took, 0.5)).toBeLessThanOrEqual(25);
  expect(latencyPercentile(took, 0.95)).toBeGreaterThan(50);
  expect(latencyPercentile(took, 0.95)).toBeLessThanOrEqual(100);
});

test("of nothing there is none; what is beyond the last bound counts as that", () => {
  expect(latencyPercentile(counts({}), 0.5)).toBeNull();
  expect(latencyPercentile(counts({ [latencyBucketsMs.length]: 3 }), 0.5)).toBe(15_000);
});

test("counts are added place by place", () => {
  expect(addLatencies([counts({ 0: 1, 2: 2 }), counts({ 2: 3 })])).toEqual(counts({ 0: 1, 2: 5 }));
  expect(addLatencies([])).toEqual(counts({}));
});
