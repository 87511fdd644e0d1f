import { parseHttpDate } from "./parse-http-date";

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Until when a receiver asks to be left alone: `Retry-After` of a 429 or 503 (RFC 9110, section 10.2.3), as seconds
 * or as a date, 24 hours at most. Seconds with decimals, which the RFC does not know, are rounded up; of several, the
 * most count.
 *
 * @returns `null` if it does not ask, or not in a way that can be read
 */
export function retryAfter(
  response: { httpStatus: number | null; responseHeaders: Record<string, string> | null },
  now: Date,
): Date | null {
  if (response.httpStatus !== 429 && response.httpStatus !== 503) return null;
  const text = response.responseHeaders?.["retry-after"]?.trim() ?? "";
  const seconds = text.split(",").map((part) => part.trim());
  const at = seconds.every((part) => /^(\d+\.?|\d*\.\d+)$/.test(part))
    ? now.getTime() + Math.ceil(Math.max(...seconds.map(Number))) * 1_000
    : parseHttpDate(text, now);
  if (Number.isNaN(at) || at <= now.getTime()) return null;
  return new Date(Math.min(at, now.getTime() + dayMs));
}
