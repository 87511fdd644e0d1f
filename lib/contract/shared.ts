import { z } from "zod";
import { text } from "../core/text";
import { wholeNumberText } from "../core/whole-number";

/** `?limit=` and `?cursor=` of every list. */
export const pageQuery = z.strictObject({
  limit: wholeNumberText({ min: 1, max: 100 }).default(50).meta({ description: "Rows per page, 1 to 100." }),
  cursor: text({ max: 200 }).optional().meta({ description: "The `nextCursor` of the previous page." }),
});

/** A list's answer, newest first. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}
export type Page<T> = { data: T[]; nextCursor: string | null };

/** RFC 9457 problem details. */
export const problem = z
  .object({
    type: z.string().meta({ description: "The URL of a page that explains the error." }),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({
      description: "What went wrong, as a code for programs. Codes never change.",
      examples: ["validation_failed"],
    }),
    detail: z.string().optional().meta({ description: "What went wrong this time, and how to fix it." }),
    errors: z
      .array(z.object({ path: z.string().meta({ examples: ["data.total"] }), message: z.string() }))
      .optional()
      .meta({ description: "One entry for each invalid field or parameter." }),
    requestId: z.string().meta({ description: "Also sent as the `x-request-id` header." }),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;

/** In answers about what several people change. */
export const version = z
  .string()
  .meta({ description: "Changes with each update. In quotes, it is the `ETag`, to be sent as `If-Match`." });

/** For `refine`: a change has at least one field. If it has an unknown field, that is the only error. */
export const namesAField = [
  (input: object) => Object.keys(input).length > 0,
  {
    error: "must contain at least one field to change",
    when: ({ issues }: z.core.ParsePayload) => issues.length === 0,
  },
] as const;

export const okOutput = z.object({ ok: z.literal(true) });
