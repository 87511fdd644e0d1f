import { z } from "zod";

const payloadIndexOutput = z
  .object({
    from: z.iso.datetime().nullable().meta({ description: "`null`: from the first event on." }),
    to: z.iso.datetime(),
  })
  .meta({
    id: "PayloadIndex",
    description:
      "Set if `q` is looked for in payloads: values of events that were accepted between are found by an index; the others are read one by one.",
  });

/** What a page of a log that is searched says beside its rows. */
export const searchedPage = {
  lookedBackTo: z.iso.datetime().nullable().meta({
    description:
      "Set if this page has fewer rows than asked for, or none, because the time for one request was over: how far back it looked. `nextCursor` goes on from there; the log ends only when that is `null`.",
  }),
  payloadIndex: payloadIndexOutput.nullable(),
};

export type SearchedPage = { [Name in keyof typeof searchedPage]: z.infer<(typeof searchedPage)[Name]> };

/** What `q` finds beside ids. */
export const searchDescription =
  'an idempotency key, or what is in the payload: a value of its data like `cus_4321`, of one field like `customer.email:ana@example.com`, the beginning of one like `cus_43*`, or a text anywhere in it like `"pool exhausted"`, in quotes and in any case. Without `payloads:read`, payloads are not searched for values, and a text is refused.';
