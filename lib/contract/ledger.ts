import { z } from "zod";
import { ledgerAlarmKinds } from "../core/ledger";
import { time } from "../core/time";

/** The most rows of days or hours in one answer. */
export const ledgerRangesMax = 400;

export const ledgerQuery = z.strictObject({
  by: z.enum(["day", "hour"], "must be day or hour").default("day"),
  from: time().optional().meta({
    description:
      "Only what was accepted since then. If left out, 30 days (or 24 hours, by hour) before `to`.",
  }),
  to: time()
    .optional()
    .meta({ description: `If left out, now. At most ${ledgerRangesMax} days or hours after \`from\`.` }),
});

const count = z.number().int();

const sums = z.object({
  accepted: count,
  pending: count,
  succeeded: count,
  failed: count,
  discarded: count,
});

export const ledgerAlarmOutput = z
  .object({
    kind: z.enum(ledgerAlarmKinds).meta({
      description:
        "`gap`: the ledger and the tables disagree. `late`: a delivery has been due for more than a minute.",
    }),
    from: z.iso
      .datetime()
      .nullable()
      .meta({ description: "For a gap: the start of the hour in which events were accepted." }),
    to: z.iso.datetime().nullable(),
    expected: sums
      .nullable()
      .meta({ description: "What the ledger says; `pending` includes held deliveries." }),
    found: sums.nullable().meta({ description: "What the tables say." }),
    deliveryId: z
      .string()
      .nullable()
      .meta({ description: "For lateness: the delivery that has been due longest." }),
    endpointId: z.string().nullable(),
    dueAt: z.iso.datetime().nullable(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "LedgerAlarm" });
export type LedgerAlarmOutput = z.infer<typeof ledgerAlarmOutput>;

export const ledgerOutput = z
  .object({
    total: z
      .object({
        accepted: count,
        pending: count,
        held: count,
        succeeded: count,
        failed: count,
        discarded: count,
      })
      .meta({
        description: "Everything retained: accepted = pending + held + succeeded + failed + discarded.",
      }),
    by: z.enum(["day", "hour"]),
    data: z
      .array(
        z.object({
          from: z.iso.datetime(),
          accepted: count,
          open: count.meta({ description: "Pending or held." }),
          succeeded: count,
          failed: count,
          discarded: count,
        }),
      )
      .meta({
        description:
          "By the day (UTC) or hour of acceptance, newest first. Those without deliveries are left out.",
      }),
    oldestDue: z
      .object({
        deliveryId: z.string(),
        endpointId: z.string(),
        dueAt: z.iso.datetime(),
        ageSeconds: z.number(),
      })
      .nullable()
      .meta({
        description:
          "The delivery that has been due longest and is not in progress, among webhooks that are enabled and don't back off.",
      }),
    alarms: z
      .array(ledgerAlarmOutput)
      .meta({ description: "Open, or closed in the last 24 hours; newest first." }),
    checkedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When the ledger was last compared with the tables." }),
  })
  .meta({ id: "Ledger" });
export type LedgerOutput = z.infer<typeof ledgerOutput>;
