import { z } from "zod";

const payloadIndexOutput = z
  .object({
    from: z.iso.datetime().nullable().meta({ description: "`null` if it includes the first event." }),
    to: z.iso.datetime(),
  })
  .meta({
    id: "PayloadIndex",
    description:
      "Set if `q` is searched for in payloads. Events accepted between `from` and `to` are found by an index; others are read one by one.",
  });

/** What a page of search results says besides its rows. */
export const searchedPage = {
  lookedBackTo: z.iso.datetime().nullable().meta({
    description:
      "How far back this request searched, if its time was up before the page was full. Continue with `nextCursor`; the log ends only when that is `null`.",
  }),
  payloadIndex: payloadIndexOutput.nullable(),
};

export type SearchedPage = { [Name in keyof typeof searchedPage]: z.infer<(typeof searchedPage)[Name]> };

/** What `q` finds besides ids. */
export const searchDescription =
  'an idempotency key, or something in the payload: a value like `cus_4321`, the value of one field like `customer.email:ana@example.com`, the beginning of a value like `cus_43*`, or a text in quotes like `"pool exhausted"`, upper or lower case. Without `payloads:read`, payloads are not searched, and a text in quotes is refused.';
