import { z } from "zod";
import { ledgerAlarmKinds } from "../core/ledger";
import { time } from "../core/time";

/** Rows of days or hours in one answer. */
export const ledgerRangesMax = 400;

export const ledgerQuery = z.strictObject({
  by: z.enum(["day", "hour"], "must be day or hour").default("day"),
  from: time().optional().meta({ description: "Acceptance; 30 days or 24 hours before `to` if left out." }),
  to: time()
    .optional()
    .meta({ description: `Now if left out; at most ${ledgerRangesMax} days or hours in all.` }),
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
      description: "`gap`: ledger and tables disagree. `late`: a delivery is due for more than a minute.",
    }),
    from: z.iso.datetime().nullable().meta({ description: "Of a gap: the hour of acceptance." }),
    to: z.iso.datetime().nullable(),
    expected: sums
      .nullable()
      .meta({ description: "What the ledger says; `pending` holds the held ones too." }),
    found: sums.nullable().meta({ description: "What the tables say." }),
    deliveryId: z
      .string()
      .nullable()
      .meta({ description: "Of lateness: the delivery that is due for longest." }),
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
        description: "Of all that is retained: accepted = pending + held + succeeded + failed + discarded.",
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
          "By day (UTC) or hour of acceptance, newest first; those without deliveries are left out.",
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
          "Of webhooks that are enabled and don't back off: what is due for longest, and not under way.",
      }),
    alarms: z
      .array(ledgerAlarmOutput)
      .meta({ description: "Open, or closed within 24 hours; newest first." }),
    checkedAt: z.iso.datetime().nullable().meta({ description: "The last comparison with the tables." }),
  })
  .meta({ id: "Ledger" });
export type LedgerOutput = z.infer<typeof ledgerOutput>;
