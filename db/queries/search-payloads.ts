import { type SQL, sql } from "drizzle-orm";
import { noId } from "../../lib/core/ids";
import { isIndexed, type PayloadSearch, termRange, type ValueForm } from "../../lib/core/payload-search";
import { isTransaction, type Queryable, type Transaction } from "../connection/client";
import { payloadMatches } from "../fragments/payload-matches";
import { budgetMsDefault, scanInChunks } from "./bounded-scan";
import { findIndexedRange, type IndexedRange } from "./payload-index";

export type PayloadSearchParams = {
  workspaceId: string;
  payload: PayloadSearch;
  /** Only events from (included) and below these ids. */
  fromId?: string | undefined;
  belowId?: string | null | undefined;
  /** If given, at least one. */
  types?: string[] | undefined;
  /** Whether tests are included, which they are by default. */
  tests?: boolean;
  limit: number;
  budgetMs?: number | undefined;
};
type Found = { ids: string[]; next: string | null };

/** How many thousand events the segments of the first statement have, besides the last segment. */
const thousandsFirst = 50;
/** How many unindexed events the first statement reads. */
const newRowsFirst = 1_000;
/** How many payloads a statement compares, each of which it parses as JSON. */
const candidatesPerRead = 500;
/** More blocks in the segments of a first statement, of 200 events each, are a common value: reading finds it sooner. */
const blocksMax = 100;
/** How many events a statement then reads. */
const commonRows = 2_000;

/**
 * Events with such payloads, newest first: by the index, as far as it covers them, and by reading the others.
 *
 * @returns ids, and `next`: the id below which to continue if there were too many, or the time was up; `null` if
 *   there are no others. `indexed`: what the index covers, if the search used it
 * @throws ScanTooSlow as in `scanInChunks`
 */
export async function searchPayloads(
  db: Queryable,
  params: PayloadSearchParams,
): Promise<Found & { indexed: IndexedRange | null }> {
  const deadline = performance.now() + (params.budgetMs ?? budgetMsDefault);
  const { forms } = "forms" in params.payload ? params.payload : { forms: [] };
  const usesIndex = forms.length > 0 && forms.every(isIndexed);
  const indexed = usesIndex ? await findIndexedRange(db, params.workspaceId) : null;
  const ids: string[] = [];
  for (const parts of turnsOf(db, indexed)) {
    const found = await Promise.all(
      parts
        .map((part) => within(part, params))
        .filter((part) => part !== null)
        .map((part) => readPart(db, { ...params, forms, part, deadline, limit: params.limit - ids.length })),
    );
    for (const part of found) {
      ids.push(...part.ids);
      if (ids.length > params.limit)
        return { ids: ids.slice(0, params.limit), next: ids[params.limit - 1] ?? null, indexed };
      if (part.next !== null) return { ids, next: part.next, indexed };
    }
  }
  return { ids, next: null, indexed };
}

type Part = { indexed: boolean; fromId: string | null; belowId: string | null };

/**
 * Events newer than the index and those that it covers, concurrently, because most searches need both; then older
 * ones. A transaction has only one connection, so there it is one after the other.
 */
function turnsOf(db: Queryable, indexed: IndexedRange | null): Part[][] {
  if (indexed === null) return [[{ indexed: false, fromId: null, belowId: null }]];
  const newer = { indexed: false, fromId: indexed.belowId, belowId: null };
  const covered = { indexed: true, fromId: indexed.fromId, belowId: indexed.belowId };
  const older = indexed.fromId === noId ? [] : [[{ indexed: false, fromId: null, belowId: indexed.fromId }]];
  return isTransaction(db) ? [[newer], [covered], ...older] : [[newer, covered], ...older];
}

/** The part of a part that is requested; `null` if it is empty. */
function within(part: Part, { fromId, belowId = null }: PayloadSearchParams): Part | null {
  if (belowId !== null && part.fromId !== null && belowId <= part.fromId) return null;
  if (fromId !== undefined && part.belowId !== null && part.belowId <= fromId) return null;
  return { ...part, belowId: lower(belowId, part.belowId) };
}

