import { z } from "zod";
import { nextSteps, problems } from "../core/attention";
import { attemptErrors } from "../core/deliveries";
import { timeZone } from "../core/time-zones";
import { outcomeCounts } from "./histogram";

const count = z.number().int();
const latency = {
  p50Ms: count.nullable().meta({ description: "The median duration of attempts, approximately." }),
  p95Ms: count
    .nullable()
    .meta({ description: "The 95th percentile of the duration of attempts, approximately." }),
};
const rate = {
  due: count.meta({
    description: "Deliveries that have come due, counted as in the `health24h` of a webhook.",
  }),
  succeeded: count,
  successRate: z.number().nullable().meta({ description: "0 to 1; `null` if nothing was due." }),
};
const countedFrom = z.iso.datetime().nullable().meta({
  description: "If set, counts before this time are incomplete, because there are too many deliveries.",
});

const figures = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  events: count.meta({ description: "Published." }),
  deliveries: count.meta({ description: "Deliveries of these events." }),
  ...rate,
  ...latency,
});

export const overviewQuery = z.strictObject({
  timeZone: timeZone.default("UTC").meta({
    description:
      "The time zone in which today begins, rounded to the hour; an IANA name, like `Europe/Berlin`.",
  }),
});

export const overviewOutput = z
  .object({
    today: figures,
    yesterday: figures.meta({
      description:
        "Up to the same time of day. For the last, partial hour, events and deliveries are estimated in proportion.",
    }),
    hours: z
      .array(outcomeCounts.extend({ from: z.iso.datetime() }))
      .meta({ description: "The last 24 hours, oldest first. Deliveries are counted by creation time." }),
    countedFrom,
    attention: z
      .array(
        z.object({
          endpointId: z.string(),
          name: z.string(),
          problem: z.enum(problems),
          nextStep: z.enum(nextSteps),
        }),
      )
      .meta({ description: "Webhooks that need attention, worst first." }),
    held: z.object({ count, endpoints: count.meta({ description: "How many webhooks hold them." }) }),
    ledger: z
      .object({
        accepted: count,
        pending: count,
        held: count,
        succeeded: count,
        failed: count,
        discarded: count,
        openAlarms: count,
        checkedAt: z.iso.datetime().nullable(),
      })
      .meta({ description: "The totals of `GET /ledger`." }),
  })
  .meta({ id: "Overview" });
export type OverviewOutput = z.infer<typeof overviewOutput>;

export const statsWindows = ["24h", "7d", "30d"] as const;
export type StatsWindow = (typeof statsWindows)[number];

export const endpointStatsQuery = z.strictObject({
  window: z.enum(statsWindows, `must be one of ${statsWindows.join(", ")}`).default("24h"),
});

export const endpointStatsOutput = z
  .object({
    window: z.enum(statsWindows),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    bucketSeconds: count,
    ...rate,
    attempts: count,
    ...latency,
    data: z
      .array(outcomeCounts.extend({ from: z.iso.datetime(), attempts: count, ...latency }))
      .meta({ description: "Every bucket, oldest first: deliveries by creation time, and attempts." }),
    countedFrom,
    failures: z
      .array(
        z.object({
          error: z.enum(attemptErrors).nullable(),
          httpStatus: count.nullable(),
          title: z.string(),
          attempts: count,
        }),
      )
      .meta({
        description:
          "Failed attempts by cause, most frequent first, from the newest 1,000 deliveries that had any.",
      }),
    types: z
      .array(z.object({ type: z.string(), deliveries: count, undelivered: count }))
      .meta({ description: "The 20 most frequent event types, from the newest 10,000 deliveries." }),
    typesFrom: z.iso.datetime().nullable().meta({
      description: "If there are more deliveries: when the oldest of the counted ones was created.",
    }),
  })
  .meta({ id: "EndpointStats" });
export type EndpointStatsOutput = z.infer<typeof endpointStatsOutput>;
