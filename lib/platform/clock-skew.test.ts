import { expect, test } from "vitest";
import { clockSkewMs } from "./clock-skew";

test.each([
  ["agree, however long the answer took", { askedAt: 1_000, databaseNow: 4_000, answeredAt: 9_000 }, 0],
  ["agree at the edges", { askedAt: 1_000, databaseNow: 1_000, answeredAt: 1_000 }, 0],
  ["differ, the app's ahead", { askedAt: 8_000, databaseNow: 3_000, answeredAt: 8_010 }, 5_000],
  ["differ, the app's behind", { askedAt: 3_000, databaseNow: 8_010, answeredAt: 3_010 }, -5_000],
])("the clocks %s", (_name, times, skewMs) => {
  expect(clockSkewMs(times)).toBe(skewMs);
});
