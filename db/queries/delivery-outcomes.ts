import type postgres from "postgres";
import { bucketStarts } from "../../lib/core/buckets";
import { idAt } from "../../lib/core/ids";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import { isHeld } from "../fragments/is-held";
import { namedStatement } from "./named-statement";

/** Pending deliveries are counted one by one: at most the newest so many. */
export const openCountMax = 50_000;

const hourMs = 3_600_000;

/** Buckets of a range. Each begins at a multiple of its width since 1970, and so do `from` and `to`. */
export type Buckets = {
  workspaceId: string;
  /** `null`: the whole workspace. */
  endpointIds: string[] | null;
  from: Date;
  to: Date;
  /** Whole minutes. */
  bucketMs: number;
};
type InBucket = { endpointId: string; bucket: Date };
/** Ended deliveries of one endpoint and bucket. */
export type Outcomes = InBucket & { succeeded: number; failed: number; discarded: number };
/** Pending deliveries: `waiting` has not been tried, `retrying` has. */
export type Open = InBucket & { waiting: number; retrying: number; held: number };

const values = ({ workspaceId, endpointIds, from, to, bucketMs }: Buckets) => ({
  workspaceId,
  endpointIds: endpointIds ?? [],
  all: endpointIds === null,
  from: from.toISOString(),
  to: to.toISOString(),
  bucketMs,
});
const bucketed = <T extends { bucketMs: number }>({ bucketMs, ...row }: T) => ({
  ...row,
  bucket: new Date(bucketMs),
});

/** Ended deliveries by endpoint and bucket of creation, without tests. Buckets with none are left out. */
export async function findOutcomes(sql: postgres.Sql, buckets: Buckets): Promise<Outcomes[]> {
  const find = buckets.bucketMs % hourMs === 0 ? findByHour : findByMinute;
  return (await find(sql, values(buckets))).map(bucketed);
}

type OutcomeRow = Omit<Outcomes, "bucket"> & { bucketMs: number };
const counted = (table: string, unit: string) => `
    select endpoint_id, ${unit} as at, succeeded, failed, discarded from ${table}
    where workspace_id = :workspaceId::uuid and ${unit} >= :from::timestamptz and ${unit} < :to::timestamptz
      and (:all::boolean or endpoint_id = any(:endpointIds::uuid[]))`;
const findBy = (unit: "minute" | "hour") =>
  namedStatement<OutcomeRow>(
    `
  select endpoint_id as "endpointId",
    floor(date_part('epoch', at) * 1000 / :bucketMs::float8) * :bucketMs::float8 as "bucketMs",
    sum(succeeded)::float8 as succeeded, sum(failed)::float8 as failed, sum(discarded)::float8 as discarded
  from (${counted(`delivery_${unit}s`, unit)} union all ${counted("delivery_deltas", "minute")}) c
  group by 1, 2 having sum(succeeded) <> 0 or sum(failed) <> 0 or sum(discarded) <> 0`,
    { prepared: false },
  );
const findByMinute = findBy("minute");
const findByHour = findBy("hour");

/**
 * Pending deliveries by endpoint and bucket of creation, without tests: the newest `openCountMax`.
 *
 * @returns also the moment from which all are counted, if there are more
 */
export async function findOpen(
  sql: postgres.Sql,
  buckets: Buckets,
): Promise<{ open: Open[]; countedFrom: Date | null }> {
  const { from, to, bucketMs, ...rest } = values(buckets);
  const starts = bucketStarts({ fromMs: Date.parse(from), toMs: Date.parse(to), bucketMs });
  const range = { ...rest, fromId: idAt(new Date(from)), belowId: idAt(new Date(to)) };
  const bounds = starts.map((ms) => idAt(new Date(ms)));
  const rows = await findPending(sql, { ...rest, belowId: range.belowId, bounds });
  const count = rows.reduce((sum, { waiting, retrying, held }) => sum + waiting + retrying + held, 0);
  const [oldest] = count < openCountMax ? [] : await findOldest(sql, lowestOf(range, { starts, rows }));
  return {
    open: rows.map(({ place, ...row }) => ({ ...row, bucket: new Date(starts[place - 1] ?? from) })),
    countedFrom: oldest ? timeOfId(oldest.id) : null,
  };
}

const pending = `
  from delivery_queue
  where workspace_id = :workspaceId::uuid and delivery_id >= :fromId::uuid and delivery_id < :belowId::uuid
    and pending and not test and (:all::boolean or endpoint_id = any(:endpointIds::uuid[]))
  order by delivery_id desc`;

/** From the newest bucket back until enough are counted; to place each row between the bounds would take longer. */
const findPending = namedStatement<Omit<Open, "bucket"> & { place: number }>(
  `
  with recursive walk as (
    select cardinality(:bounds::uuid[]) + 1 as place, 0::bigint as n, '[]'::jsonb as found
    union all
    select w.place - 1, w.n + c.n, c.found
    from walk w cross join lateral (
      select coalesce(sum(g.n), 0)::bigint as n,
        coalesce(jsonb_agg(jsonb_build_object('endpoint_id', endpoint_id, 'tried', tried, 'generation', generation, 'n', n)),
          '[]') as found
      from (
        select endpoint_id, attempts > 0 as tried, generation, count(*) as n from (
          select endpoint_id, attempts, generation
          from delivery_queue
          where workspace_id = :workspaceId::uuid
            and delivery_id >= (:bounds::uuid[])[w.place - 1]
            and delivery_id < coalesce((:bounds::uuid[])[w.place], :belowId::uuid)
            and pending and not test and (:all::boolean or endpoint_id = any(:endpointIds::uuid[]))
          order by delivery_id desc limit ${openCountMax} - w.n
        ) q group by 1, 2, 3
      ) g
    ) c
    where w.place > 1 and w.n < ${openCountMax}
  )
  select g.endpoint_id as "endpointId", g.place,
    coalesce(sum(g.n) filter (where not h.held and not g.tried), 0)::float8 as waiting,
    coalesce(sum(g.n) filter (where not h.held and g.tried), 0)::float8 as retrying,
    coalesce(sum(g.n) filter (where h.held), 0)::float8 as held
  from (
    select f.*, w.place, true as pending, false as test
    from walk w
    cross join jsonb_to_recordset(w.found) f(endpoint_id uuid, tried boolean, generation integer, n bigint)
  ) g
  join endpoints p on p.id = g.endpoint_id join endpoint_states s on s.endpoint_id = g.endpoint_id
  cross join lateral (select ${isHeld({ queue: "g", state: "s", endpoint: "p" })} as held) h
  group by 1, 2`,
  { prepared: false },
);

/** The oldest bucket that anything was counted of, and how much of it was. */
function lowestOf<Range>(
  range: Range & { belowId: string },
  { starts, rows }: { starts: number[]; rows: (Omit<Open, "bucket"> & { place: number })[] },
) {
  const place = Math.min(...rows.map((row) => row.place));
  const end = starts[place];
  const counted = rows
    .filter((row) => row.place === place)
    .reduce((sum, { waiting, retrying, held }) => sum + waiting + retrying + held, 0);
  return { ...range, belowId: end === undefined ? range.belowId : idAt(new Date(end)), skipped: counted - 1 };
}

const findOldest = namedStatement<{ id: string }>(
  `select delivery_id as id ${pending} offset :skipped::int limit 1`,
  { prepared: false },
);
