import { isMainThread } from "node:worker_threads";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { parseHttpDate } from "./parse-http-date";

const now = new Date("2026-11-20T12:00:00.000Z");
const read = (text: string) => {
  const at = parseHttpDate(text, now);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

test("all three forms of RFC 9110 are read, as UTC", () => {
  for (const text of [
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
    "Sun Nov 06 08:49:37 1994",
    "sun, 6 nov 1994 08:49:37",
    "Sunday, 06-Nov-1994 08:49:37 UTC",
    "Sun Nov  6 08:49:37 UTC 1994",
    "Sun, 06 Nov 1994 09:49:37 +0100",
  ])
    expect(read(text)).toBe("1994-11-06T08:49:37.000Z");
});

test("a year of two digits is the one that is not more than 50 years ahead", () => {
  expect(read("Friday, 20-Nov-26 12:05:00 GMT")).toBe("2026-11-20T12:05:00.000Z");
  expect(read("Friday, 20-Nov-76 12:05:00 GMT")).toBe("2076-11-20T12:05:00.000Z");
  expect(read("Friday, 20-Nov-77 12:05:00 GMT")).toBe("1977-11-20T12:05:00.000Z");
  expect(read("Friday, 20-Nov-00 12:05:00 GMT")).toBe("2000-11-20T12:05:00.000Z");
});

test("a leap second is read", () => {
  expect(read("Sat, 31 Dec 2016 23:58:60 GMT")).toBe("2016-12-31T23:59:00.000Z");
});

test("anything else is not a date", () => {
  for (const text of [
    "",
    "2026-11-20",
    "20 Nov 2026 12:05:00 GMT",
    "Fri, 20 Foo 2026 12:05:00 GMT",
    "Fri, 31 Nov 2026 12:05:00 GMT",
    "Fri, 20 Nov 2026 24:05:00 GMT",
    "Fri, 20 Nov 2026 12:60:00 GMT",
    "Fri, 20 Nov 2026 12:05:61 GMT",
    "Fri, 20 Nov 2026 12:05 GMT",
    "Fri, 20 Nov 2026 12:05:00 GMT, x",
    "Fri Nov 20 12:05:00 26",
    "xFri Nov 20 12:05:00 2026",
    "Fri, 20 Nov 2026 12:05:00 EST",
  ])
    expect(read(text), text).toBeNull();
});

test("whatever second it is, the three forms mean the same", () => {
  const pad = (n: number, by = "0") => String(n).padStart(2, by);
  const upTo = { min: new Date("1980-01-01"), max: new Date("2070-01-01"), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(upTo), (date) => {
      const [day = "", , month = "", year = "", time = ""] = date.toUTCString().replace(",", "").split(" ");
      const at = Math.floor(date.getTime() / 1_000) * 1_000;
      expect(parseHttpDate(date.toUTCString(), now)).toBe(at);
      const dayOfMonth = date.getUTCDate();
      expect(parseHttpDate(`${day}day, ${pad(dayOfMonth)}-${month}-${year.slice(2)} ${time} GMT`, now)).toBe(
        at,
      );
      expect(parseHttpDate(`${day} ${month} ${pad(dayOfMonth, " ")} ${time} ${year}`, now)).toBe(at);
    }),
  );
});

// The zone is the process's: a thread cannot change it.
test.runIf(isMainThread).each([
  ["Asia/Tokyo", -540],
  ["America/New_York", 300],
])("the zone of the machine changes nothing: %s", (zone, offset) => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv("TZ", zone);
  expect(new Date("2026-11-20").getTimezoneOffset()).toBe(offset);
  for (const text of ["Sun Nov  6 08:49:37 1994", "Sunday, 06-Nov-94 08:49:37", "Sun, 06 Nov 1994 08:49:37"])
    expect(read(text)).toBe("1994-11-06T08:49:37.000Z");
});
