const pad = (value: number, length = 2) => String(value).padStart(length, "0");

const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const dayMonthFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayYearFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const zoneFormat = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" });
const relativeFormat = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `14:32:07.412`, in the viewer's zone. */
export function formatClock(date: Date, milliseconds = true): string {
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  return milliseconds ? `${clock}.${pad(date.getMilliseconds(), 3)}` : clock;
}

/** Days from `now` to `date` by the calendar of the viewer's zone: 1 is tomorrow, whatever the hour. */
function daysUntil(date: Date, now: Date): number {
  const midnight = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  return Math.round((midnight(date) - midnight(now)) / 86_400_000);
}

/** `Today`, `Yesterday`, `Sun, 3 May`, or `3 May 2025` in another year; in the viewer's zone. */
export function formatDay(date: Date, now: Date): string {
  const days = daysUntil(date, now);
  if (days === 0) return "Today";
  if (days === -1) return "Yesterday";
  return date.getFullYear() === now.getFullYear() ? dayFormat.format(date) : dayYearFormat.format(date);
}

/** `20 Dec`, or `20 Dec 2027` in another year; in the viewer's zone. */
export function formatDate(date: Date, now: Date): string {
  return (date.getFullYear() === now.getFullYear() ? dayMonthFormat : dayYearFormat).format(date);
}

const dayLabel: Record<number, string> = { [-1]: " yesterday", 0: "", 1: " tomorrow" };

/** For use in a sentence: `14:32`, `14:02 yesterday`, `09:05 tomorrow`, `14:02 on 20 Nov`; in the viewer's zone. */
export function formatMoment(date: Date, now: Date): string {
  const day = dayLabel[daysUntil(date, now)] ?? ` on ${formatDate(date, now)}`;
  return `${pad(date.getHours())}:${pad(date.getMinutes())}${day}`;
}

/** When a webhook that backs off is tried next: `14:32`, or `soon` if the time has come and only a due event is missing. */
export function formatNextTry(nextProbeAt: string | null, now: Date): string {
  const at = nextProbeAt === null ? now : new Date(nextProbeAt);
  return at <= now ? "soon" : formatMoment(at, now);
}

/** `3 May 2026, 14:32:07.412 GMT+2`, in the viewer's zone. */
export function formatFull(date: Date): string {
  const zone = zoneFormat.formatToParts(date).find((part) => part.type === "timeZoneName")?.value ?? "";
  return `${dayYearFormat.format(date)}, ${formatClock(date)} ${zone}`.trimEnd();
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
  if (size >= 30 * 86_400) return dayYearFormat.format(date);
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
