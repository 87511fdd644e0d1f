const pad = (value: number, length = 2) => String(value).padStart(length, "0");

type TimeStyle = {
  /** An IANA name; `null`: the browser's. */
  timeZone: string | null;
  clock: "24h" | "12h";
};

let formats = formatsOf({ timeZone: null, clock: "24h" });

/** Sets how times are shown from now on, for the one user of this browser. */
export function setTimeStyle(style: TimeStyle): void {
  const { style: now } = formats;
  if (style.timeZone !== now.timeZone || style.clock !== now.clock) formats = formatsOf(style);
}

/** The clock by which times are shown. */
export const shownClock = (): TimeStyle["clock"] => formats.style.clock;

/** The zone in which times are shown, like `Europe/Madrid`. */
export const shownTimeZone = (): string => formats.zone.resolvedOptions().timeZone;

function formatsOf(style: TimeStyle) {
  const timeZone = style.timeZone ?? undefined;
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
  return {
    style,
    day: format({ weekday: "short", day: "numeric", month: "short" }),
    dayMonth: format({ day: "numeric", month: "short" }),
    dayYear: format({ day: "numeric", month: "short", year: "numeric" }),
    zone: format({ timeZoneName: "short" }),
    parts: format({
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    }),
  };
}

const relativeFormat = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** Calendar date and clock time of a moment, in the zone in which times are shown. */
function wallTime(date: Date) {
  if (formats.style.timeZone === null) {
    return {
      year: date.getFullYear(),
      month: date.getMonth(),
      day: date.getDate(),
      hour: date.getHours(),
      minute: date.getMinutes(),
      second: date.getSeconds(),
    };
  }
  const parts = formats.parts.formatToParts(date);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: of("year"),
    month: of("month") - 1,
    day: of("day"),
    hour: of("hour"),
    minute: of("minute"),
    second: of("second"),
  };
}

/** `14:32` and what follows, or `2:32` and what follows and `pm`. */
function clockOf({ hour, minute }: { hour: number; minute: number }, rest = ""): string {
  if (formats.style.clock === "24h") return `${pad(hour)}:${pad(minute)}${rest}`;
  return `${hour % 12 || 12}:${pad(minute)}${rest} ${hour < 12 ? "am" : "pm"}`;
}

/** `14:32:07.412`, in the zone and by the clock that the viewer chose. */
export function formatClock(date: Date, milliseconds = true): string {
  const wall = wallTime(date);
  const fraction = milliseconds ? `.${pad(date.getMilliseconds(), 3)}` : "";
  return clockOf(wall, `:${pad(wall.second)}${fraction}`);
}

/** `14:32`, in the zone and by the clock that the viewer chose. */
export const formatTime = (date: Date): string => clockOf(wallTime(date));

/** Days from `now` to `date` by the calendar of the viewer's zone: 1 is tomorrow, whatever the hour. */
function daysUntil(date: Date, now: Date): number {
  const midnight = (of: Date) => {
    const { year, month, day } = wallTime(of);
    return Date.UTC(year, month, day);
  };
  return Math.round((midnight(date) - midnight(now)) / 86_400_000);
}

/** Whether two moments are of one day of the calendar in the viewer's zone. */
export const isSameDay = (date: Date, other: Date): boolean => daysUntil(date, other) === 0;

const isOfYear = (date: Date, now: Date) => wallTime(date).year === wallTime(now).year;

/** `Today`, `Yesterday`, `Sun, 3 May`, or `3 May 2025` in another year; in the viewer's zone. */
export function formatDay(date: Date, now: Date): string {
  const days = daysUntil(date, now);
  if (days === 0) return "Today";
  if (days === -1) return "Yesterday";
  return (isOfYear(date, now) ? formats.day : formats.dayYear).format(date);
}

/** `20 Dec`, or `20 Dec 2027` in another year; in the viewer's zone. */
export function formatDate(date: Date, now: Date): string {
  return (isOfYear(date, now) ? formats.dayMonth : formats.dayYear).format(date);
}

