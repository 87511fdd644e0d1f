import type postgres from "postgres";
import type { AttemptError } from "../../lib/core/deliveries";
import { namedStatement } from "./named-statement";
import { rowParameters, withoutSeparators } from "./row-parameters";

/** A kind of failure, with one of its deliveries. */
export type FailureGroup = {
  id: string;
  workspaceId: string;
  endpointId: string;
  httpStatus: number | null;
  error: AttemptError | null;
  text: string;
  sampleDeliveryId: string;
};

const groupRows = rowParameters<FailureGroup>("group", {
  id: ["uuid", (one) => one.id],
  workspace_id: ["uuid", (one) => one.workspaceId],
  endpoint_id: ["uuid", (one) => one.endpointId],
  http_status: ["smallint", (one) => one.httpStatus],
  error: ["text", (one) => one.error],
  // If a single row's text is empty, `string_to_array` returns no row for it.
  text: ["text", (one) => withoutSeparators(one.text) || null],
  sample: ["uuid", (one) => one.sampleDeliveryId],
});

/**
 * Records that failures of these kinds occur now; an empty group starts anew. It has its own transaction, so that no
 * process waits for a group while it holds other locks.
 */
export async function touchFailureGroups(sql: postgres.Sql, groups: FailureGroup[]): Promise<void> {
  await touch(sql, groupRows.values(groups.toSorted((a, b) => (a.id < b.id ? -1 : 1))));
}

const touch = namedStatement<never>(`
  insert into failure_groups as g
    (id, workspace_id, endpoint_id, http_status, error, text, sample_delivery_id, first_seen_at, last_seen_at)
  select x.id, x.workspace_id, x.endpoint_id, x.http_status, x.error, coalesce(x.text, ''), x.sample, now(), now()
  from ${groupRows.table} join workspaces w on w.id = x.workspace_id
  on conflict (id) do update set
    sample_delivery_id = excluded.sample_delivery_id,
    last_seen_at = excluded.last_seen_at,
    first_seen_at = case when g.last_seen_at > now() - interval '10 seconds'
      or exists (select from failure_group_buckets b where b.workspace_id = g.workspace_id and b.group_id = g.id)
      or exists (select from failure_group_deltas d where d.group_id = g.id)
      then g.first_seen_at else now() end
  where g.last_seen_at < now() - interval '1 second'`);

export type FailureGroupRow = Omit<FailureGroup, "workspaceId"> & {
  firstSeenAt: Date;
  lastSeenAt: Date;
  count: number;
  /** The most frequent first. */
  types: string[];
};

type GroupsQuery = {
  workspaceId: string;
  id: string | null;
  endpointIds: string[] | null;
  types: string[] | null;
  /** `2xx` to `5xx`, `none`, or a number. */
  httpStatuses: string[] | null;
  errors: string[] | null;
  /** By creation of their deliveries, in five-minute buckets. */
  from: Date | null;
  to: Date | null;
  order: "largest" | "newest" | "worst";
  limit: number;
  /** How many groups of that order are left out. */
  skip: number;
};

/** The groups that are not empty, of existing webhooks, with their present number of deliveries. Beyond the last, totals are 0. */
export async function findFailureGroups(
  sql: postgres.Sql,
  { from, to, ...query }: GroupsQuery,
): Promise<{ groups: FailureGroupRow[]; total: number; deliveries: number }> {
  const rows = await find(sql, {
    ...query,
    from: from?.toISOString() ?? null,
    to: to?.toISOString() ?? null,
  });
  return {
    groups: rows.map(({ firstSeenAt, lastSeenAt, total: _, deliveries: __, ...row }) => ({
      ...row,
      firstSeenAt: new Date(firstSeenAt),
      lastSeenAt: new Date(lastSeenAt),
    })),
    total: rows[0]?.total ?? 0,
    deliveries: rows[0]?.deliveries ?? 0,
  };
}

/** Both folded and unfolded counts are read. */
const entries = `(
    select group_id, type, bucket, n from failure_group_buckets where workspace_id = :workspaceId
    union all
    select group_id, type, bucket, n from failure_group_deltas where workspace_id = :workspaceId
  )`;

/** `rate`: deliveries per second since it began; with five minutes more, a single failure is not the worst at once. */
const find = namedStatement<
  Omit<FailureGroupRow, "firstSeenAt" | "lastSeenAt"> & {
    firstSeenAt: number;
    lastSeenAt: number;
    total: number;
    deliveries: number;
  }
