import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { type Database, openDatabase } from "./connection/client";
import { sqlStateOf } from "./connection/sql-state";
import { createPartitions } from "./queries/create-partitions";

/** Any number; processes that start at once wait for each other on it. */
const migrationLock = 7_140_625_411;

/**
 * How long a migration waits for a table, in ms: everyone else who needs the table waits behind it. At first less than
 * PostgreSQL's `deadlock_timeout` (1 s), so that in a deadlock the migration gives up and not the request; at last
 * more, because an autovacuum in the way is only cancelled after that time.
 */
const lockTimeoutMs = { first: 250, last: 4_000 };
const betweenTriesMs = { least: 100, most: 500 };
const sayEveryMs = 60_000;
/** A lock that was not available in time, and a deadlock. */
const inTheWay = /^(55P03|40P01)$/;

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
    await betweenTransactions(db, say, async () => {
      await applyMigrations(db, { migrationsFolder: path.resolve("db/migrations") });
      await createPartitions(db, new Date());
    });
  } finally {
    await close();
  }
}

/** Does work that locks tables, each time waiting a little longer for them, until nobody is in the way. */
async function betweenTransactions(
  db: Database,
  say: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  let saidAt = performance.now();
  for (let timeoutMs = lockTimeoutMs.first; ; timeoutMs = Math.min(2 * timeoutMs, lockTimeoutMs.last)) {
    await db.execute(sql.raw(`set lock_timeout = ${timeoutMs}`));
    try {
      return await work();
    } catch (error) {
      if (!inTheWay.test(sqlStateOf(error))) throw error;
    }
    if (performance.now() - saidAt >= sayEveryMs) {
      say("the tables cannot be changed yet, because other transactions use them; trying again");
      saidAt = performance.now();
    }
    await sleep(betweenTriesMs.least + Math.random() * (betweenTriesMs.most - betweenTriesMs.least));
  }
}
