import type postgres from "postgres";
import { attemptErrors, latencyBucketsMs } from "../../lib/core/deliveries";
import { idAt } from "../../lib/core/ids";
import { openDatabase } from "../connection/client";
import { fiveMinutesOfId, hourOfId, msOfId } from "../fragments/time-of-id.mjs";
import { createPartitions, weekMs } from "../queries/create-partitions";
import { foldDeliveryDeltas } from "../queries/fold-delivery-deltas";
import { foldGroupDeltas } from "../queries/fold-group-deltas";
import { foldLedgerDeltas } from "../queries/fold-ledger-deltas";
import { holdIndexing } from "../queries/payload-index";
import { recountDeliveries } from "../queries/recount-deliveries";

const hourMs = 3_600_000;
/** Back from now: within the default retention. */
const spanMs = 4 * weekMs;
/** The newest are so old: their retries are in the past. */
const newestMs = 10 * 60_000;
const heldForMs = 72 * hourMs;
const failingForMs = 6 * hourMs;
const retriesForMs = 2 * hourMs;
const eventsPerStatement = 20_000;
const samples = 200;

/** Each event goes to one webhook at an even place, and one at an odd place. */
export const filledEndpoints = 20;
/** Places of webhooks: one that backs off, one that is disabled and holds events, and one that gets one of a thousand. */
export const placesOf = { busy: 0, failing: 2, holding: 3, quiet: 18 };
/** Types that the catalogue has: `filled.type_0` to `filled.type_39`, and these. */
export const rareType = "filled.rare";
export const unusedType = "filled.unused";
const commonTypes = 40;

export type FilledLog = {
  from: string;
  to: string;
  /** Ids of the tables, spread over all of it. */
  samples: { deliveryId: string; eventId: string; idempotencyKey: string }[];
  /** The largest first. */
  failureGroupIds: string[];
  replayId: string;
};

/** A number from 0 on that looks random, the same for the same row and use. */
const random = (row: string, use: number) => `(hashint8(${row} * 64 + ${use}) & 2147483647)`;

/** A UUIDv7 of a moment, as `newId` makes it (RFC 9562, section 5.7). */
const idOf = (ms: string, row: string, use: number) =>
  `(lpad(to_hex(${ms}), 12, '0') || '7' || lpad(to_hex(${random(row, use)} % 2048), 3, '0') || '8'
    || substr(md5(${row}::text || '/${use}'), 1, 15))::uuid`;

/** What a failure comes to: an answer, or a cause. One of the last kind comes with every 20,000 deliveries. */
const failures = [
  { httpStatus: 500, error: null, text: "db pool exhausted after … ms" },
  { httpStatus: 503, error: null, text: "upstream unavailable" },
  { httpStatus: 404, error: null, text: "no route for …" },
  { httpStatus: null, error: attemptErrors[4], text: "" },
  { httpStatus: null, error: attemptErrors[1], text: "" },
  { httpStatus: 422, error: null, text: "unknown currency" },
];
const lastFailure = failures.length - 1;
const literal = (value: string | number | null) => (typeof value === "string" ? `'${value}'` : `${value}`);
const ofFailure = (name: "httpStatus" | "error" | "text", kind: string) =>
  `case ${kind} ${failures.map((one, at) => `when ${at} then ${literal(one[name])}`).join(" ")} end`;

/**
 * Fills the log of a workspace that has none: events of the last four weeks, two deliveries each, with their attempts,
 * failure groups, counts and ledger as the app would have left them. Of a hundred deliveries 96 succeed at once and one
 * fails for good; one webhook backs off for six hours, one holds events for three days. Nothing is due soon.
 *
 * @param params.endpointIds `filledEndpoints` webhooks of the workspace, that get every type
 * @param params.deliveries in all, about
 */
