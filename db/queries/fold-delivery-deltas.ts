import type postgres from "postgres";
import { namedStatement } from "./named-statement";

/** Deltas that one statement folds. */
const deltasPerFold = 10_000;

/** Folds the deltas into `delivery_minutes` and `delivery_hours`. Several processes may do so at once. */
export async function foldDeliveryDeltas(sql: postgres.Sql): Promise<void> {
  for (;;) {
    const [row] = await fold(sql, {});
    if ((row?.n ?? 0) < deltasPerFold) return;
  }
}

const add = (table: string, unit: "minute" | "hour") => `
    insert into ${table} as c (workspace_id, endpoint_id, ${unit}, succeeded, failed, discarded)
    select workspace_id, endpoint_id, date_trunc('${unit}', minute, 'UTC') as at, sum(succeeded), sum(failed), sum(discarded)
    from taken group by workspace_id, endpoint_id, at order by workspace_id, at, endpoint_id
    on conflict (workspace_id, ${unit}, endpoint_id) do update set
      succeeded = c.succeeded + excluded.succeeded,
      failed = c.failed + excluded.failed,
      discarded = c.discarded + excluded.discarded`;

/**
 * The keys are sorted before each upsert. Two processes could still deadlock, one with its minutes and one with its
 * hours, so `turn` lets only one fold at a time.
 */
const fold = namedStatement<{ n: number }>(`
  with turn as materialized (
    select pg_advisory_xact_lock(hashtext('delivery_deltas')) as mine
  ), taken as (
    delete from delivery_deltas
    where ctid = any(array(
      select d.ctid from turn cross join delivery_deltas d limit ${deltasPerFold} for update of d skip locked
    ))
    returning *
  ), minutes as (${add("delivery_minutes", "minute")}
  ), hours as (${add("delivery_hours", "hour")}
  )
  select count(*)::int as n from taken`);
