import type postgres from "postgres";
import { endLeases } from "../fragments/end-leases";
import { isRow } from "../fragments/is-row";
import { resetLease, resetProbe } from "../fragments/reset-lease";
import { namedStatement } from "./named-statement";
import { rowParameters } from "./row-parameters";

type Lease = { workspaceId: string; endpointId: string; id: string; token: string };

/** Gives back deliveries that were claimed but not sent, each only if the token is still its own. */
export async function releaseLeases(sql: postgres.Sql, leases: Lease[]): Promise<void> {
  if (leases.length === 0) return;
  await release(sql, given.values(leases));
}

const given = rowParameters<Lease>("lease", {
  workspace_id: ["uuid", (one) => one.workspaceId],
  endpoint_id: ["uuid", (one) => one.endpointId],
  delivery_id: ["uuid", (one) => one.id],
  token: ["uuid", (one) => one.token],
});

const release = namedStatement(`
  with given as materialized (
    select * from ${given.table}
  ), freed as materialized (
    select endpoint_id, token, array_agg(delivery_id) as deliveries from given group by 1, 2 order by 1, 2
  ), ${endLeases("freed")}, released as (
    update delivery_queue q set ${resetLease}
    from given x
    where ${isRow(["q.workspace_id", "q.delivery_id"], ["x.workspace_id", "x.delivery_id"])} and q.token = x.token
  )
  update endpoint_states s set ${resetProbe}
  from freed f where s.endpoint_id = f.endpoint_id and s.probe_token = f.token`);

/** Gives back all leased deliveries: for a process that knows that no other one is sending. */
export async function releaseAllLeases(sql: postgres.Sql): Promise<number> {
  const [row] = await releaseAll(sql, {});
  return row?.n ?? 0;
}

const releaseAll = namedStatement<{ n: number }>(`
  with ended as (
    delete from delivery_leases returning endpoint_id, cardinality(deliveries) as n
  ), released as (
    update delivery_queue set ${resetLease} where leased returning endpoint_id, 1 as n
  ), freed as materialized (
    select * from ended union all select * from released
  ), looked as (
    update endpoint_states set ${resetProbe}, next_due_at = least(next_due_at, now())
    where endpoint_id in (select endpoint_id from freed)
  )
  select coalesce(sum(n), 0)::int as n from freed`);

/**
 * Gives back all deliveries that one process has leased, when it is known to send none of them any more. It goes by
 * endpoint, because leases are found there without reading the queue.
 *
 * @returns how many deliveries were given back
 */
export async function releaseLeasesOf(sql: postgres.Sql, owner: string): Promise<number> {
  const [row] = await releaseOf(sql, { owner });
  return row?.n ?? 0;
}

const releaseOf = namedStatement<{ n: number }, { owner: string }>(`
  with ended as (
    delete from delivery_leases where leased_by = :owner returning endpoint_id, token, cardinality(deliveries) as n
  ), leased as materialized (
    select q.* from endpoint_states s cross join lateral (
      select q.workspace_id, q.delivery_id, q.token from delivery_queue q
      where q.endpoint_id = s.endpoint_id and q.leased = true and q.leased_by = :owner
    ) q order by q.workspace_id, q.delivery_id
  ), released as (
    update delivery_queue q set ${resetLease} from leased l
    where ${isRow(["q.workspace_id", "q.delivery_id"], ["l.workspace_id", "l.delivery_id"])} and q.token = l.token
    returning q.endpoint_id, l.token
  ), freed as materialized (
    select * from ended union all select endpoint_id, token, 1 from released
  ), endpoints as (
    select endpoint_id, array_agg(token) as tokens from freed group by endpoint_id order by endpoint_id
  ), looked as (
    update endpoint_states s set next_due_at = least(s.next_due_at, now()),
      probe_token = case when s.probe_token = any(e.tokens) then null else s.probe_token end,
      probe_until = case when s.probe_token = any(e.tokens) then null else s.probe_until end
    from endpoints e where s.endpoint_id = e.endpoint_id
  )
  select coalesce(sum(n), 0)::int as n from freed`);
