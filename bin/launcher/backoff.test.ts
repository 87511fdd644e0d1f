import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Backoff } from "./backoff.mjs";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const seconds = (n: number) => vi.advanceTimersByTime(n * 1_000);

test("what never becomes well is started at ever longer intervals, of 30 s at most", () => {
  const backoff = new Backoff();
  const delays = Array.from({ length: 10 }, () => {
    seconds(15);
    return backoff.nextDelayMs();
  });
  expect(delays).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
});

test("what was well for ten seconds starts again from the shortest", () => {
  const backoff = new Backoff();
  expect([backoff.nextDelayMs(), backoff.nextDelayMs()]).toEqual([200, 400]);
  backoff.isWell();
  seconds(9);
  expect(backoff.nextDelayMs()).toBe(800);
  backoff.isWell();
  seconds(10);
  expect([backoff.nextDelayMs(), backoff.nextDelayMs()]).toEqual([200, 400]);
});
