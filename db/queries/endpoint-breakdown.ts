import type postgres from "postgres";
import type { AttemptError } from "../../lib/core/deliveries";
import { idAt } from "../../lib/core/ids";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import { namedStatement } from "./named-statement";

/** How many of the newest deliveries are counted by type, and how many with failed attempts by cause. */
const typesOf = 10_000;
const causesOf = 1_000;
const causesMax = 20;
const dayMs = 86_400_000;

export type EndpointBreakdown = {
  /** Most deliveries first. */
  types: { type: string; deliveries: number; undelivered: number }[];
  /** From when on deliveries are counted by type, if there are older ones. */
  countedFrom: Date | null;
  /** Failed attempts by cause, most first, of the newest deliveries that had any. */
  causes: { error: AttemptError | null; httpStatus: number | null; attempts: number }[];
};

/** Event types of an endpoint's newest deliveries, and the causes of their failures. */
export async function findEndpointBreakdown(
  sql: postgres.Sql,
  of: { workspaceId: string; endpointId: string; since: Date },
): Promise<EndpointBreakdown> {
  const [row] = await find(sql, {
    workspaceId: of.workspaceId,
    endpointId: of.endpointId,
    fromId: idAt(of.since),
    // Partitions of future weeks have no attempts and need not be read; clocks differ.
    belowId: idAt(new Date(Date.now() + dayMs)),
  });
  const { types = [], oldestId = null, causes = [] } = row ?? {};
  return { types, countedFrom: oldestId === null ? null : timeOfId(oldestId), causes };
}

/** Each of the two tables by its own index: in the order of ids of both, the whole queue would be read. */
const find = namedStatement<Pick<EndpointBreakdown, "types" | "causes"> & { oldestId: string | null }>(
  `
  with ended as materialized (
    select id, type, status <> 'succeeded' as undelivered, attempts, http_status from deliveries
    where workspace_id = :workspaceId::uuid and endpoint_id = :endpointId::uuid and id >= :fromId::uuid and not test
    order by id desc limit ${typesOf}
  ), open as materialized (
    select delivery_id, type, true, attempts, http_status from delivery_queue
    where workspace_id = :workspaceId::uuid and endpoint_id = :endpointId::uuid and delivery_id >= :fromId::uuid
      and pending and not test
    order by delivery_id desc limit ${typesOf}
  ), newest as materialized (
    select * from (select * from ended union all select * from open) n order by id desc limit ${typesOf}
  ), types as (
    select type, count(*) as deliveries, count(*) filter (where undelivered) as undelivered from newest group by 1
  ), failed as (
    select id from newest
    where attempts > 1 or attempts > 0 and not coalesce(http_status between 200 and 299, false)
    order by id desc limit ${causesOf}
  ), causes as (
    select a.error, a.http_status, count(*) as attempts
    from failed d cross join lateral (
      select error, http_status from attempts
      where delivery_id = d.id and id >= d.id and id < :belowId::uuid
        and not coalesce(http_status between 200 and 299, false) and trigger <> 'test'
      offset 0
    ) a
    group by 1, 2 order by 3 desc limit ${causesMax}
  )
  select
    (select coalesce(jsonb_agg(jsonb_build_object('type', type, 'deliveries', deliveries, 'undelivered', undelivered)
      order by deliveries desc, type), '[]') from types) as types,
    (select coalesce(jsonb_agg(jsonb_build_object('error', error, 'httpStatus', http_status, 'attempts', attempts)
      order by attempts desc), '[]') from causes) as causes,
    case when (select count(*) from newest) = ${typesOf} then (select id from newest order by id limit 1) end as "oldestId"`,
  { prepared: false },
);
