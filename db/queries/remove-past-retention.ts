import type postgres from "postgres";
import { ruleNames } from "../../lib/core/audit";
import { idAt, newId } from "../../lib/core/ids";
import { insertDeliveryDeltas } from "../fragments/insert-delivery-deltas";
import { insertDiscarded } from "../fragments/insert-discarded";
import { leaveGroups } from "../fragments/insert-group-deltas";
import { insertLedgerDeltas } from "../fragments/insert-ledger-deltas";
import { isRow } from "../fragments/is-row";
import { microseconds, newIdAtMicroseconds } from "../fragments/new-id";
import { retainedFrom } from "../fragments/retained-from";
import { firstDeliveryIdAfter } from "./create-partitions";
import { namedStatement } from "./named-statement";

/** The most rows that one statement deletes: it must be short, because others may wait for them. */
const rowsPerStatement = 2_000;

export type Retention = { workspaceId: string; from: Date };

/** For each workspace, from when on it keeps what it accepted. */
export async function findRetentions(sql: postgres.Sql): Promise<Retention[]> {
  const rows = await sql.unsafe<{ workspaceId: string; from: number }[]>(
    `select w.id as "workspaceId", (extract(epoch from ${retainedFrom("w")}) * 1000)::float8 as "from"
     from workspaces w order by w.id`,
  );
  return rows.map((row) => ({ ...row, from: new Date(row.from) }));
}

/**
 * Discards a workspace's queued deliveries of events older than its retention, and counts them in the ledger.
 *
 * @returns how many deliveries were pending or held
 */
export async function discardPastRetention(sql: postgres.Sql, retention: Retention): Promise<number> {
  let discarded = 0;
  for (;;) {
    const [row] = await discard(sql, bounds(retention));
    discarded += row?.discarded ?? 0;
    if ((row?.taken ?? 0) < rowsPerStatement) return discarded;
  }
}

const discard = namedStatement<{ taken: number; discarded: number }>(
  `
  with old as (
    select workspace_id, delivery_id from delivery_queue
    where workspace_id = :workspaceId and delivery_id < :belowDeliveryId::uuid and event_id < :fromId::uuid
    order by delivery_id limit ${rowsPerStatement} for update
  ), taken as (
    delete from delivery_queue q using old o
    where ${isRow(["q.workspace_id", "q.delivery_id"], ["o.workspace_id", "o.delivery_id"])}
    returning q.*
  ), discarded as (
    ${insertDiscarded("taken", "held_past_retention")}
  ), left_groups as (${leaveGroups("taken")}
  ), entered as (${insertLedgerDeltas("discarded")}
  ), counted as (${insertDeliveryDeltas("discarded")}
  ), audited as (
    insert into audit_log (id, workspace_id, actor_type, actor_name, action, target_id, target_name, details)
    select ${newIdAtMicroseconds("at.us", "0")}, w.id, 'rule', '${ruleNames.retention}', 'workspace.discard_held', w.id::text,
      w.name, jsonb_build_object('deliveries', sum.deliveries)
    from (select count(*)::int as deliveries from discarded) sum join workspaces w on w.id = :workspaceId::uuid
    cross join lateral (select ${microseconds} as us where sum.deliveries > 0) at
    where sum.deliveries > 0
  )
  select (select count(*) from taken)::int as taken, (select count(*) from discarded)::int as discarded`,
  { prepared: false },
);

/**
 * Writes to the audit log that a workspace's old events are removed, if it has any, once per bound. This happens
 * before the first is removed, because partitions are dropped for all workspaces together.
 */
export async function auditExpiry(sql: postgres.Sql, retention: Retention): Promise<void> {
  const { workspaceId, fromId } = bounds(retention);
  const before = retention.from.toISOString();
  await sql`
    insert into audit_log (id, workspace_id, actor_type, actor_name, action, target_id, target_name, details)
    select ${newId()}, id, 'rule', ${ruleNames.retention}, 'workspace.expire', id::text, name,
      jsonb_build_object('before', ${before}::text)
    from workspaces where id = ${workspaceId}
      and exists (select from events where workspace_id = ${workspaceId} and id < ${fromId})
      and not exists (
        select from audit_log where workspace_id = ${workspaceId} and target_id = ${workspaceId}::text
          and action = 'workspace.expire' and details ->> 'before' = ${before})`;
}