export async function fillLog(
  url: string,
  params: { workspaceId: string; endpointIds: string[]; deliveries: number; say?: (line: string) => void },
): Promise<FilledLog> {
  const { db, sql, close } = openDatabase(url, { max: 1, statementTimeoutMs: 0 });
  try {
    const to = Date.now() - newestMs;
    const from = to - spanMs;
    await createPartitions(db, new Date(from));
    await createPartitions(db, new Date());
    // What comes behind what is indexed already would count as covered.
    await holdIndexing(sql, params.workspaceId);
    // Before anything waits: an app that runs would send it.
    await changeEndpoints(sql, params);
    const events = Math.ceil(params.deliveries / 2);
    for (let first = 0; first < events; first += eventsPerStatement) {
      const last = Math.min(events, first + eventsPerStatement) - 1;
      await sql.unsafe(insertRows({ ...params, events, from, first, last }));
      if ((first / eventsPerStatement) % 10 === 9) params.say?.(`${(last + 1) * 2} deliveries are written`);
    }
    params.say?.("counting them");
    await count(sql, params, { from, to });
    const replayId = await addReplay(sql, params);
    await sql`vacuum analyze`;
    return { ...(await sample(sql, params, { from, to })), replayId };
  } finally {
    await close();
  }
}

function insertRows(params: {
  workspaceId: string;
  endpointIds: string[];
  events: number;
  from: number;
  first: number;
  last: number;
}): string {
  const { workspaceId, endpointIds, events, from, first, last } = params;
  const end = from + spanMs;
  const endpointList = `array[${endpointIds.map((id) => `'${id}'::uuid`).join(", ")}]`;
  const isOfLast = (ms: number) => `e.ms > ${end - ms}`;
  // Of the five pairs of a webhook at an even place, the first gets three of ten events.
  const pair = `case when ${random("e.k", 10)} % 1000 = 0 then ${placesOf.quiet / 2}
    when ${random("e.k", 10)} % 1000 < 300 then 0 else 1 + ${random("e.k", 11)} % ${placesOf.quiet / 2 - 1} end`;
  return `
  with published as materialized (
    select k, ${from} + (${spanMs}::bigint * k) / ${events} as ms from generate_series(${first}::bigint, ${last}) k
  ), e as materialized (
    select k, ms, ${idOf("ms", "k", 0)} as id,
      case when ${random("k", 1)} % 25000 = 0 then '${rareType}'
        else 'filled.type_' || ${random("k", 2)} % ${commonTypes} end as type
    from published
  ), bodies as materialized (
    select e.*, '{"id":"evt_' || replace(id::text, '-', '') || '","type":"' || type || '","timestamp":"'
      || to_char(to_timestamp(ms / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","data":{"order":"ord_' || k || '","customer":{"id":"cus_' || ${random("k", 3)} % 100000
      || '","email":"person' || ${random("k", 3)} % 100000 || '@example.com"},"total":' || ${random("k", 4)} % 100000
      || ',"currency":"eur"}}' as body
    from e
  ), written as (
    insert into events (id, workspace_id, type, test, idempotency_key, body, body_bytes, deliveries)
    select id, '${workspaceId}', type, false, case when k % 2 = 0 then 'key-' || k end, body, octet_length(body), 2
    from bodies
  ), placed as materialized (
    select e.*, d, e.k * 2 + d as n, ${idOf("e.ms + 1 + d", "(e.k * 2 + d)", 5)} as delivery_id,
      2 * (${pair}) + d as place, octet_length(e.body) as body_bytes
    from bodies e cross join generate_series(0, 1) d
  ), decided as materialized (
    select e.*, (${endpointList})[place + 1] as endpoint_id,
      case when place = ${placesOf.holding} and ${isOfLast(heldForMs)} then 'held'
        when place = ${placesOf.failing} and ${isOfLast(failingForMs)}
          then case when ${random("n", 6)} % 3 = 0 then 'waiting' else 'retrying' end
        when ${isOfLast(retriesForMs)} and ${random("n", 7)} % 100000 < 500 then 'retrying'
        when ${random("n", 7)} % 100000 < 200 then 'discarded'
        when ${random("n", 7)} % 100000 < 1200 then 'failed'
        when ${random("n", 7)} % 100000 < 4000 then 'retried' else 'succeeded' end as fate,
      case when ${random("n", 7)} % 100000 between 1195 and 1199 then ${lastFailure}
        else ${random("n", 8)} % ${lastFailure} end as failure
    from placed e
  ), tried as materialized (
    select e.*,
      case fate when 'held' then 0 when 'waiting' then 0 when 'retrying' then 1 + ${random("n", 9)} % 3
        when 'discarded' then 3 when 'failed' then 8 when 'retried' then 2 + ${random("n", 9)} % 3 else 1 end as attempts,
      fate in ('retrying', 'discarded', 'failed') as has_failed
    from decided e
  ), rows as materialized (
    select e.*,
      case when has_failed then ${ofFailure("httpStatus", "failure")} when attempts > 0 then 200 end as http_status,
      case when has_failed then ${ofFailure("error", "failure")} end as error,
      case when attempts > 0 then case when has_failed and failure = 3 then 15000 else 20 + ${random("n", 12)} % 200 end end
        as duration_ms,
      case when fate in ('retrying', 'failed') then md5('${workspaceId}' || place || '/' || failure)::uuid end as group_id
    from tried e
  ), ended as (
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, discard_reason, attempts,
      http_status, error, duration_ms, completed_at, failure_group_id)
    select delivery_id, '${workspaceId}', id, endpoint_id, type, false,
      case fate when 'retried' then 'succeeded' else fate end, case fate when 'discarded' then 'by_person' end, attempts,
      http_status, error, duration_ms, to_timestamp((ms + 200 + (attempts - 1) * 60000) / 1000.0), group_id
    from rows where fate in ('succeeded', 'retried', 'failed', 'discarded') order by delivery_id
  ), queued as (
    insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, due_at, attempts,
      automatic_attempts, type, body_bytes, http_status, error, duration_ms, failure_group_id)
    select '${workspaceId}', delivery_id, endpoint_id, id, 0, true,
      case fate when 'retrying' then now() + make_interval(hours => 6 + attempts) else to_timestamp(ms / 1000.0) end,
      attempts, attempts, type, body_bytes, http_status, error, duration_ms, group_id
    from rows where fate in ('held', 'waiting', 'retrying') order by delivery_id
  )
  insert into attempts (id, delivery_id, number, trigger, url, started_at, duration_ms, http_status, error, signature, version,
    response_headers, response_body, response_truncated)
  select ${idOf("ms + 50 + (number - 1) * 60000", "(n * 16 + number)", 13)}, delivery_id, number, 'automatic', p.url,
    to_timestamp((ms + 50 + (number - 1) * 60000) / 1000.0), duration_ms,
    case when number = attempts then http_status else 503 end, case when number = attempts then error end,
    'v1,' || encode(sha256(delivery_id::text::bytea), 'base64'), '0.1.0', '{"content-type":"text/plain"}',
    case when number = attempts and not has_failed then 'ok'::bytea else 'upstream unavailable'::bytea end, false
  from rows cross join generate_series(1, 8) number join endpoints p on p.id = endpoint_id
  where number <= attempts
  order by 1`;
}

