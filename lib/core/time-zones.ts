import { text } from "./text";

/** An IANA name of a time zone, like `Europe/Berlin`. */
export const timeZone = text({ max: 100 }).refine(isTimeZone, "must be a time zone, like Europe/Berlin");

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The start of a moment's day in a time zone, even if clocks change that day. */
export function startOfDay(at: Date, zone: string): Date {
  const { year, month, day } = wallClock(at, zone);
  const midnight = Date.UTC(year, month - 1, day);
  // The offset at midnight differs from the present one if the clock changed in between.
  const guess = midnight - offsetMs(new Date(midnight - offsetMs(at, zone)), zone);
  return new Date(guess > at.getTime() ? guess - 86_400_000 : guess);
}

function offsetMs(at: Date, zone: string): number {
  const { year, month, day, hour, minute, second } = wallClock(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1_000) * 1_000;
}

function wallClock(at: Date, zone: string) {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return {
    year: of("year"),
    month: of("month"),
    day: of("day"),
    hour: of("hour"),
    minute: of("minute"),
    second: of("second"),
  };
}
