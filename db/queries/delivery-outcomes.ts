import type postgres from "postgres";
import { idAt } from "../../lib/core/ids";
import { isHeld } from "../fragments/is-held";
import { msOfId } from "../fragments/time-of-id.mjs";
import { namedStatement } from "./named-statement";

/** Pending deliveries are counted one by one: the newest so many. */
export const openCountMax = 50_000;

const hourMs = 3_600_000;

/** Buckets of a range: each begins at a multiple of its width since 1970, as `from` and `to` do. */
export type Buckets = {
  workspaceId: string;
  /** `null`: all of the workspace. */
  endpointIds: string[] | null;
  from: Date;
  to: Date;
  /** Whole minutes. */
  bucketMs: number;
};
type InBucket = { endpointId: string; bucket: Date };
/** Deliveries that have ended, of one endpoint and bucket. */
export type Outcomes = InBucket & { succeeded: number; failed: number; discarded: number };
/** Deliveries that have not: `waiting` was not tried yet, `retrying` was. */
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

/** Deliveries that have ended, tests left out, by endpoint and bucket of creation; those with none are left out. */
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
    floor(extract(epoch from at) * 1000 / :bucketMs::float8) * :bucketMs::float8 as "bucketMs",
    sum(succeeded)::float8 as succeeded, sum(failed)::float8 as failed, sum(discarded)::float8 as discarded
  from (${counted(`delivery_${unit}s`, unit)} union all ${counted("delivery_deltas", "minute")}) c
  group by 1, 2 having sum(succeeded) <> 0 or sum(failed) <> 0 or sum(discarded) <> 0`,
    { prepared: false },
  );
const findByMinute = findBy("minute");
const findByHour = findBy("hour");

/**
 * Pending deliveries, tests left out, by endpoint and bucket of creation: the newest `openCountMax`.
 *
 * @returns also since when all are counted, if there are more
 */
export async function findOpen(
  sql: postgres.Sql,
  buckets: Buckets,
): Promise<{ open: Open[]; countedFrom: Date | null }> {
  const { from, to, ...rest } = values(buckets);
  const rows = await findPending(sql, { ...rest, fromId: idAt(new Date(from)), belowId: idAt(new Date(to)) });
  const count = rows.reduce((sum, { waiting, retrying, held }) => sum + waiting + retrying + held, 0);
  const oldestMs = Math.min(...rows.map((row) => row.oldestMs));
  return {
    open: rows.map(({ oldestMs: _, ...row }) => bucketed(row)),
    countedFrom: count < openCountMax ? null : new Date(oldestMs),
  };
}

const findPending = namedStatement<Omit<Open, "bucket"> & { bucketMs: number; oldestMs: number }>(
  `
  select q.endpoint_id as "endpointId",
    floor(${msOfId("q.delivery_id")} / :bucketMs::float8) * :bucketMs::float8 as "bucketMs",
    count(*) filter (where q.attempts = 0 and not ${isHeld({ queue: "q", state: "s", endpoint: "p" })})::float8 as waiting,
    count(*) filter (where q.attempts > 0 and not ${isHeld({ queue: "q", state: "s", endpoint: "p" })})::float8 as retrying,
    count(*) filter (where ${isHeld({ queue: "q", state: "s", endpoint: "p" })})::float8 as held,
    min(${msOfId("q.delivery_id")})::float8 as "oldestMs"
  from (
    select endpoint_id, delivery_id, attempts, generation, pending, test from delivery_queue
    where workspace_id = :workspaceId::uuid and delivery_id >= :fromId::uuid and delivery_id < :belowId::uuid
      and pending and not test and (:all::boolean or endpoint_id = any(:endpointIds::uuid[]))
    order by delivery_id desc limit ${openCountMax}
  ) q
  join endpoints p on p.id = q.endpoint_id join endpoint_states s on s.endpoint_id = q.endpoint_id
  group by 1, 2`,
  { prepared: false },
);
