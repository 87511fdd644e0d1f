import { eq, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../connection/client";
import { attempts } from "../schema";
import { budgetMsDefault, scanInChunks } from "./bounded-scan";
import { type DeliveryFilter, deliveryMatches } from "./deliveries";
import { type RangesOf, rangesOf, scannedRows } from "./delivery-ranges";
import type { IndexedRange } from "./payload-index";
import { jobSearch, requestSearch, resolveNewest, resolveSearch } from "./resolve-search";

/** More rows than the share of matching ones calls for. */
const marginOfRows = 1.5;
/** A type is in no index, and has a small share of the rows: fewer would often not even tell how small. */
const marginOfTypes = 5;
/** The most rows that the first statement reads. */
const rowsFirstMax = 1_000;

export type ScanOrder = "newest" | "oldest";
export type Scan = {
  filter: DeliveryFilter;
  /** Where an earlier scan stopped: only deliveries after this id, in the order of the scan. */
  after?: string | null;
  order?: ScanOrder;
  /** The most deliveries to return. */
  limit: number;
  /** As of `scanInChunks`. */
  budgetMs?: number;
};

/**
 * Deliveries that match, by a bounded scan. If a search finds more events than are looked up at once, it goes from the
 * newest of them to the next, without reading what lies between. An index that narrows the filter down is read in the order of ids, a
 * number of rows at a time, and the rest of the filter is applied to them, until enough are found or the time is up.
 *
 * @returns ids in order, and `next`: where the scan continues, `null` if nothing is left. If there are fewer ids than
 *   `limit`, they are all that match before `next`. `indexed` as in `resolveSearch`
 * @throws ScanTooSlow if the time was up before a single row could be read
 */
export async function scanDeliveries(
  db: Queryable,
  { limit, ...scan }: Scan,
): Promise<{ ids: string[]; next: string | null; indexed: IndexedRange | null }> {
  const ids: string[] = [];
  let read = 0;
  // PostgreSQL before 17 sorts a chunk, and so reads all of it: one should not be much larger than needed.
  const margin = marginOfRows * (scan.filter.types ? marginOfTypes : 1);
  const rows = Math.min(rowsFirstMax, Math.ceil(margin * limit));
  const { next, indexed } = await scanChunks(db, { rows, ...scan }, async (tx, chunk) => {
    const result = await readChunk(tx, { ...chunk, limit: limit - ids.length, selects: "ids" });
    ids.push(...result.ids);
    read += result.read;
    const last = ids.length >= limit ? (ids.at(-1) ?? null) : null;
    const enough =
      ids.length > 0 ? Math.ceil((marginOfRows * read * (limit - ids.length)) / ids.length) : null;
    return { ...result, stopsAt: last, enough };
  });
  return { ids, next, indexed };
}

/**
 * How many deliveries match, up to `max`, as far as a bounded scan gets.
 *
 * @returns the count, and whether there may be more
 */
export async function countDeliveries(
  db: Queryable,
  { max, ...scan }: Omit<Scan, "limit"> & { max: number },
): Promise<{ count: number; more: boolean }> {
  let count = 0;
  const { next } = await scanChunks(db, { rows: max, ...scan }, async (tx, chunk) => {
    const result = await readChunk(tx, { ...chunk, limit: max + 1 - count, selects: "count" });
    count += result.found;
    return { ...result, stopsAt: count > max ? result.last : null };
  });
  return { count: Math.min(count, max), more: count > max || next !== null };
}

/**
 * All deliveries that match, in batches. No statement runs long, however few match.
 *
 * @param params.after as in `scanDeliveries`
 */
export async function* walkDeliveries(
  db: Queryable,
  params: Omit<Scan, "budgetMs">,
): AsyncGenerator<{ ids: string[]; next: string | null }> {
  const { filter } = await resolveSearch(db, params.filter, jobSearch);
  let after = params.after ?? null;
  do {
    const batch = await scanDeliveries(db, { ...params, filter, after });
    yield batch;
    after = batch.next;
  } while (after !== null);
}

type Chunk = {
  filter: DeliveryFilter;
  ranges: RangesOf;
  order: ScanOrder;
  after: string | null;
  rows: number;
};
type ChunkResult = { ids: string[]; found: number; read: number; last: string | null };

async function scanChunks(
  db: Queryable,
  { filter: given, order = "newest", ...bounds }: Omit<Scan, "limit"> & { rows?: number },
  work: (
    tx: Transaction,
    chunk: Chunk,
  ) => Promise<ChunkResult & { stopsAt: string | null; enough?: number | null }>,
): Promise<{ next: string | null; indexed: IndexedRange | null }> {
  const deadline = performance.now() + (bounds.budgetMs ?? budgetMsDefault);
  const all = await withoutAttempt(db, given);
  for (let from = bounds.after ?? null; ; ) {
    const { filter, indexed, next } =
      order === "newest"
        ? await resolveNewest(db, all, from)
        : { ...(await resolveSearch(db, all)), next: null };
    let ranges: RangesOf | null = null;
    const budgetMs = deadline - performance.now();
    const stoppedAt = await scanInChunks(
      db,
      { ...bounds, after: from, budgetMs },
      async (tx, { after, rows }) => {
        ranges ??= await rangesOf(tx, filter);
        return work(tx, { filter, ranges, order, after, rows });
      },
    );
    if (stoppedAt !== null || next === null) return { next: stoppedAt, indexed };
    if (deadline - performance.now() < requestSearch.budgetMs) return { next, indexed };
    from = next;
  }
}

/** An attempt is looked up separately, because its index is read in a way that a scan's statements must avoid. */
async function withoutAttempt(
  db: Queryable,
  { attemptId, ...filter }: DeliveryFilter,
): Promise<DeliveryFilter> {
  if (attemptId === undefined) return filter;
  const found = await db.select({ id: attempts.deliveryId }).from(attempts).where(eq(attempts.id, attemptId));
  const ids = found.map(({ id }) => id);
  const { deliveryIds } = filter;
  return { ...filter, deliveryIds: deliveryIds ? ids.filter((id) => deliveryIds.includes(id)) : ids };
}

/**
 * Applies the filter to the next rows of its ranges. Once enough rows match, the others are not read, and `last` is
 * the last matching row.
 */
async function readChunk(
  tx: Transaction,
  { limit, selects, ...chunk }: Chunk & { limit: number; selects: "ids" | "count" },
): Promise<ChunkResult> {
  const { filter, order, rows } = chunk;
  const direction = sql.raw(order === "newest" ? "desc" : "asc");
  const back = sql.raw(order === "newest" ? "asc" : "desc");
  const [row] = await tx.execute<ChunkResult>(sql`
    with scanned as materialized (${scannedRows(chunk, rows)}),
    matched as materialized (
      select delivery_log.id from scanned delivery_log
      join endpoint_states on endpoint_states.endpoint_id = delivery_log.endpoint_id
      join endpoints on endpoints.id = delivery_log.endpoint_id
      cross join lateral (select delivery_log.generation, delivery_log.pending, delivery_log.test) delivery_queue
      where ${deliveryMatches(tx, filter)}
      order by delivery_log.id ${direction} limit ${limit}
    )
    select case when m.found = ${limit} then ${rows}::int else (select count(*)::int from scanned) end as read,
      case when m.found = ${limit} then (select id from matched order by id ${back} limit 1)
        else (select id from scanned order by id ${back} limit 1) end as last,
      m.found,
      ${selects === "ids" ? sql`array(select id::text from matched order by id ${direction})` : sql`'{}'::text[]`} as ids
    from (select count(*)::int as found from matched) m`);
  return row ?? { ids: [], found: 0, read: 0, last: null };
}
