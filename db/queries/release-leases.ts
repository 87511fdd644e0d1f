import type postgres from "postgres";
import { fromColumns, toColumns } from "./columns";
import { isRow } from "./is-row";

/** Gives back deliveries that were claimed and not sent; each only while the token is still its own. */
export async function releaseLeases(
  sql: postgres.Sql,
  leases: { workspaceId: string; id: string; token: string }[],
): Promise<void> {
  if (leases.length === 0) return;
  await sql.unsafe(
    `with released as (
       update delivery_queue q set leased = false, token = null, leased_until = null
       from ${fromColumns(1, { workspaceId: "uuid", id: "uuid", token: "uuid" })}
       where ${isRow("(q.workspace_id, q.delivery_id)", '(x."workspaceId", x.id)')} and q.token = x.token
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
       update delivery_queue set leased = false, token = null, leased_until = null where leased returning endpoint_id
     ), looked as (
       update endpoint_states set probe_token = null, probe_until = null, next_due_at = least(next_due_at, now())
       where endpoint_id in (select endpoint_id from released)
     )
     select endpoint_id from released`,
  );
  return released.length;
}
