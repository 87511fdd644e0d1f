import fc from "fast-check";
import { expect, test } from "vitest";
import { retryDelaysSeconds } from "./delivery-limits";
import { retryDelayMs } from "./retry-schedule";

test("delays are 12 s, 2 m 28 s, 30 m 8 s, 6 h 7 m 6 s, and a day from then on", () => {
  const seconds = [1, 2, 3, 4, 5, 6, 40].map((n) =>
    Math.round(retryDelayMs(n, { scale: 1, random: 0 }) / 1000),
  );
  expect(seconds).toEqual([12, 148, 1808, 22026, 86400, 86400, 86400]);
});

test("the delays that are shown are those of the schedule", () => {
  const seconds = retryDelaysSeconds.map((_, index) =>
    Math.floor(retryDelayMs(index + 1, { scale: 1, random: 0 }) / 1000),
  );
  expect(retryDelaysSeconds).toEqual(seconds);
});

test("jitter adds at most a tenth and never passes a day", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, random) => {
        const bare = retryDelayMs(n, { scale: 1, random: 0 });
        const jittered = retryDelayMs(n, { scale: 1, random });
        expect(jittered).toBeLessThanOrEqual(86_400_000);
        expect(jittered).toBeGreaterThanOrEqual(bare * 0.9 - 1);
        expect(jittered).toBeLessThanOrEqual(bare * 1.1 + 1);
      },
    ),
  );
});

test("the scale multiplies every delay", () => {
  expect(retryDelayMs(5, { scale: 0.001, random: 0 })).toBe(86_400);
});
