import { z } from "zod";
import { attemptErrors } from "../core/deliveries";
import { text } from "../core/text";
import { time } from "../core/time";
import { wholeNumberText } from "../core/whole-number";
import { many } from "./deliveries";

/** Bars of a group's strip. */
export const stripBars = 24;

export const failureGroupsQuery = z.strictObject({
  endpointId: many(text({ max: 100 })).meta({ description: "May repeat." }),
  id: text({ max: 100 }).optional().meta({ description: "One group." }),
  from: time().optional().meta({ description: "Of deliveries made since then, to five minutes." }),
  to: time().optional().meta({ description: "Of deliveries made before, to five minutes." }),
  order: z
    .enum(["largest", "newest"], "must be largest or newest")
    .default("largest")
    .meta({ description: "`newest`: the one that failed last comes first." }),
  limit: wholeNumberText({ min: 1, max: 100 }).default(20),
});

export const failureGroupOutput = z
  .object({
    id: z.string().meta({ description: "For `failureGroup` of `GET /deliveries` and of a replay's filter." }),
    endpointId: z.string(),
    httpStatus: z.number().int().nullable(),
    error: z.enum(attemptErrors).nullable(),
    text: z.string().meta({
      description: "What the answer says, numbers and ids masked by …; empty if nothing that one could read.",
    }),
    count: z.number().int().meta({ description: "Deliveries whose last attempt failed like this." }),
    types: z.array(z.string()).meta({ description: "Their event types, the most frequent first." }),
    since: z.iso.datetime().meta({ description: "Since when it has not been empty." }),
    lastSeenAt: z.iso.datetime(),
    sampleDeliveryId: z.string(),
    strip: z
      .object({
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        counts: z.array(z.number().int()),
      })
      .meta({ description: `When its deliveries were made, in ${stripBars} bars of the same length.` }),
  })
  .meta({ id: "FailureGroup" });
export type FailureGroupOutput = z.infer<typeof failureGroupOutput>;

export const failureGroupsOutput = z.object({
  data: z.array(failureGroupOutput),
  total: z.object({
    groups: z.number().int().meta({ description: "Also those beyond `limit`." }),
    deliveries: z.number().int(),
  }),
});
export type FailureGroupsOutput = z.infer<typeof failureGroupsOutput>;
