import type postgres from "postgres";
import { isRow } from "../fragments/is-row";
import { resetLease, resetProbe } from "../fragments/reset-lease";
import { namedStatement } from "./named-statement";
import { rowParameters } from "./row-parameters";

type Lease = { workspaceId: string; id: string; token: string };

/** Gives back deliveries that were claimed and not sent; each only while the token is still its own. */
export async function releaseLeases(sql: postgres.Sql, leases: Lease[]): Promise<void> {
  if (leases.length === 0) return;
  await release(sql, given.values(leases));
}

const given = rowParameters<Lease>("lease", {
  workspace_id: ["uuid", (one) => one.workspaceId],
  delivery_id: ["uuid", (one) => one.id],
  token: ["uuid", (one) => one.token],
});

const release = namedStatement(`
  with released as (
    update delivery_queue q set ${resetLease}
    from ${given.table}
    where ${isRow(["q.workspace_id", "q.delivery_id"], ["x.workspace_id", "x.delivery_id"])} and q.token = x.token
    returning x.token, q.endpoint_id
  )
  update endpoint_states s set ${resetProbe}
  from released r where s.endpoint_id = r.endpoint_id and s.probe_token = r.token`);

/** Gives back everything that is leased: for a process that knows that no other one is sending. */
export async function releaseAllLeases(sql: postgres.Sql): Promise<number> {
  return (await releaseAll(sql, {})).length;
}

const releaseAll = namedStatement(`
  with released as (
    update delivery_queue set ${resetLease} where leased returning endpoint_id
  ), looked as (
    update endpoint_states set ${resetProbe}, next_due_at = least(next_due_at, now())
    where endpoint_id in (select endpoint_id from released)
  )
  select endpoint_id from released`);

/**
 * Gives back everything that one process has leased: for one that knows that it sends none of it any more. Endpoint by
 * endpoint, because what is leased is found there without reading the queue.
 *
 * @returns how many deliveries were given back
 */
export async function releaseLeasesOf(sql: postgres.Sql, owner: string): Promise<number> {
  const [row] = await releaseOf(sql, { owner });
  return row?.n ?? 0;
}

const releaseOf = namedStatement<{ n: number }, { owner: string }>(`
  with leased as materialized (
    select q.* from endpoint_states s cross join lateral (
      select q.workspace_id, q.delivery_id, q.token from delivery_queue q
      where q.endpoint_id = s.endpoint_id and q.leased = true and q.leased_by = :owner
    ) q order by q.workspace_id, q.delivery_id
  ), released as (
    update delivery_queue q set ${resetLease} from leased l
    where ${isRow(["q.workspace_id", "q.delivery_id"], ["l.workspace_id", "l.delivery_id"])} and q.token = l.token
    returning q.endpoint_id, l.token
  ), endpoints as (
    select endpoint_id, array_agg(token) as tokens from released group by endpoint_id order by endpoint_id
  ), looked as (
    update endpoint_states s set next_due_at = least(s.next_due_at, now()),
      probe_token = case when s.probe_token = any(e.tokens) then null else s.probe_token end,
      probe_until = case when s.probe_token = any(e.tokens) then null else s.probe_until end
    from endpoints e where s.endpoint_id = e.endpoint_id
  )
  select count(*)::int as n from released`);
