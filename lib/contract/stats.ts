import { z } from "zod";
import { nextSteps, problems } from "../core/attention";
import { attemptErrors } from "../core/deliveries";
import { timeZone } from "../core/time-zones";
import { outcomeCounts } from "./histogram";

const count = z.number().int();
const latency = {
  p50Ms: count.nullable().meta({ description: "About how long half of the attempts took at most." }),
  p95Ms: count.nullable().meta({ description: "The same of 95 of 100." }),
};
const rate = {
  due: count.meta({ description: "Deliveries that have been due, as of a webhook's `health24h`." }),
  succeeded: count,
  successRate: z.number().nullable().meta({ description: "0 to 1; `null` if nothing was due." }),
};
const countedFrom = z.iso.datetime().nullable().meta({
  description: "If it is a time: not all of what is older is counted, because there is too much of it.",
});

const figures = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  events: count.meta({ description: "Published." }),
  deliveries: count.meta({ description: "That these events were accepted with." }),
  ...rate,
  ...latency,
});

export const overviewQuery = z.strictObject({
  timeZone: timeZone
    .default("UTC")
    .meta({ description: "In which today begins, at the full hour; an IANA name, like `Europe/Berlin`." }),
});

export const overviewOutput = z
  .object({
    today: figures,
    yesterday: figures.meta({
      description: "To the same time of day; of its last hour, events and deliveries in proportion.",
    }),
    hours: z
      .array(outcomeCounts.extend({ from: z.iso.datetime() }))
      .meta({ description: "The last 24 hours, oldest first, by when deliveries were made." }),
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
      .meta({ description: "Webhooks that need somebody, the worst first." }),
    held: z.object({ count, endpoints: count.meta({ description: "Webhooks that hold them." }) }),
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
      .meta({ description: "As `GET /ledger` has it." }),
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
      .meta({ description: "Every bucket, oldest first: deliveries by when they were made, and attempts." }),
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
        description: "Failed attempts by cause, most first; of the newest 2,000 deliveries that had any.",
      }),
    types: z
      .array(z.object({ type: z.string(), deliveries: count, undelivered: count }))
      .meta({ description: "Event types, most first, 20 at most; of the newest 20,000 deliveries." }),
    typesFrom: z.iso.datetime().nullable().meta({
      description: "If there are more: since when those that types are counted of were made.",
    }),
  })
  .meta({ id: "EndpointStats" });
export type EndpointStatsOutput = z.infer<typeof endpointStatsOutput>;
