import path from "node:path";
import { sql } from "drizzle-orm";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { openDatabase } from "./connection/client";
import { createPartitions } from "./queries/create-partitions";

/** Any number; processes that start at once wait for each other on it. */
const migrationLock = 7_140_625_411;

/**
 * Brings a database to this version's schema and makes the partitions of the coming weeks. Several processes may
 * call it at once: an advisory lock lets one work while the others wait.
 *
 * @throws what PostgreSQL answers, as when a right is missing
 */
export async function migrate(url: string): Promise<void> {
  const { db, close } = openDatabase(url, { max: 1, statementTimeoutMs: 0 });
  try {
    await db.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await applyMigrations(db, { migrationsFolder: path.resolve("db/migrations") });
    await createPartitions(db, new Date());
  } finally {
    await close();
  }
}
