import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";

/** The database's clock, in milliseconds since 1970. */
export async function readDatabaseClock(db: Queryable): Promise<number> {
  const [row] = await db.execute<{ ms: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  );
  return row?.ms ?? Number.NaN;
}
