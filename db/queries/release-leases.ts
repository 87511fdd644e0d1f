import type postgres from "postgres";
import { fromColumns, toColumns } from "./columns";
import { isRow } from "./is-row";
import { noLease } from "./no-lease";

/** Gives back deliveries that were claimed and not sent; each only while the token is still its own. */
export async function releaseLeases(
  sql: postgres.Sql,
  leases: { workspaceId: string; id: string; token: string }[],
): Promise<void> {
  if (leases.length === 0) return;
  await sql.unsafe(
    `with released as (
       update delivery_queue q set ${noLease}
       from ${fromColumns(1, { workspaceId: "uuid", id: "uuid", token: "uuid" })}
       where ${isRow(["q.workspace_id", "q.delivery_id"], ['x."workspaceId"', "x.id"])} and q.token = x.token
       returning x.token, q.endpoint_id
     )
     update endpoint_states s set probe_token = null, probe_until = null
     from released r where s.endpoint_id = r.endpoint_id and s.probe_token = r.token`,
    toColumns(leases, [({ workspaceId }) => workspaceId, ({ id }) => id, ({ token }) => token]),
    { prepare: true },
  );
}

/** Gives back everything that is leased: for a process that knows that no other one is sending. */
export async function releaseAllLeases(sql: postgres.Sql): Promise<number> {
  const released = await sql.unsafe(
    `with released as (
       update delivery_queue set ${noLease} where leased returning endpoint_id
     ), looked as (
       update endpoint_states set probe_token = null, probe_until = null, next_due_at = least(next_due_at, now())
       where endpoint_id in (select endpoint_id from released)
     )
     select endpoint_id from released`,
  );
  return released.length;
}

/**
 * Gives back everything that one process has leased: for one that knows that it sends none of it any more. Endpoint by
 * endpoint, because what is leased is found there without reading the queue.
 *
 * @returns how many deliveries were given back
 */
export async function releaseLeasesOf(sql: postgres.Sql, owner: string): Promise<number> {
  const [row] = await sql.unsafe<{ n: number }[]>(
    `with held as materialized (
       select q.* from endpoint_states s cross join lateral (
         select q.workspace_id, q.delivery_id, q.token from delivery_queue q
         where q.endpoint_id = s.endpoint_id and q.leased = true and q.leased_by = $1
       ) q order by q.workspace_id, q.delivery_id
     ), released as (
       update delivery_queue q set ${noLease} from held h
       where ${isRow(["q.workspace_id", "q.delivery_id"], ["h.workspace_id", "h.delivery_id"])} and q.token = h.token
       returning q.endpoint_id, h.token
     ), endpoints as (
       select endpoint_id, array_agg(token) as tokens from released group by endpoint_id order by endpoint_id
     ), looked as (
       update endpoint_states s set next_due_at = least(s.next_due_at, now()),
         probe_token = case when s.probe_token = any(e.tokens) then null else s.probe_token end,
         probe_until = case when s.probe_token = any(e.tokens) then null else s.probe_until end
       from endpoints e where s.endpoint_id = e.endpoint_id
     )
     select count(*)::int as n from released`,
    [owner],
    { prepare: true },
  );
  return row?.n ?? 0;
}
