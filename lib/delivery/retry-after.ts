const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Until when a receiver asks to be left alone: `Retry-After` of a 429 or 503 (RFC 9110, section 10.2.3), as seconds
 * or as a date, 24 hours at most.
 *
 * @returns `null` where it does not ask, or not in a way that can be read
 */
export function retryAfter(
  response: { httpStatus: number | null; responseHeaders: Record<string, string> | null },
  now: Date,
): Date | null {
  if (response.httpStatus !== 429 && response.httpStatus !== 503) return null;
  const text = response.responseHeaders?.["retry-after"]?.trim() ?? "";
  const at = /^\d+$/.test(text) ? now.getTime() + Number(text) * 1_000 : dateOf(text);
  if (Number.isNaN(at) || at <= now.getTime()) return null;
  return new Date(Math.min(at, now.getTime() + dayMs));
}

/** The three forms of an HTTP date begin with a day's name; `Date` reads much that is none. */
function dateOf(text: string): number {
  return /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
}