/**
 * Deletes a workspace's data older than its retention: rows of weeks that another workspace keeps longer, its
 * figures, emails and ended replays, and its part of the ledger last.
 *
 * @returns how many rows were deleted
 */
export async function deletePastRetention(sql: postgres.Sql, retention: Retention): Promise<number> {
  const workspace = retention.workspaceId;
  const from = retention.from.toISOString();
  const { fromId, belowDeliveryId } = bounds(retention);
  const limit = rowsPerStatement;
  const statements = [
    () => sql`
      with old as (
        select workspace_id, id from deliveries
        where workspace_id = ${workspace} and id < ${belowDeliveryId} and event_id < ${fromId} limit ${limit}
      ), made as (
        delete from attempts a using old o where ${sql.unsafe(isRow(["a.delivery_id"], ["o.id"]))}
      )
      delete from deliveries d using old o where ${sql.unsafe(isRow(["d.workspace_id", "d.id"], ["o.workspace_id", "o.id"]))}`,
    () => sql`
      delete from events where workspace_id = ${workspace} and id in (
        select id from events where workspace_id = ${workspace} and id < ${fromId} limit ${limit})`,
    () => sql`
      delete from endpoint_hours h using (
        select h.endpoint_id, h.hour from endpoints p join endpoint_hours h on h.endpoint_id = p.id
        where p.workspace_id = ${workspace} and h.hour < ${from} limit ${limit}
      ) old where h.endpoint_id = old.endpoint_id and h.hour = old.hour`,
    () => sql`
      delete from endpoint_transitions where id in (
        select id from endpoint_transitions where workspace_id = ${workspace} and created_at < ${from} limit ${limit})`,
    () => sql`
      delete from emails where id in (
        select id from emails where workspace_id = ${workspace} and created_at < ${from} limit ${limit})`,
    () => sql`
      delete from replays where id in (
        select id from replays where workspace_id = ${workspace} and finished_at < ${from} limit ${limit})`,
    () => sql`
      delete from ledger_alarms where id in (
        select id from ledger_alarms
        where workspace_id = ${workspace} and (hour < ${from} or closed_at < ${from}) limit ${limit})`,
    () => sql`
      delete from delivery_minutes where ctid = any(array(
        select ctid from delivery_minutes where workspace_id = ${workspace} and minute < ${from} limit ${limit}))`,
    () => sql`
      delete from delivery_hours where ctid = any(array(
        select ctid from delivery_hours where workspace_id = ${workspace} and hour < ${from} limit ${limit}))`,
    () => sql`
      delete from payload_blocks where ctid = any(array(
        select b.ctid from payload_segments s
        join payload_blocks b on b.workspace_id = s.workspace_id and b.from_id = s.from_id
        where s.workspace_id = ${workspace} and s.below_id <= ${fromId} limit ${limit}))`,
    () => sql`delete from payload_segments where workspace_id = ${workspace} and below_id <= ${fromId}`,
    () => sql`delete from delivery_deltas where workspace_id = ${workspace} and minute < ${from}`,
    () => sql`delete from ledger_deltas where workspace_id = ${workspace} and hour < ${from}`,
    () => sql`delete from ledger_hours where workspace_id = ${workspace} and hour < ${from}`,
  ];
  let deleted = 0;
  for (const statement of statements) {
    for (;;) {
      const { count } = await statement();
      deleted += count;
      if (count < limit) break;
    }
  }
  return deleted;
}

/**
 * The workspace, the first id of an event that it keeps, and an upper bound for ids of deliveries whose events it
 * does not keep.
 */
const bounds = ({ workspaceId, from }: Retention) => ({
  workspaceId,
  fromId: idAt(from),
  belowDeliveryId: firstDeliveryIdAfter(from),
});
