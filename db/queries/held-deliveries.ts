import { type SQL, sql } from "drizzle-orm";
import type { DiscardReason } from "../../lib/core/deliveries";
import type { Queryable } from "../connection/client";
import { insertDeliveryDeltas } from "../fragments/insert-delivery-deltas";
import { insertDiscarded } from "../fragments/insert-discarded";
import { leaveGroups } from "../fragments/insert-group-deltas";
import { insertLedgerDeltas } from "../fragments/insert-ledger-deltas";
import { isFree } from "../fragments/is-free";
import { isRow } from "../fragments/is-row";
import { resetLease } from "../fragments/reset-lease";

/** An endpoint's queued deliveries from before a generation. */
export type FromBefore = { workspaceId: string; endpointId: string; belowGeneration: number };
/** The result of a chunk: how many, and the last of them; `null` if there was none. */
export type HeldChunk = { n: number; last: string | null };

/** Tests are never held, nor are ended deliveries that a person requested to be sent once more. */
const isLeftForLater = (from: FromBefore) => sql`
  q.workspace_id = ${from.workspaceId} and q.endpoint_id = ${from.endpointId} and q.generation < ${from.belowGeneration}
  and not q.test and (q.pending or q.due_at is not null)`;

/** If the endpoint was deleted, everything is included. */
const isFromBefore = (from: FromBefore) => sql`
  q.workspace_id = ${from.workspaceId} and q.endpoint_id = ${from.endpointId} and q.generation < ${from.belowGeneration}`;

/** How many deliveries are held from before the generation, including those in flight. */
export async function countHeldBefore(
  db: Queryable,
  from: FromBefore & { endpointDeleted?: boolean },
): Promise<number> {
  const which = from.endpointDeleted ? isFromBefore(from) : isLeftForLater(from);
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from delivery_queue q where ${which}`,
  );
  return row?.n ?? 0;
}

/**
 * Takes free deliveries (attempts under way end first), oldest first, after the cursor. It waits for no lock: locked
 * ones are found when the job starts again at the oldest.
 */
const taken = (which: SQL, after: string | null, limit: number) => sql`
  taken as materialized (
    select q.workspace_id, q.delivery_id from delivery_queue q
    where ${which} and ${sql.raw(isFree("q"))}
      ${after ? sql`and q.delivery_id > ${after}` : sql``}
    order by q.delivery_id limit ${limit} for update skip locked
  )`;

const isTaken = sql.raw(isRow(["q.workspace_id", "q.delivery_id"], ["t.workspace_id", "t.delivery_id"]));

const summary = sql`select (select count(*)::int from taken) as n,
  (select delivery_id from taken order by delivery_id desc limit 1) as last`;

/** Queues deliveries in their endpoint's turn, due now, as replays. */
export async function releaseHeld(
  db: Queryable,
  params: FromBefore & { after: string | null; limit: number; replayId: string },
): Promise<HeldChunk> {
  const [row] = await db.execute<HeldChunk>(sql`
    with ${taken(isLeftForLater(params), params.after, params.limit)}, noted as (
      insert into replay_deliveries (replay_id, delivery_id)
      select ${params.replayId}::uuid, delivery_id from taken order by delivery_id on conflict do nothing
    ), released as (
      update delivery_queue q set generation = p.generation, replay = true, due_at = now(),
        ${sql.raw(resetLease)}
      from taken t cross join endpoints p
      where ${isTaken} and p.id = ${params.endpointId}
    )
    ${summary}`);
  return row ?? { n: 0, last: null };
}

/** Removes deliveries from the queue, and marks pending ones as discarded. */
export async function discardHeld(
  db: Queryable,
  params: FromBefore & { after: string | null; limit: number; reason: DiscardReason },
): Promise<HeldChunk> {
  const which = params.reason === "endpoint_deleted" ? isFromBefore(params) : isLeftForLater(params);
  const [row] = await db.execute<HeldChunk>(sql`
    with ${taken(which, params.after, params.limit)}, removed as (
      delete from delivery_queue q using taken t
      where ${isTaken}
      returning q.*
    ), discarded as (
      ${sql.raw(insertDiscarded("removed", params.reason))}
    ), left_groups as (${sql.raw(leaveGroups("removed"))}
    ), entered as (${sql.raw(insertLedgerDeltas("discarded"))}
    ), counted as (${sql.raw(insertDeliveryDeltas("discarded"))}
    )
    ${summary}`);
  return row ?? { n: 0, last: null };
}

/** Whether anything is left, in flight or not. */
export async function isAnyHeldBefore(
  db: Queryable,
  from: FromBefore & { endpointDeleted: boolean },
): Promise<boolean> {
  const which = from.endpointDeleted ? isFromBefore(from) : isLeftForLater(from);
  const [row] = await db.execute<{ any: boolean }>(
    sql`select exists (select from delivery_queue q where ${which}) as any`,
  );
  return row?.any ?? false;
}
