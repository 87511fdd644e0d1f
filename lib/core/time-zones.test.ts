import { expect, test } from "vitest";
import { startOfDay, timeZone } from "./time-zones";

const day = (at: string, zone: string) => startOfDay(new Date(at), zone).toISOString();

test("a day begins at its zone's midnight, east and west of UTC, by half hours too", () => {
  expect(day("2026-11-27T17:30:00Z", "UTC")).toBe("2026-11-27T00:00:00.000Z");
  expect(day("2026-11-27T23:30:00Z", "Europe/Berlin")).toBe("2026-11-27T23:00:00.000Z");
  expect(day("2026-11-27T03:00:00Z", "America/New_York")).toBe("2026-11-26T05:00:00.000Z");
  expect(day("2026-11-27T18:45:00Z", "Asia/Kolkata")).toBe("2026-11-27T18:30:00.000Z");
});

test("on a day on which clocks are changed it begins at the midnight before", () => {
  expect(day("2026-03-29T10:00:00Z", "Europe/Berlin")).toBe("2026-03-28T23:00:00.000Z");
  expect(day("2026-10-25T10:00:00Z", "Europe/Berlin")).toBe("2026-10-24T22:00:00.000Z");
});

test("what is no time zone is refused", () => {
  expect(timeZone.safeParse("Europe/Berlin").success).toBe(true);
  expect(timeZone.safeParse("Europe/Nowhere").success).toBe(false);
});