/** What has failed for hours backs off, what holds is disabled; and the types are in the catalogue. */
async function changeEndpoints(
  sql: postgres.Sql,
  { workspaceId, endpointIds }: { workspaceId: string; endpointIds: string[] },
) {
  await sql`update endpoint_states set next_due_at = now() + interval '6 hours', claimed_at = clock_timestamp()
    where endpoint_id = any(${endpointIds})`;
  await sql`update endpoint_states set consecutive_failures = 12, failing_since = now() - interval '6 hours',
      last_failure_at = now(), last_failure_status = 500, next_probe_at = now() + interval '6 hours'
    where endpoint_id = ${endpointIds[placesOf.failing] ?? null}`;
  await sql`update endpoint_states set disabled_at = now() - interval '3 days', disabled_cause = 'user',
      disabled_actor_name = 'Ana'
    where endpoint_id = ${endpointIds[placesOf.holding] ?? null}`;
  const types = Array.from({ length: commonTypes }, (_, number) => `filled.type_${number}`);
  await sql`insert into event_types (workspace_id, name, example)
    select ${workspaceId}, name, '{}' from unnest(${[...types, rareType, unusedType]}::text[]) name on conflict do nothing`;
}

/** The counts that the app keeps up; those that it can make anew it makes itself. */
async function count(sql: postgres.Sql, of: { workspaceId: string }, range: { from: number; to: number }) {
  await sql.unsafe(`
    insert into ledger_hours (workspace_id, hour, accepted, succeeded, failed, discarded)
    select workspace_id, ${hourOfId("event_id")}, count(*), count(*) filter (where status = 'succeeded'),
      count(*) filter (where status = 'failed'), count(*) filter (where status = 'discarded')
    from delivery_log where workspace_id = '${of.workspaceId}' group by 1, 2`);
  for (let week = Math.floor(range.from / hourMs) * hourMs; week <= range.to; week += weekMs) {
    await recountDeliveries(sql, { from: new Date(week), to: new Date(week + weekMs) });
    await foldDeliveryDeltas(sql);
    await foldLedgerDeltas(sql);
  }
  const grouped = `from delivery_log where workspace_id = '${of.workspaceId}' and failure_group_id is not null`;
  const happenedAt = (which: "min" | "max") => `to_timestamp(${which}(${msOfId("id")}) / 1000.0)`;
  await sql.unsafe(`
    insert into failure_groups (id, workspace_id, endpoint_id, http_status, error, text, sample_delivery_id, first_seen_at,
      last_seen_at)
    select failure_group_id, workspace_id, endpoint_id, http_status, error,
      case coalesce(http_status, 0) ${failures
        .flatMap(({ httpStatus, text }) => (httpStatus ? [`when ${httpStatus} then ${literal(text)}`] : []))
        .join(" ")} else '' end,
      max(id::text)::uuid, ${happenedAt("min")}, ${happenedAt("max")}
    ${grouped} group by failure_group_id, workspace_id, endpoint_id, http_status, error`);
  await sql.unsafe(`
    insert into failure_group_deltas (workspace_id, group_id, type, bucket, n)
    select workspace_id, failure_group_id, type, ${fiveMinutesOfId("id")}, count(*) ${grouped} group by 1, 2, 3, 4`);
  await foldGroupDeltas(sql);
  const bucket = (at: number) =>
    `count(*) filter (where width_bucket(duration_ms, array[${latencyBucketsMs.join(", ")}]) = ${at})`;
  await sql.unsafe(`
    insert into endpoint_hours (endpoint_id, hour, attempts, succeeded, first_attempts, first_succeeded, latency,
      last_attempt_at, last_success_at)
    select endpoint_id, date_trunc('hour', completed_at), sum(attempts), count(*) filter (where status = 'succeeded'),
      count(*), count(*) filter (where status = 'succeeded' and attempts = 1),
      array[${Array.from({ length: latencyBucketsMs.length + 1 }, (_, at) => bucket(at)).join(", ")}],
      max(completed_at), max(completed_at) filter (where status = 'succeeded')
    from deliveries where workspace_id = '${of.workspaceId}' group by 1, 2`);
}

