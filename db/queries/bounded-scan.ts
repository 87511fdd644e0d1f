import { sql } from "drizzle-orm";
import { isTransaction, type Queryable, type Transaction } from "../connection/client";
import { sqlStateOf } from "../connection/sql-state";

export const budgetMsDefault = 500;
/** Rows that the first statement reads at most, and those after it. */
const rowsFirst = 200;
const rowsMax = 40_000;
const growth = 10;
/** A statement that takes longer is ended, and tried again over fewer rows. */
const statementMsMax = 350;
const statementMsMin = 150;
const rowsMinDefault = 50;
/** SQLSTATE query_canceled: by the timeout. */
const queryCanceled = "57014";

/** It took too long to look at even a few deliveries: the database is overloaded. */
export class ScanTooSlow extends Error {
  override readonly name = "ScanTooSlow";
}

export type Bounds = {
  /** Once so much time has gone by, no more is read; what a statement may take is bounded as well. */
  budgetMs?: number | undefined;
  /** Where a scan before stopped. */
  after?: string | null | undefined;
  /** Rows that the first statement reads, and any at least. */
  rows?: number | undefined;
  rowsMin?: number | undefined;
};

/** What a statement read: how many rows, the last of them, and where the scan is to stop, if it is. */
export type ChunkRead = { read: number; last: string | null; stopsAt: string | null };

/**
 * Reads rows in order of their ids, more of them by each statement, until `work` stops it, none are left, or the time is over.
 *
 * @param work reads the next `rows` beyond `after` at most
 * @returns where to go on, `null` if nothing is left
 * @throws ScanTooSlow if the time was over before a single row could be tried
 */
export async function scanInChunks(
  db: Queryable,
  { budgetMs = budgetMsDefault, rowsMin = rowsMinDefault, ...bounds }: Bounds,
  work: (tx: Transaction, chunk: { after: string | null; rows: number }) => Promise<ChunkRead>,
): Promise<string | null> {
  const deadline = performance.now() + budgetMs;
  let after = bounds.after ?? null;
  let rows = bounds.rows ?? rowsFirst;
  let isAny = false;
  for (;;) {
    const chunkAt = performance.now();
    try {
      const timeoutMs = Math.max(statementMsMin, Math.min(statementMsMax, deadline - chunkAt));
      const result = await boundStatements(db, Math.ceil(timeoutMs), (tx) => work(tx, { after, rows }));
      if (result.stopsAt !== null) return result.stopsAt;
      // Fewer than were asked for: there are no others.
      if (result.read < rows || result.last === null) return null;
      after = result.last;
      isAny = true;
      const ms = Math.max(1, performance.now() - chunkAt);
      const left = deadline - performance.now();
      if (left <= 0) return after;
      rows = Math.min(rowsMax, rows * growth, Math.max(rowsMin, Math.floor(((rows / ms) * left) / 2)));
    } catch (error) {
      if (sqlStateOf(error) !== queryCanceled) throw error;
      if (performance.now() >= deadline) {
        if (isAny && after !== null) return after;
        if (rows <= rowsMin) throw new ScanTooSlow("the log could not be read in time", { cause: error });
      }
      rows = Math.max(rowsMin, Math.floor(rows / growth));
    }
  }
}

/**
 * Plans for the order of indexes: sorting, or joining by other ways than looking up, would read all that an index
 * narrows down to. A statement that takes too long is ended.
 */
async function boundStatements<T>(
  db: Queryable,
  timeoutMs: number,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    // Without parameters, and not waited for: they go out together with the first statement of the work, ahead of it.
    const settings = tx
      .execute<{ timeout: string }>(
        sql.raw(`select current_setting('statement_timeout') as timeout,
          set_config('statement_timeout', '${Number(timeoutMs)}', true), set_config('enable_seqscan', 'off', true),
          set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true),
          set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true)`),
      )
      .then(([row]) => row);
    const [before, result] = await Promise.all([settings, work(tx)]);
    // A transaction around this one goes on with its own.
    if (isTransaction(db))
      await tx.execute(sql`select set_config('statement_timeout', ${before?.timeout ?? "0"}, true),
        set_config('enable_sort', 'on', true)`);
    return result;
  });
}
