import type postgres from "postgres";
import { fiveMinutesOfId } from "../fragments/time-of-id.mjs";
import { namedStatement } from "./named-statement";

/** Deltas that one statement folds. */
const deltasPerFold = 10_000;

/** Folds the deltas into `failure_group_buckets` and removes empty buckets. Several processes may do so at once. */
export async function foldGroupDeltas(sql: postgres.Sql): Promise<void> {
  for (;;) {
    const [row] = await fold(sql, {});
    if ((row?.n ?? 0) < deltasPerFold) break;
  }
  await sql`delete from failure_group_buckets where ctid = any(array(
    select ctid from failure_group_buckets where n = 0 for update skip locked))`;
}

/** The keys are sorted before the upsert, so that two processes cannot deadlock. */
const fold = namedStatement<{ n: number }>(`
  with taken as (
    delete from failure_group_deltas
    where ctid = any(array(select ctid from failure_group_deltas limit ${deltasPerFold} for update skip locked))
    returning *
  ), folded as (
    insert into failure_group_buckets as b (workspace_id, group_id, bucket, type, n)
    select workspace_id, group_id, bucket, type, sum(n) from taken
    group by workspace_id, group_id, bucket, type order by workspace_id, group_id, bucket, type
    on conflict (workspace_id, group_id, bucket, type) do update set n = b.n + excluded.n
  )
  select count(*)::int as n from taken`);

/**
 * Counts the deliveries in groups, and adds deltas if the counts differ: for deliveries past retention, or recorded
 * by a version without groups. It is exact even while deliveries change, because each is counted in the transaction
 * that changes it. Groups that have been empty for a day are removed.
 *
 * @returns how many counts were wrong
 */
export async function recountFailureGroups(sql: postgres.Sql): Promise<number> {
  const wrong = await sql.begin(async (tx) => {
    // One at a time: two would both add what is missing.
    await tx`select pg_advisory_xact_lock(hashtext('failure_group_deltas'))`;
    const [row] = await recount(tx, {});
    return row?.n ?? 0;
  });
  await foldGroupDeltas(sql);
  await sql`
    delete from failure_groups g where last_seen_at < now() - interval '1 day'
      and not exists (select from failure_group_buckets b where b.workspace_id = g.workspace_id and b.group_id = g.id)
      and not exists (select from failure_group_deltas d where d.group_id = g.id)`;
  return wrong;
}

const recount = namedStatement<{ n: number }>(
  `
  with counted as (
    select workspace_id, group_id, type, bucket, sum(n) as n from (
      select workspace_id, group_id, type, bucket, n from failure_group_buckets
      union all select workspace_id, group_id, type, bucket, n from failure_group_deltas
    ) c group by 1, 2, 3, 4
  ), stored as (
    select workspace_id, failure_group_id as group_id, type, ${fiveMinutesOfId("id")} as bucket, count(*) as n
    from delivery_log where failure_group_id is not null and listed group by 1, 2, 3, 4
  ), entered as (
    insert into failure_group_deltas (workspace_id, group_id, type, bucket, n)
    select workspace_id, group_id, type, bucket, coalesce(s.n, 0) - coalesce(c.n, 0)
    from stored s full join counted c using (workspace_id, group_id, type, bucket)
    where coalesce(s.n, 0) <> coalesce(c.n, 0)
    returning 1
  )
  select count(*)::int as n from entered`,
  { prepared: false },
);
