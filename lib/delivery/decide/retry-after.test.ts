import fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfter } from "./retry-after";

const now = new Date("2026-11-20T12:00:00.000Z");
const asked = (text: string | undefined, httpStatus: number | null = 503) =>
  retryAfter({ httpStatus, responseHeaders: text === undefined ? {} : { "retry-after": text } }, now);

test("a wait is read as seconds or as a date, and never exceeds 24 hours", () => {
  expect(asked("120")).toEqual(new Date("2026-11-20T12:02:00.000Z"));
  expect(asked(" 120 ", 429)).toEqual(new Date("2026-11-20T12:02:00.000Z"));
  expect(asked("Fri, 20 Nov 2026 12:05:00 GMT")).toEqual(new Date("2026-11-20T12:05:00.000Z"));
  expect(asked("Friday, 20-Nov-26 12:05:00 GMT")).toEqual(new Date("2026-11-20T12:05:00.000Z"));
  expect(asked("Fri Nov 20 12:05:00 2026")).toEqual(new Date("2026-11-20T12:05:00.000Z"));
  expect(asked("999999999999999999999")).toEqual(new Date("2026-11-21T12:00:00.000Z"));
  expect(asked("Fri, 20 Nov 2099 12:05:00 GMT")).toEqual(new Date("2026-11-21T12:00:00.000Z"));
});

test("seconds with decimals are rounded up, and of several the most count", () => {
  expect(asked("1.5")).toEqual(new Date("2026-11-20T12:00:02.000Z"));
  expect(asked("0.001")).toEqual(new Date("2026-11-20T12:00:01.000Z"));
  expect(asked(".5")).toEqual(new Date("2026-11-20T12:00:01.000Z"));
  expect(asked("30.0")).toEqual(new Date("2026-11-20T12:00:30.000Z"));
  expect(asked("5, 120, 60")).toEqual(new Date("2026-11-20T12:02:00.000Z"));
});

test("a value that asks for no wait, or cannot be read, is ignored", () => {
  for (const text of [
    undefined,
    "",
    "0",
    "-5",
    "0.0",
    ".",
    "1.5.2",
    "1e3",
    "5 s",
    "5, soon",
    "soon",
    "2026-11-20",
    "Fri, 20 Nov 2026 11:00:00 GMT",
  ]) {
    expect(asked(text)).toBeNull();
  }
  expect(asked("120", 500)).toBeNull();
  expect(asked("120", 200)).toBeNull();
  expect(asked("120", null)).toBeNull();
  expect(retryAfter({ httpStatus: 503, responseHeaders: null }, now)).toBeNull();
});

test("whatever a receiver sends, the wait lies between now and 24 hours", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.integer().map(String),
        fc.date().map((date) => date.toString()),
      ),
      (text) => {
        const until = asked(text);
        if (until === null) return;
        expect(until.getTime()).toBeGreaterThan(now.getTime());
        expect(until.getTime()).toBeLessThanOrEqual(now.getTime() + 24 * 3_600_000);
      },
    ),
  );
});
