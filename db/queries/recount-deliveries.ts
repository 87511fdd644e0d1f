import type postgres from "postgres";
import { idAt } from "../../lib/core/ids";
import { hourOfId, minuteOfId } from "../fragments/time-of-id.mjs";
import { namedStatement } from "./named-statement";

/**
 * Counts the deliveries and events made in a range of time, and adds deltas if the stored counts differ. It is exact
 * even while deliveries end, because each is counted in the transaction that ends it.
 *
 * @param params.from the first hour
 * @param params.to the hour after the last
 * @returns how many counts (by endpoint and minute, and by workspace and hour) were wrong
 */
export async function recountDeliveries(
  sql: postgres.Sql,
  { from, to }: { from: Date; to: Date },
): Promise<number> {
  return sql.begin(async (tx) => {
    // One at a time: two would both add what is missing. The next statement sees what the previous one added.
    await tx`select from delivery_counts for update`;
    const [row] = await recount(tx, {
      from: from.toISOString(),
      to: to.toISOString(),
      fromId: idAt(from),
      belowId: idAt(to),
    });
    return row?.n ?? 0;
  });
}

/** Rows are read workspace by workspace, in the order of their index (`any(array[…])`: see `isRow`). */
const recount = namedStatement<{ n: number }>(
  `
  with counted as (
    select workspace_id, endpoint_id, minute,
      sum(succeeded) as succeeded, sum(failed) as failed, sum(discarded) as discarded
    from (
      select workspace_id, endpoint_id, minute, succeeded, failed, discarded from delivery_minutes
      union all
      select workspace_id, endpoint_id, minute, succeeded, failed, discarded from delivery_deltas
    ) c where minute >= :from::timestamptz and minute < :to::timestamptz
    group by 1, 2, 3
  ), stored as (
    select d.workspace_id, d.endpoint_id, ${minuteOfId("d.id")} as minute,
      count(*) filter (where d.status = 'succeeded') as succeeded,
      count(*) filter (where d.status = 'failed') as failed,
      count(*) filter (where d.status = 'discarded') as discarded
    from workspaces w
    join deliveries d on d.workspace_id = any(array[w.id]) and d.id >= :fromId::uuid and d.id < :belowId::uuid
    where not d.test
    group by 1, 2, 3
  ), entered as (
    insert into delivery_deltas (workspace_id, endpoint_id, minute, succeeded, failed, discarded)
    select workspace_id, endpoint_id, minute, coalesce(s.succeeded, 0) - coalesce(c.succeeded, 0),
      coalesce(s.failed, 0) - coalesce(c.failed, 0), coalesce(s.discarded, 0) - coalesce(c.discarded, 0)
    from stored s full join counted c using (workspace_id, endpoint_id, minute)
    where (coalesce(s.succeeded, 0), coalesce(s.failed, 0), coalesce(s.discarded, 0))
      is distinct from (coalesce(c.succeeded, 0), coalesce(c.failed, 0), coalesce(c.discarded, 0))
    returning 1
  ), accepted as (
    select workspace_id, hour, sum(events) as events
    from (
      select workspace_id, hour, events from ledger_hours
      union all
      select workspace_id, hour, events from ledger_deltas
    ) l where hour >= :from::timestamptz and hour < :to::timestamptz
    group by 1, 2
  ), published as (
    select e.workspace_id, ${hourOfId("e.id")} as hour, count(*) as events
    from workspaces w
    join events e on e.workspace_id = any(array[w.id]) and e.id >= :fromId::uuid and e.id < :belowId::uuid
    where not e.test
    group by 1, 2
  ), added as (
    insert into ledger_deltas (workspace_id, hour, accepted, succeeded, failed, discarded, events)
    select workspace_id, hour, 0, 0, 0, 0, coalesce(p.events, 0) - coalesce(a.events, 0)
    from published p full join accepted a using (workspace_id, hour)
    where coalesce(p.events, 0) <> coalesce(a.events, 0)
    returning 1
  )
  select ((select count(*) from entered) + (select count(*) from added))::int as n`,
  { prepared: false },
);

/** From when on the counts are complete; `null` before anything was counted; the start of 1970 if all are. */
export async function findCompleteFrom(sql: postgres.Sql): Promise<Date | null> {
  const [row] = await sql<{ fromMs: number | null }[]>`
    select (extract(epoch from complete_from) * 1000)::float8 as "fromMs" from delivery_counts`;
  return typeof row?.fromMs === "number" ? new Date(row.fromMs) : null;
}

/** Records from when on the counts are complete. */
export async function noteCompleteFrom(sql: postgres.Sql, completeFrom: Date): Promise<void> {
  await sql`update delivery_counts set complete_from = ${completeFrom.toISOString()}`;
}
