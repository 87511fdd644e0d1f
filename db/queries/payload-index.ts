import { sql } from "drizzle-orm";
import type postgres from "postgres";
import { noId } from "../../lib/core/ids";
import type { Queryable } from "../connection/client";
import { namedStatement } from "./named-statement";

/** The limits of a segment, whose bodies are in memory at once. */
export const segmentEventsMax = 5_000;
const segmentBytesMax = 8 * 1024 * 1024;
/** Bodies that are read at once. */
const bodiesPerRead = 250;
const termsPerBlock = 200;
/** New events that are not enough for a segment are read by each search, for at most this long. */
const restMinutes = 60;
/**
 * How much later than its id's time an event may be written, besides the longest open transaction: the id is made
 * before the transaction begins, and clocks differ.
 */
const writtenLateMinutes = 2;
const indexLock = 4_727;

/**
 * The ids whose events are indexed: from `fromId`, which is the smallest id if there are no older events, to below
 * `belowId`.
 */
export type IndexedRange = { fromId: string; belowId: string };

/** The indexed range of a workspace; `null` if nothing is indexed yet. */
export async function findIndexedRange(db: Queryable, workspaceId: string): Promise<IndexedRange | null> {
  const [row] = await db.execute<IndexedRange>(sql`
    select oldest.from_id as "fromId", newest.below_id as "belowId"
    from (select from_id from payload_segments where workspace_id = ${workspaceId} order by from_id limit 1) oldest,
      (select below_id from payload_segments where workspace_id = ${workspaceId} order by from_id desc limit 1) newest`);
  return row ?? null;
}

/** The workspaces with events to index, in the sense of `indexNextEvents`. */
export async function findWorkspacesToIndex(db: postgres.Sql): Promise<string[]> {
  const rows = await workspacesToIndex(db, {});
  return rows.map(({ id }) => id);
}

/** The result of a step; `nothing` if there was nothing to do, or another process is indexing. */
export type IndexStep = "nothing" | { events: number; terms: number };

/**
 * Indexes a workspace's next events, in one transaction: new ones, once they are enough for a segment or an hour old;
 * otherwise the newest of the older ones that are not indexed yet.
 *
 * @param params.termsOf the terms of a body
 * @param params.eventsMax the most events of a segment
 */
export async function indexNextEvents(
  db: postgres.Sql,
  {
    workspaceId,
    termsOf,
    eventsMax = segmentEventsMax,
  }: { workspaceId: string; termsOf: (body: string) => string[]; eventsMax?: number },
): Promise<IndexStep> {
  return db.begin(async (tx) => {
    const isOurs = await lockIndexing(tx, workspaceId);
    const range = isOurs ? await findNextRange(tx, { workspaceId, eventsMax }) : null;
    if (!range) return "nothing";
    const terms: string[] = [];
    const termEvents: string[] = [];
    for (let at = 0; at < range.ids.length; at += bodiesPerRead) {
      const rows = await readBodies(tx, { workspaceId, ids: range.ids.slice(at, at + bodiesPerRead) });
      for (const { id, body } of rows) {
        for (const term of termsOf(body)) {
          terms.push(term);
          termEvents.push(id);
        }
      }
    }
    const segment = { workspaceId, fromId: range.fromId };
    await insertSegment(tx, { ...segment, belowId: range.belowId, events: range.ids.length });
    await insertBlocks(tx, { ...segment, terms, termEvents });
    return { events: range.ids.length, terms: terms.length };
  });
}

/** Lets one process at a time change a workspace's index; `false` if another one is doing so. */
export async function lockIndexing(tx: postgres.TransactionSql, workspaceId: string): Promise<boolean> {
  const [lock] = await tx<{ isOurs: boolean }[]>`
    select pg_try_advisory_xact_lock(${indexLock}, hashtext(${workspaceId})) as "isOurs"`;
  return lock?.isOurs ?? false;
}