>(
  `
  with types as (
    select group_id, type, sum(n) as n from ${entries} e
    where (:id::uuid is null or group_id = :id::uuid)
      and (:from::timestamptz is null or bucket > :from::timestamptz - interval '5 minutes')
      and (:to::timestamptz is null or bucket < :to::timestamptz)
      and (:types::text[] is null or type = any(:types::text[]))
    group by 1, 2 having sum(n) > 0
  ), sums as (
    select group_id, sum(n) as n, array_agg(type order by n desc, type) as types from types group by 1
  ), found as (
    select g.*, s.n, s.types,
      s.n / (date_part('epoch', now() - g.first_seen_at) + 300) as rate
    from sums s join failure_groups g on g.id = s.group_id and g.workspace_id = :workspaceId
    join endpoints p on p.id = g.endpoint_id and p.deleted_at is null
    where (:endpointIds::uuid[] is null or g.endpoint_id = any(:endpointIds::uuid[]))
      and (:errors::text[] is null or g.error = any(:errors::text[]))
      and (:httpStatuses::text[] is null or coalesce(g.http_status::text, 'none') = any(:httpStatuses::text[])
        or left(g.http_status::text, 1) || 'xx' = any(:httpStatuses::text[]))
  ), ranked as (
    select *, row_number() over (order by n desc, id) as by_size, row_number() over (order by rate desc, id) as by_rate
    from found
  )
  select g.id, g.endpoint_id as "endpointId", g.http_status as "httpStatus", g.error, g.text,
    g.sample_delivery_id as "sampleDeliveryId",
    (extract(epoch from g.first_seen_at) * 1000)::float8 as "firstSeenAt",
    (extract(epoch from g.last_seen_at) * 1000)::float8 as "lastSeenAt",
    g.n::float8 as count, g.types, (count(*) over ())::int as total, (sum(g.n) over ())::float8 as deliveries
  from ranked g
  order by case when :order = 'newest' then g.last_seen_at end desc,
    case when :order = 'worst' then least(g.by_size, g.by_rate) end, case when :order = 'worst' then g.by_rate end,
    g.by_size
  limit :limit offset :skip`,
  { prepared: false },
);

/** When the deliveries of a group were created: from its first five minutes until now, in bars of equal length. */
export type GroupStrip = { groupId: string; from: Date; counts: number[] };

/**
 * Adds up the deliveries of groups over time. This is done here, because an old group has thousands of five-minute
 * buckets, whose first one is found by their key.
 *
 * @param params.to now; a group of the last five minutes begins five minutes before
 */
export async function findGroupStrips(
  sql: postgres.Sql,
  { to, ...params }: { workspaceId: string; ids: string[]; to: Date; bars: number },
): Promise<GroupStrip[]> {
  if (params.ids.length === 0) return [];
  const rows = await findStrips(sql, { ...params, to: to.toISOString() });
  const strips = new Map<string, GroupStrip>();
  for (const { groupId, fromMs, bar, n } of rows) {
    const strip = strips.get(groupId) ?? {
      groupId,
      from: new Date(fromMs),
      counts: Array.from({ length: params.bars }, () => 0),
    };
    strip.counts[bar] = n;
    strips.set(groupId, strip);
  }
  return [...strips.values()];
}

const findStrips = namedStatement<{ groupId: string; fromMs: number; bar: number; n: number }>(
  `
  with unfolded as materialized (
    select group_id, bucket, sum(n) as n from failure_group_deltas
    where workspace_id = :workspaceId and group_id = any(:ids::uuid[]) group by 1, 2
  ), begun as materialized (
    select i.id as group_id, date_part('epoch', least(b.bucket, d.bucket, :to::timestamptz - interval '5 minutes')) as at
    from unnest(:ids::uuid[]) i(id)
    left join lateral (
      select b.bucket from failure_group_buckets b
      where b.workspace_id = :workspaceId and b.group_id = i.id
      group by b.bucket
      having sum(b.n) + coalesce((select u.n from unfolded u where u.group_id = i.id and u.bucket = b.bucket), 0) > 0
      order by b.bucket limit 1
    ) b on true
    left join lateral (
      select min(u.bucket) as bucket from unfolded u where u.group_id = i.id and u.n > 0
    ) d on true
  )
  select group_id as "groupId", (b.at * 1000)::float8 as "fromMs",
    greatest(0, least(:bars::int - 1, floor((date_part('epoch', e.bucket) - b.at) * :bars::int
      / (date_part('epoch', :to::timestamptz) - b.at))))::int as bar,
    sum(e.n)::float8 as n
  from ${entries} e join begun b using (group_id)
  group by 1, 2, 3 having sum(e.n) > 0`,
  { prepared: false },
);
