import type postgres from "postgres";
import type { AttemptError, AttemptTrigger, StoredDeliveryStatus } from "../../lib/core/deliveries";
import { backoffFailures, disableFailures, failureThresholds } from "../../lib/core/endpoints";
import { fromColumns, toColumns, withoutSeparators } from "./columns";
import { onDatabaseClock } from "./database-clock";
import { isRow } from "./is-row";
import { insertLedgerDeltas } from "./ledger-deltas";
import { noLease } from "./no-lease";

/** A finished attempt, and where it takes its delivery. */
export type AttemptRecord = {
  id: string;
  workspaceId: string;
  deliveryId: string;
  endpointId: string;
  token: string;
  number: number;
  trigger: AttemptTrigger;
  test: boolean;
  url: string;
  /** RFC 3339. */
  startedAt: string;
  durationMs: number;
  httpStatus: number | null;
  error: AttemptError | null;
  errorDetail: string | null;
  /** Of the request; `null` where it could not be signed, and `requestHeaders` are all headers that there are. */
  signature: string | null;
  /** Of Posthorn. */
  version: string | null;
  /** Those that its delivery and its signature do not say; `null` for none. */
  requestHeaders: Record<string, string> | null;
  responseHeaders: Record<string, string> | null;
  responseBody: Buffer | null;
  responseTruncated: boolean;
  /** `null`: the delivery stays in its status. */
  status: StoredDeliveryStatus | null;
  /** The schedule from now on: a time by this process's clock, `null` for none, `"keep"` for as it was. */
  dueAt: string | null | "keep";
  /** RFC 3339: the receiver asked to be left alone until then; `null` where it did not. */
  retryAfter: string | null;
};

/** Figures to add to an endpoint's hour. */
export type HourDelta = {
  endpointId: string;
  hour: string;
  attempts: number;
  succeeded: number;
  firstAttempts: number;
  firstSucceeded: number;
  latency: number[];
  lastAttemptAt: string;
};

/** What attempts mean for the state of their endpoint, in the order in which they ended. Tests are left out. */
export type EndpointResult = {
  endpointId: string;
  workspaceId: string;
  succeeded: number;
  /** Failed automatic attempts (probes too) before the first success, or all where none succeeded. */
  failedBefore: number;
  /** Those after the last success. */
  failedAfter: number;
  /** Tokens of probes that failed. */
  failedProbes: string[];
  /** It answered 410. */
  gone: boolean;
  /** RFC 3339: of the first and the last failure that counts; `null` where there was none. */
  firstFailureAt: string | null;
  lastFailureAt: string | null;
  lastFailureStatus: number | null;
  lastFailureError: AttemptError | null;
  retryAfter: string | null;
};

/**
 * Records attempts in bulk, in one statement: the attempts, the transitions of deliveries and endpoints, the hourly
 * figures, the ledger's deltas. An attempt's row is always written, for the receiver did see it; its delivery's
 * transition only while the token is still the delivery's.
 *
 * @param params.hours sorted by endpoint and hour, so that two processes cannot wait for each other in a ring
 * @param params.endpoints sorted by endpoint, for the same reason
 * @param params.probeDelaysMs the delay before probe 1, 2, …
 * @returns in how many milliseconds endpoints that back off may be probed, and whether one came back
 */
