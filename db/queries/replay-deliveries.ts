import { and, asc, count, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { backsOff } from "../fragments/backs-off";
import { inTurn } from "../fragments/in-turn";
import { isFree } from "../fragments/is-free";
import { isRow } from "../fragments/is-row";
import { resetLease } from "../fragments/reset-lease";
import { deliveryLog, deliveryQueue, endpointStates, endpoints } from "../schema";
import { type DeliveryFilter, deliveryMatches, held, leased, ownPlace } from "./deliveries";

/**
 * The delivery has ended and is not queued again, or is held, or will be retried later: it is neither in flight nor
 * due.
 */
const isReplayable = sql<boolean>`(${deliveryLog.status} <> 'pending' and ${deliveryQueue.deliveryId} is null
  or (${held} or ${deliveryLog.status} = 'pending' and ${deliveryQueue.dueAt} > now()) and not ${leased} and ${deliveryQueue.requestedAt} is null)`;

/** The delivery is due and not sent: its endpoint backs off, and all but a probe wait until one succeeds. */
const isWaiting = sql<boolean>`(${deliveryQueue.dueAt} <= now() and not ${held} and not ${leased}
  and ${deliveryQueue.requestedAt} is null and ${sql.raw(backsOff("endpoint_states"))}
  and ${endpointStates.disabledAt} is null and ${endpoints.deletedAt} is null)`;

export type ReplayableCount = {
  total: number;
  replayable: number;
  /** The id of the oldest delivery that would be sent. */
  oldest: string | null;
  /** Deliveries that would be sent, by endpoint and by type, the most first. */
  endpoints: [endpointId: string, n: number][];
  types: [type: string, n: number][];
  /** Deliveries that would not be sent as they are due and wait for their endpoint's next probe, the most first. */
  waiting: [endpointId: string, n: number][];
  /** When endpoints that back off are tried next. */
  nextProbes: Map<string, Date>;
};

/**
 * How many deliveries a filter matches, and how many of them a replay would send.
 *
 * @param params.waits whether the replay waits for a disabled endpoint instead of skipping its deliveries
 */
export async function countReplayable(
  db: Queryable,
  params: { filter: DeliveryFilter; waits: boolean },
): Promise<ReplayableCount> {
  const mayBeSent = sql`${endpoints.deletedAt} is null and (${params.waits} or ${endpointStates.disabledAt} is null)`;
  const sent = sql`(${isReplayable} and ${mayBeSent})`;
  const rows = await db
    .select({
      endpointId: deliveryLog.endpointId,
      type: deliveryLog.type,
      nextProbeAt: endpointStates.nextProbeAt,
      disabledAt: endpointStates.disabledAt,
      total: count(),
      replayable: sql<number>`count(*) filter (where ${sent})`.mapWith(Number),
      waiting: sql<number>`count(*) filter (where ${isWaiting})`.mapWith(Number),
      oldest: sql<
        string | null
      >`(array_agg(${deliveryLog.id} order by ${deliveryLog.id}) filter (where ${sent}))[1]`,
    })
    .from(deliveryLog)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, deliveryLog.endpointId))
    .innerJoin(endpoints, eq(endpoints.id, deliveryLog.endpointId))
    .leftJoin(deliveryQueue, ownPlace)
    .where(deliveryMatches(db, params.filter))
    .groupBy(deliveryLog.endpointId, deliveryLog.type, endpointStates.nextProbeAt, endpointStates.disabledAt);
  const by = (key: "endpointId" | "type", of: "replayable" | "waiting" = "replayable") => {
    const counts = new Map<string, number>();
    for (const row of rows) if (row[of] > 0) counts.set(row[key], (counts.get(row[key]) ?? 0) + row[of]);
    return [...counts].sort(([, a], [, b]) => b - a);
  };
  const sum = (of: "total" | "replayable") => rows.reduce((all, row) => all + row[of], 0);
  const oldest = rows.flatMap((row) => row.oldest ?? []).sort()[0] ?? null;
  return {
    total: sum("total"),
    replayable: sum("replayable"),
    oldest,
    endpoints: by("endpointId"),
    types: by("type"),
    waiting: by("endpointId", "waiting"),
    nextProbes: new Map(
      rows.flatMap(({ endpointId, nextProbeAt, disabledAt }) =>
        nextProbeAt && !disabledAt ? [[endpointId, nextProbeAt]] : [],
      ),
    ),
  };
}

