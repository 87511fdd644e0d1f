import { z } from "zod";
import { attemptErrors, deliveryStatusFilters } from "../core/deliveries";
import { ratePerSecondMax, replayedIdsMax, replayKinds, replayOrders, replayStatuses } from "../core/replays";
import { text } from "../core/text";
import { wholeNumber } from "../core/whole-number";
import { deliveriesQuery, many } from "./deliveries";
import { pageQuery } from "./shared";

/** The pace in deliveries a second, over all processes. */
export const ratePerSecond = wholeNumber({ min: 1, max: ratePerSecondMax })
  .optional()
  .meta({ description: "Deliveries per second. If left out, as fast as the webhook takes them." });

/** The filters of `GET /deliveries`, without ranges that are still open: a job's range is fixed. */
export const replayFilter = deliveriesQuery.omit({ limit: true, cursor: true, range: true }).extend({
  id: many(text({ max: 100 }), { min: 1, max: replayedIdsMax }).meta({
    description: "Delivery ids. Test deliveries among them are only sent if `tests` is `1`.",
  }),
});
export type ReplayFilter = z.output<typeof replayFilter>;

/**
 * A stored filter: what an earlier version accepted is read, even if it is refused today. It has every field of a
 * filter, because a replay must not reach further than requested.
 */
export const storedReplayFilter = z.object({
  id: z.array(z.string()).optional(),
  endpointId: z.array(z.string()).optional(),
  status: z.array(z.enum(deliveryStatusFilters)).optional(),
  type: z.array(z.string()).optional(),
  httpStatus: z.array(z.string()).optional(),
  error: z.array(z.enum(attemptErrors)).optional(),
  attemptsMin: z.number().optional(),
  attemptsMax: z.number().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  eventId: z.string().optional(),
  failureGroup: z.string().optional(),
  replayId: z.string().optional(),
  q: z.string().optional(),
  tests: z.enum(["0", "1"]).default("0"),
} satisfies Record<keyof ReplayFilter, z.ZodType>);

export const startReplayInput = z
  .strictObject({
    filter: replayFilter.meta({ description: "Which deliveries to send: the filters of `GET /deliveries`." }),
    dryRun: z
      .boolean("must be true or false")
      .default(false)
      .meta({ description: "Only count the deliveries, without sending them." }),
    ratePerSecond,
    order: z.enum(replayOrders, "must be oldest or newest").default("oldest").meta({
      description: "Whether the oldest or the newest are sent first; newest first, at most 1,000 a second.",
    }),
  })
  .meta({ id: "StartReplay" });
export type StartReplayInput = z.input<typeof startReplayInput>;

export const replayOutput = z
  .object({
    id: z.string(),
    kind: z.enum(replayKinds),
    endpointId: z.string().nullable().meta({ description: "The webhook, if it is only about one." }),
    filter: storedReplayFilter.nullable().meta({ description: "`null` if it is about held deliveries." }),
    status: z.enum(replayStatuses),
    reason: z.string().nullable().meta({ description: "Why it waits or ended early." }),
    total: z.number().int().meta({ description: "Deliveries that matched when it started." }),
    done: z.number().int().meta({ description: "How many of them have been processed." }),
    skipped: z.number().int().meta({
      description:
        "How many of `done` were skipped: already due or in progress, or the webhook is disabled or deleted.",
    }),
    ratePerSecond: z.number().int().nullable(),
    order: z.enum(replayOrders),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    createdBy: z.string().meta({ description: "Who started it, like `Ana` or `API key Billing`." }),
  })
  .meta({ id: "Replay" });
export type ReplayOutput = z.infer<typeof replayOutput>;

const waits =
  "one delivery is tried at its `nextProbeAt`, or by `POST /endpoints/{id}/probe`, and the others follow once that succeeds.";

export const replayDetailOutput = replayOutput
  .extend({
    results: z
      .object({
        sent: z.number().int(),
        recovered: z.number().int().meta({ description: "How many have succeeded by now." }),
        failing: z.number().int().meta({ description: "How many failed at their last attempt." }),
        waiting: z
          .array(z.object({ endpointId: z.string(), count: z.number().int() }))
          .meta({ description: `Those that wait because their webhook backs off, by webhook: ${waits}` }),
      })
      .meta({ description: "What happened to the deliveries it sent; at most 100,000 are counted." }),
  })
  .meta({ id: "ReplayDetail" });
export type ReplayDetailOutput = z.infer<typeof replayDetailOutput>;

export const updateReplayInput = z.strictObject({
  ratePerSecond: wholeNumber({ min: 1, max: ratePerSecondMax })
    .nullable()
    .meta({ description: "Deliveries per second; `null` for as fast as the webhook takes them." }),
});

export const replayCountOutput = z
  .object({
    count: z.number().int().meta({ description: "Deliveries that would be sent." }),
    skipped: z.number().int().meta({ description: "Deliveries that match and would be skipped." }),
    oldest: z.iso.datetime().nullable().meta({ description: "When the oldest of them was created." }),
    endpoints: z
      .array(
        z.object({
          endpointId: z.string(),
          count: z.number().int(),
          nextProbeAt: z.iso
            .datetime()
            .nullable()
            .meta({
              description: `\`null\` unless the webhook backs off. Then its deliveries wait: ${waits}`,
            }),
        }),
      )
      .meta({ description: "Deliveries that would be sent, by webhook." }),
    types: z
      .array(z.object({ type: z.string(), count: z.number().int() }))
      .meta({ description: "Deliveries that would be sent, by event type." }),
    waiting: z.array(z.object({ endpointId: z.string(), count: z.number().int() })).meta({
      description: `Those of \`skipped\` that are due already and wait because their webhook backs off, by webhook: ${waits}`,
    }),
  })
  .meta({ id: "ReplayCount" });
export type ReplayCountOutput = z.infer<typeof replayCountOutput>;

/** A count with `dryRun`, otherwise the job. */
export const startReplayOutput = z.union([replayOutput, replayCountOutput]);

export const replaysQuery = pageQuery.extend({
  endpointId: text({ max: 100 }).optional(),
  status: many(z.enum(replayStatuses, `must be one of ${replayStatuses.join(", ")}`)).meta({
    description: "May repeat.",
  }),
});