export async function recordAttempts(
  sql: postgres.Sql | postgres.TransactionSql,
  params: {
    records: AttemptRecord[];
    hours: HourDelta[];
    endpoints: EndpointResult[];
    probeDelaysMs: number[];
  },
): Promise<{ probesInMs: number[]; recovered: boolean }> {
  const { records, hours, endpoints, probeDelaysMs } = params;
  const [row] = await sql.unsafe<{ probesInMs: number[] | null; recovered: boolean | null }[]>(
    statement,
    [
      ...toColumns(records, [
        (one) => one.id,
        (one) => one.workspaceId,
        (one) => one.deliveryId,
        (one) => one.token,
        (one) => one.number,
        (one) => one.trigger,
        (one) => one.url,
        (one) => one.startedAt,
        (one) => one.durationMs,
        (one) => one.httpStatus,
        (one) => one.error,
        (one) => one.errorDetail && withoutSeparators(one.errorDetail),
        (one) => one.signature,
        (one) => one.version,
        (one) => one.requestHeaders && JSON.stringify(one.requestHeaders),
        (one) => one.responseHeaders && JSON.stringify(one.responseHeaders),
        (one) => one.responseBody?.toString("base64") ?? null,
        (one) => one.responseTruncated,
        (one) => one.status,
        (one) => (one.dueAt === "keep" ? null : one.dueAt),
        (one) => one.dueAt === "keep",
      ]),
      ...toColumns(hours, [
        (one) => one.endpointId,
        (one) => one.hour,
        (one) => one.attempts,
        (one) => one.succeeded,
        (one) => one.firstAttempts,
        (one) => one.firstSucceeded,
        (one) => `{${one.latency.join(",")}}`,
        (one) => one.lastAttemptAt,
      ]),
      ...toColumns(endpoints, [
        (one) => one.endpointId,
        (one) => one.workspaceId,
        (one) => one.succeeded,
        (one) => one.failedBefore,
        (one) => one.failedAfter,
        (one) => one.gone,
        (one) => one.firstFailureAt,
        (one) => one.lastFailureAt,
        (one) => one.lastFailureStatus,
        (one) => one.lastFailureError,
        (one) => one.retryAfter,
      ]),
      endpoints.flatMap((one) => one.failedProbes),
      probeDelaysMs,
      new Date().toISOString(),
    ],
    { prepare: true },
  );
  return { probesInMs: row?.probesInMs ?? [], recovered: row?.recovered ?? false };
}

/**
 * Attempts and deliveries are written in the order of their keys, so that the pages of their indexes get full.
 *
 * Given the same records again (the connection was lost as they were committed), it changes nothing: figures and states
 * move only where an attempt was written. A delivery leaves the queue when it has ended (succeeded, failed), or when it had ended before and nothing more is
 * asked of it. `was` are the states that change, as they are under the lock, so that each threshold is crossed by one
 * statement only, and the ids of what is told (a UUIDv7 with microseconds, RFC 9562 section 6.2) sort as they happened:
 * below 5 every failed automatic attempt adds to the count, which stops there, however many fail at
 * once; from 5 on only the failure of the probe whose token stands on the endpoint. A success sets it to 0.
 */