const dayLabel: Record<number, string> = { [-1]: " yesterday", 0: "", 1: " tomorrow" };

/** For use in a sentence: `14:32`, `14:02 yesterday`, `09:05 tomorrow`, `14:02 on 20 Nov`; in the viewer's zone. */
export function formatMoment(date: Date, now: Date): string {
  const day = dayLabel[daysUntil(date, now)] ?? ` on ${formatDate(date, now)}`;
  return `${formatTime(date)}${day}`;
}

/** `14:00 to 14:15`, `14:00 to 15:00 on 20 Nov`, `22:00 yesterday to 04:00`; in the viewer's zone. */
export function formatSpan(from: Date, to: Date, now: Date): string {
  return `${isSameDay(from, to) ? formatTime(from) : formatMoment(from, now)} to ${formatMoment(to, now)}`;
}

/**
 * When a webhook that backs off is tried next: `14:32`, or `soon` if the time has come and only a due event is
 * missing.
 */
export function formatNextTry(nextProbeAt: string | null, now: Date): string {
  const at = nextProbeAt === null ? now : new Date(nextProbeAt);
  return at <= now ? "soon" : formatMoment(at, now);
}

/** `3 May 2026, 14:32:07.412 GMT+2`, in the viewer's zone. */
export function formatFull(date: Date): string {
  const zone = formats.zone.formatToParts(date).find((part) => part.type === "timeZoneName")?.value ?? "";
  return `${formats.dayYear.format(date)}, ${formatClock(date)} ${zone}`.trimEnd();
}

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `just now`, `2 minutes ago`, `in 3 hours`; from 30 days on the day itself. */
export function formatRelative(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1_000);
  const size = Math.abs(seconds);
  if (size < 5) return "just now";
  if (size >= 30 * 86_400) return formats.dayYear.format(date);
  for (const [unit, length] of units) {
    if (size >= length) return relativeFormat.format(Math.trunc(seconds / length), unit);
  }
  return "just now";
}

/** `41 ms`, `1.24 s`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}

const ageUnits = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** `45 s`, `1 h 12 min`, `2 d 3 h`: the two largest units, without the second if it is 0. */
export function formatAge(milliseconds: number): string {
  let seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const first = Math.max(
    0,
    ageUnits.findIndex(([, length]) => seconds >= length),
  );
  if (seconds === 0) return "0 s";
  return ageUnits
    .slice(first, first + 2)
    .map(([unit, length]) => {
      const count = Math.floor(seconds / length);
      seconds -= count * length;
      return count === 0 ? "" : `${count} ${unit}`;
    })
    .filter(Boolean)
    .join(" ");
}

/** The value of a date and time input: `2026-11-20T14:32:07`, in the viewer's zone. */
export function toDateTimeInput(date: Date): string {
  const { year, month, day, hour, minute, second } = wallTime(date);
  return new Date(Date.UTC(year, month, day, hour, minute, second)).toISOString().slice(0, 19);
}

/**
 * The time in such an input. Of a time that a clock change repeats it is the first or the last; a time that a change
 * skips is the one after it.
 */
export function fromDateTimeInput(text: string, repeated: "first" | "last" = "first"): Date {
  const asUtc = new Date(`${text}Z`).getTime();
  const offsetAt = (at: number) => new Date(`${toDateTimeInput(new Date(at))}Z`).getTime() - at;
  const dayMs = 86_400_000;
  // A zone's clock changes at most once within two days.
  const times = [asUtc - dayMs, asUtc + dayMs].map((at) => asUtc - offsetAt(at));
  const existing = times.filter((at) => at + offsetAt(at) === asUtc);
  if (existing.length === 0) return new Date(Math.max(...times));
  return new Date(repeated === "first" ? Math.min(...existing) : Math.max(...existing));
}
