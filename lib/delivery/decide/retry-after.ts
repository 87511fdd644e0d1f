import { parseHttpDate } from "./parse-http-date";

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Until when a receiver asks for no requests: `Retry-After` of a 429 or 503 (RFC 9110, section 10.2.3), as seconds or
 * as a date, at most 24 hours. Fractions of seconds, which the RFC does not allow, are rounded up; of several values
 * the largest counts.
 *
 * @returns `null` if there is no such header, or it cannot be read
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