/** Like `searchPayloads` for one part, by the index or by reading. */
async function readPart(
  db: Queryable,
  {
    part,
    deadline,
    forms,
    ...params
  }: PayloadSearchParams & { part: Part; deadline: number; forms: readonly ValueForm[] },
): Promise<Found> {
  const ids: string[] = [];
  const first = part.indexed
    ? { rows: thousandsFirst, rowsMin: 1 }
    : part.fromId === null
      ? {}
      : { rows: newRowsFirst };
  const next = await scanInChunks(
    db,
    { budgetMs: deadline - performance.now(), after: part.belowId, ...first },
    async (tx, { after, rows }) => {
      const chunk = { ...params, after, limit: params.limit - ids.length };
      const isCommon = part.indexed && (await isCommonNext(tx, { ...chunk, forms }));
      const read = (count: number) =>
        readThrough(tx, { ...chunk, fromId: higher(part.fromId, params.fromId), rows: count });
      const result = isCommon
        ? await read(commonRows).then((found) => ({ ...found, read: found.read < commonRows ? 0 : rows }))
        : part.indexed
          ? await lookUp(tx, { ...chunk, forms, thousands: rows })
          : await read(rows);
      ids.push(...result.ids);
      const last = ids.length >= params.limit ? (ids.at(-1) ?? null) : null;
      return { ...result, stopsAt: last };
    },
  );
  return { ids, next };
}

const higher = (a: string | null, b: string | undefined) =>
  a === null || (b !== undefined && b > a) ? b : a;
const lower = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a);

type ChunkParams = PayloadSearchParams & { after: string | null };
type ChunkFound = { ids: string[]; read: number; last: string | null };

/** Looks each `s` up: a join would read all events in order of their ids before version 17, which knows that `s` has it. */
const eventOf = (workspaceId: string) => sql`cross join lateral (
  select e.id, e.body, e.test, e.type from events e where e.workspace_id = ${workspaceId} and e.id = s.id offset 0) e`;

const isBelow = (id: SQL, after: string | null) => (after === null ? sql`` : sql` and ${id} < ${after}`);
const isFrom = (id: SQL, fromId: string | undefined) =>
  fromId === undefined ? sql`` : sql` and ${id} >= ${fromId}`;
const isAlso = ({ types, tests = true }: Pick<PayloadSearchParams, "types" | "tests">) =>
  sql`${tests ? sql`` : sql` and not e.test`}${
    types
      ? sql` and e.type = any(array[${sql.join(
          types.map((type) => sql`${type}`),
          sql`, `,
        )}]::text[])`
      : sql``
  }`;

/** Reads the next payloads themselves. */
async function readThrough(
  tx: Transaction,
  {
    after,
    rows,
    fromId,
    limit,
    ...params
  }: Omit<ChunkParams, "fromId"> & { rows: number; fromId: string | undefined },
): Promise<ChunkFound> {
  const [row] = await tx.execute<ChunkFound>(sql`
    with scanned as materialized (
      select e.id from events e where e.workspace_id = ${params.workspaceId}${isBelow(sql`e.id`, after)}
        ${isFrom(sql`e.id`, fromId)}
      order by e.id desc limit ${rows}
    ), matched as materialized (
      select e.id from (select id from scanned order by id desc) s ${eventOf(params.workspaceId)}
      where ${payloadMatches(params.payload)}${isAlso(params)}
      order by s.id desc limit ${limit}
    )
    select array(select id::text from matched order by id desc) as ids,
      (select count(*)::int from scanned) as read, (select id from scanned order by id limit 1) as last`);
  return row ?? { ids: [], read: 0, last: null };
}

type Segments = Pick<ChunkParams, "workspaceId" | "after" | "fromId"> & { thousands: number };

