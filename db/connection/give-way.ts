import { setTimeout as sleep } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./client";
import { sqlStateOf } from "./sql-state";

/**
 * How long work waits for a table, in ms: everyone else who needs the table waits behind it. It grows from `firstMs`,
 * which is less than PostgreSQL's `deadlock_timeout` (1 s), so that in a deadlock the work gives up and not the
 * request.
 */
export type Patience = {
  firstMs: number;
  lastMs: number;
  /** After how long it is given up, in ms. */
  forMs: number;
  /** Is given a line a minute while tables are in use. */
  say?: (line: string) => void;
};

const betweenTriesMs = { least: 100, most: 500 };
const sayEveryMs = 60_000;
/** A lock that was not available in time, and a deadlock. */
const inTheWay = /^(55P03|40P01)$/;

/**
 * Does work that locks tables which others use, each time waiting a little longer for them, until nobody is in the way.
 *
 * @param work is given how long it may wait for a lock, in ms; changes nothing if that is too short
 * @returns whether it was done; `false` if others were in the way for all of `forMs`
 * @throws what `work` throws besides
 */
export async function giveWay(
  { firstMs, lastMs, forMs, say }: Patience,
  work: (lockTimeoutMs: number) => Promise<void>,
): Promise<boolean> {
  const begunAt = performance.now();
  let saidAt = begunAt;
  for (let timeoutMs = firstMs; ; timeoutMs = Math.min(2 * timeoutMs, lastMs)) {
    try {
      await work(timeoutMs);
      return true;
    } catch (error) {
      if (!inTheWay.test(sqlStateOf(error))) throw error;
    }
    const now = performance.now();
    if (now - begunAt >= forMs) return false;
    if (say && now - saidAt >= sayEveryMs) {
      say("the tables cannot be changed yet, because other transactions use them; trying again");
      saidAt = now;
    }
    await sleep(betweenTriesMs.least + Math.random() * (betweenTriesMs.most - betweenTriesMs.least));
  }
}

/** Of work that can be left for its next run: publishing waits for it as briefly as possible. */
const ofDailyWork: Patience = { firstMs: 100, lastMs: 400, forMs: 15_000 };

/** Runs a statement of the daily work by `giveWay`, in a transaction of its own; returns whether it ran. */
export function runGivingWay(db: Database, statement: SQL): Promise<boolean> {
  return giveWay(ofDailyWork, (lockTimeoutMs) =>
    db.transaction(async (tx) => {
      await tx.execute(sql.raw(`set local lock_timeout = ${lockTimeoutMs}`));
      await tx.execute(statement);
    }),
  );
}
