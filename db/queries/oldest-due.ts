import type postgres from "postgres";
import { lateAfterSeconds } from "../../lib/core/ledger";
import { backsOff } from "../fragments/backs-off";
import { inTurn } from "../fragments/in-turn";
import { isLeased } from "../fragments/is-leased";
import { isRow } from "../fragments/is-row";
import { namedStatement } from "./named-statement";

export type OldestDue = {
  workspaceId: string;
  deliveryId: string;
  endpointId: string;
  dueAt: Date;
  /** How long it has been due, by the database's clock. */
  ageSeconds: number;
  /** Due for more than a minute, and not because its webhook's deliveries are sent one after the other. */
  late: boolean;
};

/**
 * Each workspace's delivery that has been due longest, late ones first: not held, not leased, and of an endpoint that
 * does not back off. An endpoint's backlog is not late while it is sent in turn, oldest first: it waits for the
 * receiver or for its rate limit.
 *
 * @param params.workspaceId `null` for all
 */
export async function findOldestDue(
  sql: postgres.Sql,
  params: { workspaceId: string | null },
): Promise<OldestDue[]> {
  const rows = await find(sql, params);
  return rows.map((row) => ({ ...row, dueAt: new Date(row.dueAt) }));
}

const turn = { endpoint: "s.endpoint_id", generation: "p.generation" };

/**
 * An expired lease is due since it expired. Nothing is due before its endpoint was enabled or its rate limit allowed
 * it.
 */
const find = namedStatement<Omit<OldestDue, "dueAt"> & { dueAt: number }, { workspaceId: string | null }>(`
  select distinct on (workspace_id) workspace_id as "workspaceId", delivery_id as "deliveryId",
    endpoint_id as "endpointId", (extract(epoch from due_at) * 1000)::float8 as "dueAt",
    extract(epoch from now() - due_at)::float8 as "ageSeconds", late
  from (
    select s.workspace_id, s.endpoint_id, q.delivery_id, due.at as due_at,
      due.at < now() - interval '${lateAfterSeconds} seconds' and (
        not exists (
          select from endpoint_hours h where h.endpoint_id = s.endpoint_id and h.hour > now() - interval '2 hours'
            and h.last_attempt_at > now() - interval '${lateAfterSeconds} seconds')
        or exists (
          select from delivery_queue q where ${inTurn(turn, { leased: true })}
            and q.requested_at is null and q.leased_until > now()
            and q.due_at > due.at + interval '${lateAfterSeconds} seconds')
        or exists (
          select from delivery_leases l cross join lateral unnest(l.deliveries) x(id)
          cross join lateral (
            select q.due_at from delivery_queue q
            where ${isRow(["q.workspace_id", "q.delivery_id"], ["s.workspace_id", "x.id"])} limit 1
          ) q
          where l.endpoint_id = s.endpoint_id and l.leased_until > now()
            and q.due_at > due.at + interval '${lateAfterSeconds} seconds')
      ) as late
    from endpoint_states s
    join endpoints p on p.id = s.endpoint_id and p.deleted_at is null
    cross join lateral (
      (select q.delivery_id, greatest(q.due_at, (
          select max(l.leased_until) from delivery_leases l
          where l.endpoint_id = s.endpoint_id and q.delivery_id = any(l.deliveries)
        )) as at
        from delivery_queue q
        where ${inTurn(turn, { leased: false })} and q.due_at <= now() and not ${isLeased("q")}
        order by q.due_at limit 1)
      union all
      (select q.delivery_id, greatest(q.due_at, q.leased_until) from delivery_queue q
        where ${inTurn(turn, { leased: true })} and q.due_at <= now()
          and q.leased_until < now()
        order by 2 limit 1)
    ) q
    cross join lateral (select greatest(q.at, s.next_due_at) as at) due
    where s.disabled_at is null and not ${backsOff("s")} and due.at <= now()
      and (:workspaceId::uuid is null or s.workspace_id = :workspaceId::uuid)
  ) d
  order by workspace_id, late desc, due_at`);