/** The next deliveries that a filter matches, oldest first or newest first. */
export async function findReplayCandidates(
  db: Queryable,
  params: { filter: DeliveryFilter; after: string | null; limit: number; newestFirst?: boolean },
) {
  return db
    .select({ id: deliveryLog.id, endpointId: deliveryLog.endpointId })
    .from(deliveryLog)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, deliveryLog.endpointId))
    .innerJoin(endpoints, eq(endpoints.id, deliveryLog.endpointId))
    .leftJoin(deliveryQueue, ownPlace)
    .where(
      and(
        deliveryMatches(db, params.filter),
        params.after ? (params.newestFirst ? lt : gt)(deliveryLog.id, params.after) : undefined,
      ),
    )
    .orderBy((params.newestFirst ? desc : asc)(deliveryLog.id))
    .limit(params.limit);
}

/** The state of endpoints, and how many deliveries are due at each, counted up to a limit. */
export async function findReplayTargets(db: Queryable, params: { ids: string[]; countMax: number }) {
  return db
    .select({
      id: endpoints.id,
      deletedAt: endpoints.deletedAt,
      disabledAt: endpointStates.disabledAt,
      backsOff: sql<boolean>`${sql.raw(backsOff("endpoint_states"))}`,
      waiting: sql<number>`(
        select count(*)::int from (
          select from delivery_queue q
          where ${sql.raw(inTurn({ endpoint: "endpoints.id", generation: "endpoints.generation" }, { leased: false }))}
            and q.due_at <= now() limit ${params.countMax}
        ) q)`,
    })
    .from(endpoints)
    .innerJoin(endpointStates, eq(endpointStates.endpointId, endpoints.id))
    .where(inArray(endpoints.id, params.ids));
}
export type ReplayTarget = Awaited<ReturnType<typeof findReplayTargets>>[number];

const isQueued = (...key: string[]) => sql.raw(isRow(["q.workspace_id", "q.delivery_id"], key));

/**
 * Queues deliveries in their endpoints' turn, due now, as replays: held ones continue, those to be retried later are
 * retried now, and ended ones are sent once more. `generation + 0` matches no index: with one, the planner would read
 * the whole queue if it believed it to be empty.
 *
 * @param params.ids in the order in which they are to be sent
 * @param params.newestFirst each is due a millisecond (the column's precision) before the next one, up to now. Without
 *   it all are due now, and claimed by id.
 * @returns how many were queued; the others were already due or in flight
 */
export async function queueReplays(
  db: Queryable,
  params: { workspaceId: string; ids: string[]; replayId: string; newestFirst?: boolean },
): Promise<number> {
  if (params.ids.length === 0) return 0;
  const [row] = await db.execute<{ n: number }>(sql`
    with chosen as materialized (
      select d.workspace_id, d.id, d.event_id, d.endpoint_id, d.type, d.test, d.status, d.attempts, p.generation,
        now() - ${params.newestFirst ? sql`(${params.ids.length}::int - x.place)` : sql`0`} * interval '1 millisecond' as due_at
      from unnest(array[${sql.join(
        params.ids.map((id) => sql`${id}`),
        sql`, `,
      )}]::uuid[]) with ordinality as x(id, place)
      cross join lateral (
        select d.* from delivery_log d
        where ${sql.raw(isRow(["d.id"], ["x.id"]))} and d.workspace_id = ${params.workspaceId} and d.listed limit 1
      ) d
      cross join lateral (select p.generation from endpoints p where p.id = d.endpoint_id limit 1) p
    ), free as materialized (
      select q.workspace_id, q.delivery_id, c.generation, c.due_at from chosen c
      join delivery_queue q on ${isQueued("c.workspace_id", "c.id")}
      where q.pending and not q.test and (q.generation + 0 < c.generation or q.due_at > now()) and q.requested_at is null
        and ${sql.raw(isFree("q"))}
      order by q.delivery_id for update of q skip locked
    ), released as (
      update delivery_queue q set generation = f.generation, replay = true, due_at = f.due_at,
        ${sql.raw(resetLease)}
      from free f where ${isQueued("f.workspace_id", "f.delivery_id")}
      returning q.delivery_id
    ), queued as (
      insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, due_at, replay,
        attempts, automatic_attempts, test, type, body_bytes)
      select ${params.workspaceId}, c.id, c.endpoint_id, c.event_id, c.generation, false, c.due_at, true, c.attempts, 0,
        c.test, c.type, e.body_bytes
      from chosen c join events e on e.workspace_id = c.workspace_id and e.id = c.event_id
      where c.status <> 'pending'
      order by c.id
      on conflict do nothing
      returning delivery_id
    ), noted as (
      insert into replay_deliveries (replay_id, delivery_id)
      select ${params.replayId}::uuid, delivery_id
      from (select delivery_id from released union all select delivery_id from queued) sent order by delivery_id
      on conflict do nothing
    )
    select ((select count(*) from released) + (select count(*) from queued))::int as n`);
  return row?.n ?? 0;
}
