import { sql } from "drizzle-orm";
import { isTransaction, type Queryable, type Transaction } from "../connection/client";
import { sqlStateOf } from "../connection/sql-state";

export const budgetMsDefault = 500;
/** The most rows that the first statement reads, and the later ones. */
const rowsFirst = 200;
const rowsMax = 40_000;
const growth = 10;
/** A statement that takes longer is canceled and retried with fewer rows. */
const statementMsMax = 350;
const statementMsMin = 150;
const rowsMinDefault = 50;
/** SQLSTATE query_canceled: by the timeout. */
const queryCanceled = "57014";

/** Even a few deliveries could not be read in time: the database is overloaded. */
export class ScanTooSlow extends Error {
  override readonly name = "ScanTooSlow";
}

export type Bounds = {
  /** After this time no further statement starts. The time of a statement is limited as well. */
  budgetMs?: number | undefined;
  /** Where an earlier scan stopped. */
  after?: string | null | undefined;
  /** The rows that the first statement reads, and the fewest that any reads. */
  rows?: number | undefined;
  rowsMin?: number | undefined;
};

/**
 * What a statement read: how many rows, the last of them, and where to stop the scan, if it should stop. `enough`: how
 * many more rows probably hold what is still missing.
 */
export type ChunkRead = { read: number; last: string | null; stopsAt: string | null; enough?: number | null };

/**
 * Reads rows in the order of their ids, with more rows in each statement, until `work` stops it, no rows are left, or
 * the time is up.
 *
 * @param work reads at most the next `rows` after `after`
 * @returns where to continue; `null` if nothing is left
 * @throws ScanTooSlow if the time was up before a single row could be read
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
      // Fewer than requested: there are no more.
      if (result.read < rows || result.last === null) return null;
      after = result.last;
      isAny = true;
      const ms = Math.max(1, performance.now() - chunkAt);
      const left = deadline - performance.now();
      if (left <= 0) return after;
      const inTime = Math.max(rowsMin, Math.floor(((rows / ms) * left) / 2));
      const enough = Math.max(rowsMin, result.enough ?? rowsMax);
      rows = Math.min(rowsMax, rows * growth, inTime, enough);
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
 * Plans for the order of indexes. Sorting, or joining without index lookups, would read everything that an index
 * narrows down to. A statement that takes too long is canceled.
 */
async function boundStatements<T>(
  db: Queryable,
  timeoutMs: number,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    // Without parameters and not awaited: they are sent together with, and ahead of, the first statement of the work.
    const settings = tx
      .execute<{ timeout: string }>(
        sql.raw(`select current_setting('statement_timeout') as timeout,
          set_config('statement_timeout', '${Number(timeoutMs)}', true), set_config('enable_seqscan', 'off', true),
          set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true),
          set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true)`),
      )
      .then(([row]) => row);
    const [before, result] = await Promise.all([settings, work(tx)]);
    // A surrounding transaction continues with its own settings.
    if (isTransaction(db))
      await tx.execute(sql`select set_config('statement_timeout', ${before?.timeout ?? "0"}, true),
        set_config('enable_sort', 'on', true)`);
    return result;
  });
}
