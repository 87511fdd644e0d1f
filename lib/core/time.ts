import { z } from "zod";

const yearMax = 9999;
/** The longest way to write a time that is read: nanoseconds with an offset take 35 characters. */
const lengthMax = 64;

/**
 * A time in a request: RFC 3339, section 5.6, any offset. What it is in UTC has to be in range too, since an offset
 * may lead out of the last year that the format has.
 *
 * @param params.fromYear the first year, in UTC: 1970 for filters, for nothing is older
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
 * A stored time as RFC 3339 has it. A year that the format lacks becomes its first or last moment: an answer with a
 * time that is a little off is better than none.
 */
export function presentTime(at: Date): string {
  const iso = at.toISOString();
  if (iso.startsWith("-")) return "0000-01-01T00:00:00.000Z";
  return iso.startsWith("+") ? "9999-12-31T23:59:59.999Z" : iso;
}
