const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayName = "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*";
const time = String.raw`(\d{2}):(\d{2}):(\d{2})`;
const zone = "(?:gmt|utc|ut|z)";

/** `Fri, 20 Nov 2026 12:05:00 GMT`, and RFC 850's `Friday, 20-Nov-26 12:05:00 GMT`. */
const dayFirst = new RegExp(
  String.raw`^${dayName},? +(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4}|\d{2}) +${time}(?: +${zone})?$`,
  "i",
);
/** C's asctime: `Fri Nov 20 12:05:00 2026`. Some servers write the zone before the year. */
const monthFirst = new RegExp(
  String.raw`^${dayName} +([a-z]{3}) +(\d{1,2}) +${time}(?: +${zone})? +(\d{4})$`,
  "i",
);
/** Not HTTP's format, but unambiguous in any zone of this machine. */
const offsetFirst = new RegExp(String.raw`^${dayName}\b.*[+-]\d{2}:?\d{2}\b`, "i");

/**
 * Reads a date in one of the three forms of HTTP (RFC 9110, section 5.6.7), all of which are UTC, even if they do not
 * say so. The weekday is ignored.
 *
 * @param now a two-digit year is the one that is at most 50 years after it
 * @returns milliseconds since 1970; NaN if it is not a date
 */
export function parseHttpDate(text: string, now: Date): number {
  const [, day, month = "", year = "", ...clock] = dayFirst.exec(text) ?? [];
  if (day !== undefined) return utc({ year: fullYear(year, now), month, day, clock });
  const [, otherMonth, otherDay = "", hour = "", minute = "", second = "", otherYear] =
    monthFirst.exec(text) ?? [];
  if (otherMonth !== undefined)
    return utc({ year: Number(otherYear), month: otherMonth, day: otherDay, clock: [hour, minute, second] });
  return offsetFirst.test(text) ? Date.parse(text) : Number.NaN;
}

function fullYear(year: string, now: Date): number {
  if (year.length === 4) return Number(year);
  const thisYear = now.getUTCFullYear();
  const inThisCentury = thisYear - (thisYear % 100) + Number(year);
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury;
}

function utc(date: { year: number; month: string; day: string; clock: string[] }): number {
  const [hour = 0, minute = 0, second = 0] = date.clock.map(Number);
  const day = Number(date.day);
  const month = months.indexOf(date.month.toLowerCase());
  const at = new Date(Date.UTC(date.year, month, day, hour, minute, second));
  // Too many days or hours lead to another day; second 60 is a leap second.
  const exists = month >= 0 && at.getUTCDate() === day && minute < 60 && second <= 60;
  return exists ? at.getTime() : Number.NaN;
}
