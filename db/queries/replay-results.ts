import type postgres from "postgres";
import { backsOff } from "../fragments/backs-off";
import { isRow } from "../fragments/is-row";
import { namedStatement } from "./named-statement";

/** The most deliveries of a job that are read, newest first, because its page is polled. */
const countedMax = 100_000;

export type ReplayResults = {
  sent: number;
  recovered: number;
  failing: number;
  /** Deliveries that wait for an endpoint that backs off, by its id. */
  waiting: Record<string, number>;
};

/** The results of a job's deliveries: how many have succeeded by now, and how many failed their last attempt. */
export async function countReplayResults(
  sql: postgres.Sql,
  params: { workspaceId: string; replayId: string },
): Promise<ReplayResults> {
  const [row] = await count(sql, params);
  return row ?? { sent: 0, recovered: 0, failing: 0, waiting: {} };
}

/** By both tables: each delivery is found by its key, either as ended or still on the queue. */
const count = namedStatement<ReplayResults>(
  `
  with sent as materialized (
    select coalesce(d.status, case when q.pending then 'pending' end) as status,
      coalesce(d.failure_group_id, q.failure_group_id) as failure_group_id, q.delivery_id is not null as queued,
      q.endpoint_id, q.generation
    from (
      select delivery_id from replay_deliveries where replay_id = :replayId order by delivery_id desc limit ${countedMax}
    ) r
    left join lateral (
      select d.status, d.failure_group_id from deliveries d
      where ${isRow(["d.workspace_id", "d.id"], [":workspaceId::uuid", "r.delivery_id"])} limit 1
    ) d on true
    left join lateral (
      select q.pending, q.failure_group_id, q.delivery_id, q.endpoint_id, q.generation from delivery_queue q
      where ${isRow(["q.workspace_id", "q.delivery_id"], [":workspaceId::uuid", "r.delivery_id"])} limit 1
    ) q on true
  ), waiting as (
    select s.endpoint_id, count(*)::int as n
    from sent s
    join endpoints p on p.id = s.endpoint_id and p.generation = s.generation
    join endpoint_states e on e.endpoint_id = s.endpoint_id
    where s.status is not null and e.disabled_at is null and ${backsOff("e")}
    group by s.endpoint_id
  )
  select count(*)::int as sent, count(*) filter (where status = 'succeeded')::int as recovered,
    count(*) filter (where failure_group_id is not null or status = 'discarded' and not queued)::int as failing,
    (select coalesce(jsonb_object_agg(endpoint_id, n), '{}') from waiting) as waiting
  from sent where status is not null`,
  { prepared: false },
);
