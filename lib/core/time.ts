import { z } from "zod";

const yearMax = 9999;
/** The longest accepted time: nanoseconds with an offset take 35 characters. */
const lengthMax = 64;

/**
 * A time in a request: RFC 3339, section 5.6, with any offset. Its UTC time must be in range too, because an offset
 * may move it past the format's last year.
 *
 * @param params.fromYear the first year, in UTC: 1970 for filters, because nothing is older
 */
export function time({ fromYear = 1970 }: { fromYear?: number } = {}) {
  const from = Date.parse(`${String(fromYear).padStart(4, "0")}-01-01T00:00:00.000Z`);
  const below = Date.parse(`${yearMax}-12-31T23:59:59.999Z`);
  return z.iso
    .datetime({ offset: true, error: "must be an RFC 3339 time, like 2026-11-20T12:00:00.000Z", abort: true })
    .max(lengthMax, `must be at most ${lengthMax} characters`)
    .refine(
      (text) => Date.parse(text) >= from && Date.parse(text) <= below,
      `must be in the years ${fromYear} to ${yearMax} (UTC)`,
    );
}

/**
 * A stored time in the form of RFC 3339. A year that the format lacks becomes its first or last moment, because an
 * answer with a slightly wrong time is better than none.
 */
export function presentTime(at: Date): string {
  const iso = at.toISOString();
  if (iso.startsWith("-")) return "0000-01-01T00:00:00.000Z";
  return iso.startsWith("+") ? "9999-12-31T23:59:59.999Z" : iso;
}
