import { type SQL, sql } from "drizzle-orm";
import { idAt } from "../../lib/core/ids";
import type { Queryable } from "../connection/client";

/** Rows of these tables are written once, so pages can be full. */
export const partitionedTables = ["events", "deliveries", "attempts"] as const;
export const weekMs = 7 * 24 * 60 * 60 * 1_000;
/** Weeks created ahead: the cron that creates them may fail for that long. */
const weeksAhead = 4;

/**
 * Creates the partitions of the week of `now`, the one before (clocks differ) and the next four, unless they exist.
 * Weeks begin on Monday, UTC.
 *
 * @param create runs a statement that creates a partition and locks its table; returns whether it ran
 * @returns the names of the partitions that were created, and of those that `create` did not
 */
export async function createPartitions(
  db: Queryable,
  now: Date,
  create: (statement: SQL) => Promise<boolean> = async (statement) => {
    await db.execute(statement);
    return true;
  },
): Promise<{ made: string[]; inUse: string[] }> {
  const existing = new Set(
    (
      await db.execute<{ name: string }>(
        sql`select child.relname as name from pg_inherits
            join pg_class child on child.oid = inhrelid
            join pg_class parent on parent.oid = inhparent
            where parent.relname in ('events', 'deliveries', 'attempts')`,
      )
    ).map((row) => row.name),
  );
  const result: { made: string[]; inUse: string[] } = { made: [], inUse: [] };
  for (const table of partitionedTables) {
    for (let week = -1; week <= weeksAhead; week++) {
      const from = new Date(startOfWeek(now).getTime() + week * weekMs);
      const to = new Date(from.getTime() + weekMs);
      const name = `${table}_${from.toISOString().slice(0, 10).replaceAll("-", "")}`;
      if (existing.has(name)) continue;
      const isMade = await create(
        sql`create table if not exists ${sql.identifier(name)} partition of ${sql.identifier(table)}
            for values from (${sql.raw(`'${idAt(from)}'`)}) to (${sql.raw(`'${idAt(to)}'`)})
            with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.1)`,
      );
      (isMade ? result.made : result.inUse).push(name);
    }
  }
  return result;
}

function startOfWeek(time: Date): Date {
  const day = (time.getUTCDay() + 6) % 7;
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate() - day));
}

/** A delivery's id is made after its event's, in the same transaction, which takes less time than this. */
const publishMsMax = 10 * 60_000;

/** A bound above the ids of deliveries whose events were accepted before a moment. */
export const firstDeliveryIdAfter = (time: Date) => idAt(new Date(time.getTime() + publishMsMax));
