import { afterEach, expect, test } from "vitest";
import {
  formatClock,
  formatDate,
  formatDay,
  formatDuration,
  formatMoment,
  formatNextTry,
  formatRelative,
  formatSpan,
  formatTime,
  fromDateTimeInput,
  isSameDay,
  setTimeStyle,
  toDateTimeInput,
} from "./format-time";

const now = new Date(2026, 10, 20, 14, 0);
const at = (hour: number, minute = 0, day = 20) => new Date(2026, 10, day, hour, minute);
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

test("days go by the calendar, whatever the hour", () => {
  expect(formatDay(at(0), now)).toBe("Today");
  expect(formatDay(at(23, 59, 19), now)).toBe("Yesterday");
  expect(formatDay(at(12, 0, 17), now)).toMatch(/^Tue,? 17 Nov$/);
  expect(formatDay(new Date(2025, 4, 3), now)).toBe("3 May 2025");
});

test("a moment names its day only if it is not today", () => {
  expect(formatMoment(at(9, 5), now)).toBe("09:05");
  expect(formatMoment(at(9, 5, 19), now)).toBe("09:05 yesterday");
  expect(formatMoment(at(9, 5, 21), now)).toBe("09:05 tomorrow");
  expect(formatMoment(at(9, 5, 24), now)).toBe("09:05 on 24 Nov");
  expect(formatDate(new Date(2027, 11, 20), now)).toBe("20 Dec 2027");
});

test("a next try whose time has come is soon", () => {
  expect(formatNextTry(at(14, 32).toISOString(), now)).toBe("14:32");
  expect(formatNextTry(at(13, 59).toISOString(), now)).toBe("soon");
  expect(formatNextTry(null, now)).toBe("soon");
});

test.each([
  [4, "just now"],
  [-4, "just now"],
  [-59, "59 seconds ago"],
  [-61, "1 minute ago"],
  [-3_600, "1 hour ago"],
  [3 * 3_600, "in 3 hours"],
  [-86_400, "yesterday"],
  [-29 * 86_400, "29 days ago"],
  [-30 * 86_400, "21 Oct 2026"],
])("%d seconds from now is %s", (seconds, words) => {
  expect(formatRelative(inSeconds(seconds), now)).toBe(words);
});

test("a duration is in milliseconds below a second", () => {
  expect(formatDuration(40.6)).toBe("41 ms");
  expect(formatDuration(999)).toBe("999 ms");
  expect(formatDuration(1_240)).toBe("1.24 s");
});

test("a clock shows milliseconds by default", () => {
  const time = new Date(2026, 10, 20, 4, 2, 7, 41);
  expect(formatClock(time)).toBe("04:02:07.041");
  expect(formatClock(time, false)).toBe("04:02:07");
});

afterEach(() => setTimeStyle({ timeZone: null, clock: "24h" }));

test("a span names its day once, or both if it has two", () => {
  expect(formatSpan(at(9), at(9, 15), now)).toBe("09:00 to 09:15");
  expect(formatSpan(at(9, 0, 19), at(10, 0, 19), now)).toBe("09:00 to 10:00 yesterday");
  expect(formatSpan(at(22, 0, 17), at(4, 0, 18), now)).toBe("22:00 on 17 Nov to 04:00 on 18 Nov");
  setTimeStyle({ timeZone: null, clock: "12h" });
  expect(formatTime(at(14, 5))).toBe("2:05 pm");
  expect(formatSpan(at(9), at(14, 15), now)).toBe("9:00 am to 2:15 pm");
});

test("days are those of the chosen zone", () => {
  setTimeStyle({ timeZone: "Asia/Tokyo", clock: "24h" });
  const [before, after] = [new Date("2026-11-20T14:59:00Z"), new Date("2026-11-20T15:00:00Z")];
  expect(isSameDay(before, after)).toBe(false);
  expect(formatSpan(before, after, after)).toBe("23:59 yesterday to 00:00");
});

test("an entered time that a clock change repeats or skips", () => {
  setTimeStyle({ timeZone: "Europe/Berlin", clock: "24h" });
  const repeated = "2026-10-25T02:30:00";
  expect(fromDateTimeInput(repeated).toISOString()).toBe("2026-10-25T00:30:00.000Z");
  expect(fromDateTimeInput(repeated, "last").toISOString()).toBe("2026-10-25T01:30:00.000Z");
  for (const which of ["first", "last"] as const) {
    expect(fromDateTimeInput("2026-03-29T02:30:00", which).toISOString()).toBe("2026-03-29T01:30:00.000Z");
    for (const text of [
      "2026-10-25T01:59:59",
      "2026-10-25T03:00:00",
      "2026-03-29T01:59:59",
      "2026-07-01T12:00:00",
    ]) {
      expect(toDateTimeInput(fromDateTimeInput(text, which))).toBe(text);
    }
  }
});
