import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { retainedFrom } from "../fragments/retained-from";
import { ledgerChecks } from "../schema";

/**
 * Takes this minute's check; `null` if another process has it. A start far in the future comes from a wrong clock and
 * does not count.
 *
 * @returns the time of the last comparison, the older hour to compare next, and from when on data is retained
 */
export async function takeLedgerCheck(
  db: Queryable,
  params: { betweenSeconds: number },
): Promise<{ comparedAt: Date | null; nextHour: Date | null; retainedFrom: Date } | null> {
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