const statement = `
  with input as materialized (
    select * from ${fromColumns(1, {
      id: "uuid",
      workspaceId: "uuid",
      deliveryId: "uuid",
      token: "uuid",
      number: "int",
      trigger: "text",
      url: "text",
      startedAt: "timestamptz",
      durationMs: "int",
      httpStatus: "smallint",
      error: "text",
      errorDetail: "text",
      signature: "text",
      version: "text",
      requestHeaders: "json",
      responseHeaders: "json",
      responseBody: "text",
      responseTruncated: "boolean",
      status: "text",
      dueAt: "timestamptz",
      keepDue: "boolean",
    })}
  ), written as (
    insert into attempts (id, delivery_id, number, trigger, url, started_at, duration_ms, http_status, error,
      error_detail, signature, version, request_headers, response_headers, response_body, response_truncated)
    select "id", "deliveryId", "number", "trigger", "url", "startedAt", "durationMs",
      "httpStatus", "error", "errorDetail", "signature", "version", "requestHeaders", "responseHeaders",
      decode("responseBody", 'base64'), "responseTruncated"
    from input order by "deliveryId", id
    on conflict do nothing
    returning 1
  ), ended as (
    delete from delivery_queue q using input i
    where ${isRow(["q.workspace_id", "q.delivery_id"], ['i."workspaceId"', 'i."deliveryId"'])} and q.token = i.token
      and (i.status in ('succeeded', 'failed')
        or not q.pending and (i.trigger in ('replay', 'probe') or i.trigger = 'manual' and q.due_at is null))
    returning i."workspaceId", i."deliveryId", i.status, i.number, i."httpStatus", i.error, i."durationMs",
      q.workspace_id, q.event_id, q.endpoint_id, q.type, q.test, q.pending, q.attempts,
      case when q.pending then 'pending' else (
        select o.status from deliveries o where o.workspace_id = q.workspace_id and o.id = q.delivery_id
      ) end as was
  ), waiting as (
    update delivery_queue q set
      due_at = case when i."keepDue" then q.due_at else ${onDatabaseClock('i."dueAt"', "$43")} end,
      replay = q.replay and i.trigger = 'manual',
      requested_at = case when i.trigger in ('manual', 'test') then null else q.requested_at end,
      requested_trigger = case when i.trigger in ('manual', 'test') then null else q.requested_trigger end,
      ${noLease},
      attempts = greatest(q.attempts, i.number),
      automatic_attempts = q.automatic_attempts + case when i.trigger in ('automatic', 'probe') then 1 else 0 end,
      http_status = i."httpStatus",
      error = i.error,
      duration_ms = i."durationMs"
    from input i
    where ${isRow(["q.workspace_id", "q.delivery_id"], ['i."workspaceId"', 'i."deliveryId"'])} and q.token = i.token
      and not (coalesce(i.status in ('succeeded', 'failed'), false)
        or not q.pending and (i.trigger in ('replay', 'probe') or i.trigger = 'manual' and q.due_at is null))
    returning i."workspaceId", i."deliveryId", i.status, i.number, i."httpStatus", i.error, i."durationMs", q.pending
  ), concluded as (
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts,
      http_status, error, duration_ms, completed_at)
    select "deliveryId", workspace_id, event_id, endpoint_id, type, test, status,
      greatest(attempts, number), "httpStatus", error, "durationMs", now()
    from ended where pending order by "deliveryId"
  ), moved as (
    update deliveries d set
      status = coalesce(f.status, d.status),
      completed_at = case when f.status in ('succeeded', 'failed') then now() else d.completed_at end,
      discard_reason = case when f.status is null then d.discard_reason end,
      attempts = greatest(d.attempts, f.number),
      http_status = f."httpStatus",
      error = f.error,
      duration_ms = f."durationMs"
    from (
      select "workspaceId", "deliveryId", status, number, "httpStatus", error, "durationMs", pending from ended
      union all select * from waiting
    ) f where not f.pending and ${isRow(["d.workspace_id", "d.id"], ['f."workspaceId"', 'f."deliveryId"'])}
  ), entered as (${insertLedgerDeltas("(select *, status as became from ended where status is not null)")}
  ), counted as (
    insert into endpoint_hours as h
      (endpoint_id, hour, attempts, succeeded, first_attempts, first_succeeded, latency, last_attempt_at)
    select "endpointId", "hour", "attempts", "succeeded", "firstAttempts", "firstSucceeded", "latency"::int[], "lastAttemptAt"
    from ${fromColumns(22, {
      endpointId: "uuid",
      hour: "timestamptz",
      attempts: "int",
      succeeded: "int",
      firstAttempts: "int",
      firstSucceeded: "int",
      latency: "text",
      lastAttemptAt: "timestamptz",
    })}
    where exists (select from written)
    on conflict (endpoint_id, hour) do update set
      attempts = h.attempts + excluded.attempts,
      succeeded = h.succeeded + excluded.succeeded,
      first_attempts = h.first_attempts + excluded.first_attempts,
      first_succeeded = h.first_succeeded + excluded.first_succeeded,
      latency = (select array_agg(a + b order by place)
        from unnest(h.latency, excluded.latency) with ordinality as u(a, b, place)),
      last_attempt_at = greatest(h.last_attempt_at, excluded.last_attempt_at)
  ), results as materialized (
    select * from ${fromColumns(30, {
      endpointId: "uuid",
      workspaceId: "uuid",
      succeeded: "int",
      failedBefore: "int",
      failedAfter: "int",
      gone: "boolean",
      firstFailureAt: "timestamptz",
      lastFailureAt: "timestamptz",
      lastFailureStatus: "smallint",
      lastFailureError: "text",
      retryAfter: "timestamptz",
    })}
  ), was as materialized (
    select r.*, s.concurrency, s.consecutive_failures as failures, s.ramp, s.disabled_at, s.failing_since,
      case when s.consecutive_failures >= ${backoffFailures}
        then s.consecutive_failures + coalesce(s.probe_token = any($41::uuid[]), false)::int
        else least(${backoffFailures}, s.consecutive_failures + r."failedBefore") end as peak
    from results r join endpoint_states s on s.endpoint_id = r."endpointId"
    where (r."failedBefore" > 0 or r.gone or s.consecutive_failures > 0 or s.ramp is not null or r."failedAfter" > 0)
      and exists (select from written)
    order by s.endpoint_id for no key update of s
  ), will as materialized (
    select w.*, case when w.succeeded > 0 then least(${backoffFailures}, w."failedAfter") else w.peak end as becomes,
      w.disabled_at is null and (w.gone or w.succeeded = 0 and w.failures < ${disableFailures} and w.peak >= ${disableFailures}) as disables
    from was w
  ), changed as (
    update endpoint_states s set
      consecutive_failures = w.becomes,
      failing_since = case
        when w.becomes = 0 then null
        when w.failures = 0 or w.succeeded > 0 then w."firstFailureAt"
        else s.failing_since end,
      last_failure_at = coalesce(w."lastFailureAt", s.last_failure_at),
      last_failure_status = case when w."lastFailureAt" is null then s.last_failure_status else w."lastFailureStatus" end,
      last_failure_error = case when w."lastFailureAt" is null then s.last_failure_error else w."lastFailureError" end,
      next_probe_at = case
        when w.becomes < ${backoffFailures} then null
        when w.becomes = w.failures and w.succeeded = 0 then s.next_probe_at
        else ${onDatabaseClock(
          `greatest(w."retryAfter", w."lastFailureAt"
            + make_interval(secs => ($42::float8[])[w.becomes - ${backoffFailures - 1}] / 1000))`,
          "$43",
        )} end,
      probe_token = case when w.succeeded > 0 or w.becomes <> w.failures then null else s.probe_token end,
      probe_until = case when w.succeeded > 0 or w.becomes <> w.failures then null else s.probe_until end,
      ramp = case
        when w.succeeded > 0 and w.peak >= ${backoffFailures} then 1
        when s.ramp is null then null
        when w.succeeded = 0 then 1
        when s.ramp + w.succeeded >= s.concurrency then null
        else s.ramp + w.succeeded end,
      disabled_at = case when w.disables then now() else s.disabled_at end,
      disabled_reason = case
        when not w.disables then s.disabled_reason
        when w.gone then 'it answered 410 Gone'
        else 'after ${disableFailures} failures' end
    from will w where s.endpoint_id = w."endpointId"
    returning s.next_probe_at, w.succeeded > 0 and w.peak >= ${backoffFailures} as recovered
  ), told as (
    insert into endpoint_transitions (id, workspace_id, endpoint_id, kind, consecutive_failures, http_status, error, reason, created_at)
    select (lpad(to_hex(at.us / 1000), 12, '0') || '7' || lpad(to_hex(at.us % 1000 * 4 + t.place), 3, '0') || '8'
        || substr(md5(random()::text), 1, 15))::uuid,
      w."workspaceId", w."endpointId", t.kind, t.failures, w."lastFailureStatus", w."lastFailureError", t.reason,
      to_timestamp(at.us / 1e6)
    from will w cross join lateral (values
      (0, 'failing', ${backoffFailures}, null, w.failures < ${backoffFailures} and w.peak >= ${backoffFailures}),
      (1, 'threshold', w.peak, null, w.succeeded = 0 and w.peak > w.failures and w.peak in (${failureThresholds.filter((n) => n > backoffFailures).join(", ")})),
      (2, 'recovered', 0, null, w.succeeded > 0 and w.peak >= ${backoffFailures}),
      (3, 'failing', ${backoffFailures}, null, w.succeeded > 0 and w."failedAfter" >= ${backoffFailures}),
      (3, 'disabled', w.becomes, case when w.gone then 'it answered 410 Gone' else 'after ${disableFailures} failures' end, w.disables)
    ) as t(place, kind, failures, reason, happened)
    cross join lateral (select (extract(epoch from clock_timestamp()) * 1e6)::bigint as us where t.happened) at
    where t.happened and (w.disabled_at is null)
  )
  select array_agg((extract(epoch from next_probe_at - now()) * 1000)::float8) filter (where next_probe_at is not null) as "probesInMs",
    bool_or(recovered) as recovered
  from changed`;