/** Tables `left_segment`, of all that are left, and `segment`: those that have so many thousand events, and at least one. */
const nextSegments = ({
  workspaceId,
  after,
  fromId,
  thousands,
}: Segments) => sql`left_segment as materialized (
      select from_id, sum(events) over (order by from_id desc) - events < ${thousands * 1_000} as is_next
      from payload_segments
      where workspace_id = ${workspaceId}${isBelow(sql`from_id`, after)}
        ${fromId === undefined ? sql`` : sql`and below_id > ${fromId}`}
    ), segment as materialized (
      select from_id from left_segment where is_next
    )`;

/**
 * Whether so many of the next events have one of the values that reading them finds enough sooner than the index, which
 * has all events of a value in a segment in no order of their ids.
 */
async function isCommonNext(
  tx: Transaction,
  { forms, ...params }: ChunkParams & { forms: readonly ValueForm[] },
): Promise<boolean> {
  const ranges = forms.map((form) => {
    const { from, below } = termRange(form);
    return sql`b.first_term >= ${from} and b.first_term < ${below}`;
  });
  const [row] = await tx.execute<{ common: boolean }>(sql`
    with ${nextSegments({ ...params, thousands: thousandsFirst })}
    select count(*) > ${blocksMax} as common from (
      select from segment s join payload_blocks b on b.workspace_id = ${params.workspaceId} and b.from_id = s.from_id
        and (${sql.join(ranges, sql` or `)})
      limit ${blocksMax + 1}
    ) found`);
  return row?.common ?? false;
}

/**
 * Looks the terms up in the next segments. What they lead to is compared with the payload: a term is cut off, and its range
 * may hold others.
 *
 * @param params.thousands of events: segments that have so many, and at least one
 */
async function lookUp(
  tx: Transaction,
  {
    after,
    forms,
    thousands,
    limit,
    fromId,
    ...params
  }: ChunkParams & { forms: readonly ValueForm[]; thousands: number },
): Promise<ChunkFound> {
  const { workspaceId } = params;
  const candidatesMax = Math.min(limit * 2, candidatesPerRead);
  const inSegments = forms.map((form) => {
    const { from, below } = termRange(form);
    // A term that many events have fills blocks that all begin with it: only the last of them leads up to the next term.
    return sql`
      select t.event_id as id from segment s
      left join lateral (
        select b.first_term, b.block from payload_blocks b
        where b.workspace_id = ${workspaceId} and b.from_id = s.from_id and b.first_term < ${from}
        order by b.first_term desc, b.block desc limit 1
      ) start on true
      join payload_blocks b on b.workspace_id = ${workspaceId} and b.from_id = s.from_id
        and (b.first_term, b.block) >= (coalesce(start.first_term, ''), coalesce(start.block, 0)) and b.first_term < ${below}
      cross join lateral unnest(b.terms, b.event_ids) t(term, event_id)
      where t.term collate "C" >= ${from} and t.term collate "C" < ${below}`;
  });
  const [row] = await tx.execute<ChunkFound & { candidates: number; lastCandidate: string | null }>(sql`
    with ${nextSegments({ workspaceId, after, fromId, thousands })}, candidate as materialized (
      select distinct id from (${sql.join(inSegments, sql` union all `)}) found
      where true${isBelow(sql`id`, after)}${isFrom(sql`id`, fromId)} order by id desc limit ${candidatesMax}
    ), matched as materialized (
      select e.id from (select id from candidate order by id desc) s ${eventOf(workspaceId)}
      where ${payloadMatches(params.payload)}${isAlso(params)}
      order by s.id desc limit ${limit}
    )
    select array(select id::text from matched order by id desc) as ids,
      case when exists (select from left_segment where not is_next) then ${thousands}::int else 0 end as read,
      (select from_id from segment order by from_id limit 1) as last,
      (select count(*)::int from candidate) as candidates, (select id from candidate order by id limit 1) as "lastCandidate"`);
  if (!row) return { ids: [], read: 0, last: null };
  if (row.candidates < candidatesMax) return row;
  // Not all candidates were read: it continues within these segments.
  return { ids: row.ids, read: thousands, last: row.lastCandidate };
}
