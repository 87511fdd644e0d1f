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
  const rows = await findPending(sql, { ...range, bounds: starts.map((ms) => idAt(new Date(ms))) });
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

/** What many rows share is computed once for all, so that a row only has to be placed between the bounds. */
const findPending = namedStatement<Omit<Open, "bucket"> & { place: number }>(
  `
  select g.endpoint_id as "endpointId", g.place,
    coalesce(sum(g.n) filter (where not h.held and not g.tried), 0)::float8 as waiting,
    coalesce(sum(g.n) filter (where not h.held and g.tried), 0)::float8 as retrying,
    coalesce(sum(g.n) filter (where h.held), 0)::float8 as held
  from (
    select endpoint_id, width_bucket(delivery_id, :bounds::uuid[]) as place, attempts > 0 as tried, generation,
      true as pending, false as test, count(*) as n
    from (select endpoint_id, delivery_id, attempts, generation ${pending} limit ${openCountMax}) q
    group by 1, 2, 3, 4
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