/** A job that is done: what failed lately was sent again. */
async function addReplay(sql: postgres.Sql, { workspaceId }: { workspaceId: string }): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    with job as (
      insert into replays (id, workspace_id, kind, filter, status, total, done, created_by, finished_at)
      values (gen_random_uuid(), ${workspaceId}, 'replay', '{}', 'done', 1000, 1000, 'Ana', now()) returning id
    ), sent as (
      insert into replay_deliveries (replay_id, delivery_id)
      select job.id, d.id from job cross join (
        select id from deliveries where workspace_id = ${workspaceId} and attempts > 1 order by id desc limit 1000
      ) d
    )
    select id from job`;
  return row?.id ?? "";
}

async function sample(
  sql: postgres.Sql,
  { workspaceId }: { workspaceId: string },
  { from, to }: { from: number; to: number },
): Promise<Omit<FilledLog, "replayId">> {
  const found: FilledLog["samples"] = [];
  for (let number = 0; number < samples; number += 1) {
    const at = idAt(new Date(from + ((to - from) * number) / samples));
    const [row] = await sql<FilledLog["samples"]>`
      select d.id as "deliveryId", e.id as "eventId", e.idempotency_key as "idempotencyKey"
      from (
        select id, idempotency_key from events
        where workspace_id = ${workspaceId} and id >= ${at} and idempotency_key is not null order by id limit 1
      ) e join delivery_log d on d.event_id = e.id limit 1`;
    if (row) found.push(row);
  }
  const groups = await sql<{ id: string }[]>`
    select group_id as id from failure_group_buckets where workspace_id = ${workspaceId}
    group by 1 order by sum(n) desc limit 20`;
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    samples: found,
    failureGroupIds: groups.map(({ id }) => id),
  };
}