/** Keeps a workspace from being indexed while the connection is open, for code that writes past events. */
export async function holdIndexing(sql: postgres.Sql, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_lock(${indexLock}, hashtext(${workspaceId}))`;
}

type Range = { fromId: string; belowId: string; ids: string[] };

async function findNextRange(
  tx: postgres.TransactionSql,
  of: { workspaceId: string; eventsMax: number },
): Promise<Range | null> {
  const [bounds] = await findBounds(tx, { workspaceId: of.workspaceId });
  if (!bounds) return null;
  const { safeId, restId, fromId, belowId } = bounds;
  if (belowId !== null) {
    const [newer] = await chooseNewer(tx, { ...of, fromId: belowId, belowId: safeId });
    const [first] = newer?.ids ?? [];
    if (newer && first && (newer.isCut || first < restId))
      return {
        fromId: belowId,
        belowId: newer.isCut ? idAfter(newer.ids.at(-1) ?? first) : safeId,
        ids: newer.ids,
      };
  }
  if (fromId === noId) return null;
  const [older] = await chooseOlder(tx, { ...of, fromId: noId, belowId: fromId ?? safeId });
  const [first] = older?.ids ?? [];
  // A workspace without events has nothing to cover.
  if (!older || (!first && fromId === null)) return null;
  return { fromId: older.isCut && first ? first : noId, belowId: fromId ?? safeId, ids: older.ids };
}

const idOf = (time: string) =>
  `(lpad(to_hex(greatest(0, floor(extract(epoch from ${time}) * 1000))::bigint), 12, '0') || repeat('0', 20))::uuid`;

const findBounds = namedStatement<{
  safeId: string;
  restId: string;
  fromId: string | null;
  belowId: string | null;
}>(`
  select ${idOf("written.at")} as "safeId", ${idOf(`now() - interval '${restMinutes} minutes'`)} as "restId",
    (select from_id from payload_segments where workspace_id = :workspaceId order by from_id limit 1) as "fromId",
    (select below_id from payload_segments where workspace_id = :workspaceId order by from_id desc limit 1) as "belowId"
  from (
    select least(now(), min(xact_start)) - interval '${writtenLateMinutes} minutes' as at
    from pg_stat_activity where datname = current_database()
  ) written`);

const workspacesToIndex = namedStatement<{ id: string }>(`
  select w.id from workspaces w
  left join lateral (
    select from_id from payload_segments s where s.workspace_id = w.id order by from_id limit 1
  ) oldest on true
  left join lateral (
    select below_id from payload_segments s where s.workspace_id = w.id order by from_id desc limit 1
  ) newest on true
  where w.deleted_at is null and (
    oldest.from_id <> '${noId}'
    or oldest.from_id is null and exists (select from events e where e.workspace_id = any(array[w.id]))
    or exists (
      select from events e where e.workspace_id = any(array[w.id]) and e.id >= newest.below_id
        and e.id < ${idOf(`now() - interval '${restMinutes} minutes'`)})
    or exists (
      select from events e where e.workspace_id = any(array[w.id]) and e.id >= newest.below_id
      offset ${segmentEventsMax}))
  order by w.id`);

/** Events in order until they fill a segment, oldest first in the result; `isCut`: there are more of them. */
const choose = (direction: "asc" | "desc") =>
  namedStatement<{ ids: string[]; isCut: boolean }>(`
    with next as materialized (
      select id, body_bytes from events
      where workspace_id = :workspaceId and id >= :fromId::uuid and id < :belowId::uuid
      order by id ${direction} limit :eventsMax::int
    ), counted as (
      select id, row_number() over w as n, sum(body_bytes) over w as bytes from next
      window w as (order by id ${direction})
    ), chosen as (select id from counted where n = 1 or bytes <= ${segmentBytesMax})
    select array(select id::text from chosen order by id) as ids,
      (select count(*) from next) = :eventsMax::int or (select count(*) from next) > (select count(*) from chosen) as "isCut"`);
const chooseNewer = choose("asc");
const chooseOlder = choose("desc");

const readBodies = namedStatement<{ id: string; body: string }>(`
  select e.id, e.body from unnest(:ids::uuid[]) x(id)
  cross join lateral (select e.id, e.body from events e where e.workspace_id = :workspaceId and e.id = x.id limit 1) e`);

const insertSegment = namedStatement(`
  insert into payload_segments (workspace_id, from_id, below_id, events)
  values (:workspaceId::uuid, :fromId::uuid, :belowId::uuid, :events::int)`);

/**
 * SQL that writes the blocks of a segment, `:fromId` of `:workspaceId`.
 *
 * @param terms SQL of rows of `term` and `event_id`, in any order
 */
export const insertBlocksOf = (terms: string) => `
  insert into payload_blocks (workspace_id, from_id, block, first_term, terms, event_ids)
  select :workspaceId::uuid, :fromId::uuid, block, (array_agg(term order by n))[1], array_agg(term order by n),
    array_agg(event_id order by n)
  from (
    select term, event_id, n, (n - 1) / ${termsPerBlock} as block
    from (
      select term, event_id, row_number() over (order by term collate "C", event_id) as n from ${terms}
    ) ordered
  ) placed group by block`;

const insertBlocks = namedStatement(
  insertBlocksOf("unnest(:terms::text[], :termEvents::uuid[]) x(term, event_id)"),
);

/** The next id. */
function idAfter(uuid: string): string {
  const hex = (BigInt(`0x${uuid.replaceAll("-", "")}`) + 1n).toString(16).padStart(32, "0");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
