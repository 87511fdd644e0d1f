import { z } from "zod";

/** `?limit=` and `?cursor=` of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number("must be a whole number from 1 to 100")
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(100, "must be at most 100")
    .default(50)
    .meta({ description: "Rows a page, 1 to 100." }),
  cursor: z.string().optional().meta({ description: "`nextCursor` of the page before." }),
});

/** A list's answer, newest first. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}
export type Page<T> = { data: T[]; nextCursor: string | null };

/** RFC 9457 problem details. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;

export const okOutput = z.object({ ok: z.literal(true) });

/**
 * A JSON object, handed on as it is: copying it would drop a key named `__proto__`. A number of the lossless parser
 * is an object too, of a class of its own.
 */
export const jsonObject = z
  .custom<Record<string, unknown>>(
    (value) =>
      typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype,
    "must be a JSON object",
  )
  .meta({ type: "object" });

/**
 * A whole number in a body: a plain one, or an instance of the lossless parser's class, whose digits are in its text.
 */
export function wholeNumber({ min, max }: { min: number; max: number }) {
  const allows = (value: unknown) => {
    const isNumber = typeof value === "number" || (value instanceof Object && "isLosslessNumber" in value);
    return isNumber && Number.isInteger(Number(value)) && Number(value) >= min && Number(value) <= max;
  };
  return z
    .custom<number>(allows, `must be a whole number from ${min} to ${max}`)
    .meta({ type: "integer", minimum: min, maximum: max })
    .transform(Number);
}
