import path from "node:path";
import { sql } from "drizzle-orm";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { openDatabase } from "./connection/client";
import { giveWay, type Patience } from "./connection/give-way";
import { createPartitions } from "./queries/create-partitions";

/** Any number; processes that start at once wait for each other on it. */
const migrationLock = 7_140_625_411;

/**
 * At last more than PostgreSQL's `deadlock_timeout` (1 s), because an autovacuum in the way is only cancelled after
 * that time.
 */
const patience: Patience = { firstMs: 250, lastMs: 4_000, forMs: Number.POSITIVE_INFINITY };

/**
 * Brings a database to this version's schema and makes the partitions of the coming weeks. Several processes may
 * call it at once: an advisory lock lets one work while the others wait. Processes of the version before go on
 * meanwhile: if they are in the way, nothing is changed, and it tries again for as long as that takes.
 *
 * @param say is given a line a minute while tables are in use
 * @throws what PostgreSQL answers, as when a right is missing
 */
export async function migrate(url: string, say: (line: string) => void = () => undefined): Promise<void> {
  const { db, close } = openDatabase(url, { max: 1, statementTimeoutMs: 0 });
  try {
    await db.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await giveWay({ ...patience, say }, async (lockTimeoutMs) => {
      await db.execute(sql.raw(`set lock_timeout = ${lockTimeoutMs}`));
      await applyMigrations(db, { migrationsFolder: path.resolve("db/migrations") });
      await createPartitions(db, new Date());
    });
  } finally {
    await close();
  }
}
