import { sql } from "drizzle-orm";
import type { Database } from "../connection/client";
import { runGivingWay } from "../connection/give-way";
import { partitionedTables, weekMs } from "./create-partitions";

/**
 * Drops the partitions of weeks that had ended before a moment: attempts first, events last. If a partition is being
 * read, it is retried for a while and then left for the next run.
 *
 * @returns the names of the partitions that were dropped, and of those that were in use
 */
export async function dropPartitions(
  db: Database,
  before: Date,
): Promise<{ dropped: string[]; inUse: string[] }> {
  const names = (
    await db.execute<{ name: string }>(
      sql`select child.relname as name from pg_inherits
          join pg_class child on child.oid = inhrelid
          join pg_class parent on parent.oid = inhparent
          where parent.relname in ${partitionedTables} order by child.relname`,
    )
  )
    .map((row) => row.name)
    .filter((name) => {
      const from = startOf(name);
      return from !== null && from.getTime() + weekMs <= before.getTime();
    });
  const result: { dropped: string[]; inUse: string[] } = { dropped: [], inUse: [] };
  for (const name of names) {
    if (await runGivingWay(db, sql`drop table if exists ${sql.identifier(name)}`)) result.dropped.push(name);
    else result.inUse.push(name);
  }
  return result;
}

/** The Monday in a partition's name, like `events_20261116`. */
function startOf(name: string): Date | null {
  const [, year, month, day] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
  return year && month && day ? new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))) : null;
}
