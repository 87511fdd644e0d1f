import { sql } from "drizzle-orm";
import { completeSince } from "../../lib/core/ledger";
import type { Queryable } from "../connection/client";
import { retainedFrom } from "../fragments/retained-from";
import { ledgerAlarms, ledgerChecks } from "../schema";

export type LedgerTurn = {
  comparedAt: Date | null;
  nextHour: Date | null;
  retainedFrom: Date;
  hasToCount: boolean;
  hasLateAlarm: boolean;
};

/**
 * Takes this minute's check; `null` if another process has it. A start far in the future comes from a wrong clock and
 * does not count.
 *
 * @returns when the last comparison was, the older hour that is next, from when on anything is retained, and whether
 *   there is anything to count, or an alarm of what is late that may be closed
 */
export async function takeLedgerCheck(
  db: Queryable,
  params: { betweenSeconds: number },
): Promise<LedgerTurn | null> {
  const [taken] = await db
    .update(ledgerChecks)
    .set({ startedAt: sql`now()` })
    .where(
      sql`${ledgerChecks.startedAt} is null or ${ledgerChecks.startedAt} > now() + interval '1 minute'
        or ${ledgerChecks.startedAt} <= now() - make_interval(secs => ${params.betweenSeconds})`,
    )
    .returning({
      comparedAt: ledgerChecks.comparedAt,
      nextHour: ledgerChecks.nextHour,
      retainedFrom:
        sql`coalesce((select min(${sql.raw(retainedFrom("w"))}) from workspaces w), now())`.mapWith(
          ledgerChecks.startedAt,
        ),
      hasToCount: sql<boolean>`(exists (select from ledger_deltas) or exists (select from failure_group_deltas)
        or exists (select from delivery_deltas)
        or not exists (select from delivery_counts where complete_from <= ${completeSince.toISOString()}::timestamptz))`,
      hasLateAlarm: sql<boolean>`exists (select from ${ledgerAlarms} where kind = 'late' and closed_at is null)`,
    });
  return taken ?? null;
}

/** Records that the tables were compared, and where the next run continues. */
export async function noteComparison(
  db: Queryable,
  params: { comparedAt: Date; nextHour: Date },
): Promise<void> {
  await db.update(ledgerChecks).set(params);
}

/** When the ledger was last compared with the tables; `null` if never. */
export async function findComparedAt(db: Queryable): Promise<Date | null> {
  const [row] = await db.select({ comparedAt: ledgerChecks.comparedAt }).from(ledgerChecks);
  return row?.comparedAt ?? null;
}
