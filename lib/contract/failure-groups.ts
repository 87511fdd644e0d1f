import { z } from "zod";
import { attemptErrors } from "../core/deliveries";
import { text } from "../core/text";
import { time } from "../core/time";
import { wholeNumberText } from "../core/whole-number";
import { deliveriesQuery, many } from "./deliveries";

/** Bars of a group's strip. */
export const stripBars = 24;

export const failureGroupsQuery = z.strictObject({
  endpointId: many(text({ max: 100 })).meta({ description: "May repeat." }),
  id: text({ max: 100 }).optional().meta({ description: "One group." }),
  type: deliveriesQuery.shape.type.meta({
    description: "Counts only deliveries of these types. May repeat.",
  }),
  httpStatus: deliveriesQuery.shape.httpStatus,
  error: deliveriesQuery.shape.error.meta({ description: "May repeat." }),
  from: time()
    .optional()
    .meta({ description: "Only deliveries created since then, rounded to five minutes." }),
  to: time()
    .optional()
    .meta({ description: "Only deliveries created before then, rounded to five minutes." }),
  range: deliveriesQuery.shape.range,
  order: z.enum(["largest", "newest", "worst"], "must be largest, newest or worst").default("largest").meta({
    description:
      "`newest`: the group with the most recent failure comes first. `worst`: alternately the largest and those that grow fastest, so that large old groups do not hide a new outage.",
  }),
  limit: wholeNumberText({ min: 1, max: 100 }).default(20),
  cursor: text({ max: 200 })
    .regex(/^[1-9]\d{0,5}$/, "must be the nextCursor of an earlier page")
    .optional()
    .meta({
      description:
        "The `nextCursor` of the previous page. Groups change their order as failures occur: one may be on two pages.",
    }),
});

export type FailureGroupsFilter = {
  [Name in keyof z.input<typeof failureGroupsQuery>]?: z.output<typeof failureGroupsQuery>[Name] | null;
};

export const failureGroupOutput = z
  .object({
    id: z.string().meta({
      description: "Can be used as `failureGroup` in `GET /deliveries` and in the filter of a replay.",
    }),
    endpointId: z.string(),
    httpStatus: z.number().int().nullable(),
    error: z.enum(attemptErrors).nullable(),
    text: z.string().meta({
      description:
        "The text of the response, with numbers and ids replaced by …; empty if there is no readable text.",
    }),
    count: z.number().int().meta({ description: "Deliveries whose last attempt failed this way." }),
    types: z.array(z.string()).meta({ description: "Their event types, most frequent first." }),
    since: z.iso
      .datetime()
      .meta({ description: "Since when there have been such deliveries without a break." }),
    lastSeenAt: z.iso.datetime(),
    sampleDeliveryId: z.string(),
    strip: z
      .object({
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        counts: z.array(z.number().int()),
      })
      .meta({ description: `Its deliveries by creation time, in ${stripBars} bars of equal length.` }),
  })
  .meta({ id: "FailureGroup" });
export type FailureGroupOutput = z.infer<typeof failureGroupOutput>;

export const failureGroupsOutput = z.object({
  data: z.array(failureGroupOutput),
  total: z.object({
    groups: z.number().int().meta({ description: "On all pages." }),
    deliveries: z.number().int(),
  }),
  nextCursor: z.string().nullable(),
});
export type FailureGroupsOutput = z.infer<typeof failureGroupsOutput>;
