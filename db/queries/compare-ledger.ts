import type postgres from "postgres";
import { idAt } from "../../lib/core/ids";
import type { LedgerSums } from "../../lib/core/ledger";
import { retainedFrom } from "../fragments/retained-from";
import { hourOfId } from "../fragments/time-of-id.mjs";
import { firstDeliveryIdAfter } from "./create-partitions";
import { namedStatement } from "./named-statement";

/** An hour of a workspace for which the ledger and the tables differ. */
export type LedgerGap = { workspaceId: string; hour: Date; expected: LedgerSums; found: LedgerSums };

/** The most gaps that one comparison returns, oldest first. */
export const gapsMax = 1_000;

/**
 * Compares hours of acceptance in one snapshot: the ledger, including its deltas, with the tables. It is exact even
 * while deliveries are published and sent, because deltas are written in the same transaction as the changes they
 * count. Hours before the workspace's retention are left out. Rows are read workspace by workspace, in the order of
 * their index (`any(array[…])`: see `isRow`).
 *
 * @param params.from the first hour
 * @param params.to the hour after the last
 */
export async function compareLedger(
  sql: postgres.Sql,
  { from, to }: { from: Date; to: Date },
): Promise<LedgerGap[]> {
  const rows = await compare(sql, {
    from: from.toISOString(),
    to: to.toISOString(),
    fromId: idAt(from),
    belowId: idAt(to),
    belowDeliveryId: firstDeliveryIdAfter(to),
  });
  return rows.map((row) => ({ ...row, hour: new Date(row.hour) }));
}

const compare = namedStatement<Omit<LedgerGap, "hour"> & { hour: number }>(
  `
  with ledger as (
    select workspace_id, hour, sum(accepted) as accepted, sum(succeeded) as succeeded, sum(failed) as failed,
      sum(discarded) as discarded
    from (select * from ledger_hours union all select * from ledger_deltas) l
    where hour >= :from::timestamptz and hour < :to::timestamptz
    group by 1, 2
  ), published as (
    select e.workspace_id, ${hourOfId("e.id")} as hour, sum(e.deliveries) as accepted
    from workspaces w
    join events e on e.workspace_id = any(array[w.id]) and e.id >= :fromId::uuid and e.id < :belowId::uuid
    where not e.test
    group by 1, 2
  ), stored as (
    select d.workspace_id, ${hourOfId("d.event_id")} as hour,
      count(*) filter (where d.status = 'pending') as pending,
      count(*) filter (where d.status = 'succeeded') as succeeded,
      count(*) filter (where d.status = 'failed') as failed,
      count(*) filter (where d.status = 'discarded') as discarded
    from workspaces w
    join delivery_log d on d.workspace_id = any(array[w.id]) and d.id >= :fromId::uuid and d.id < :belowDeliveryId::uuid
    where d.listed and d.event_id >= :fromId::uuid and d.event_id < :belowId::uuid and not d.test
    group by 1, 2
  ), sums as (
    select workspace_id, hour,
      coalesce(l.accepted, 0) as accepted,
      coalesce(l.accepted - l.succeeded - l.failed - l.discarded, 0) as pending,
      coalesce(l.succeeded, 0) as succeeded, coalesce(l.failed, 0) as failed, coalesce(l.discarded, 0) as discarded,
      coalesce(p.accepted, 0) as found_accepted,
      coalesce(s.pending, 0) as found_pending, coalesce(s.succeeded, 0) as found_succeeded,
      coalesce(s.failed, 0) as found_failed, coalesce(s.discarded, 0) as found_discarded
    from ledger l full join published p using (workspace_id, hour) full join stored s using (workspace_id, hour)
  )
  select s.workspace_id as "workspaceId", (extract(epoch from s.hour) * 1000)::float8 as hour,
    json_build_object('accepted', s.accepted, 'pending', s.pending, 'succeeded', s.succeeded, 'failed', s.failed,
      'discarded', s.discarded) as expected,
    json_build_object('accepted', s.found_accepted, 'pending', s.found_pending, 'succeeded', s.found_succeeded,
      'failed', s.found_failed, 'discarded', s.found_discarded) as found
  from sums s join workspaces w on w.id = s.workspace_id
  where s.hour >= ${retainedFrom("w")}
    and (s.accepted, s.pending, s.succeeded, s.failed, s.discarded)
      is distinct from (s.found_accepted, s.found_pending, s.found_succeeded, s.found_failed, s.found_discarded)
  order by s.hour, s.workspace_id limit ${gapsMax}`,
  { prepared: false },
);
