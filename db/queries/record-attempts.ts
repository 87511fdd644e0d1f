import type postgres from "postgres";
import type { AttemptError, AttemptTrigger, StoredDeliveryStatus } from "../../lib/deliveries/constants";

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
  requestHeaders: Record<string, string>;
  responseHeaders: Record<string, string> | null;
  responseBody: Buffer | null;
  responseTruncated: boolean;
  /** `null`: the delivery stays in its status. */
  status: StoredDeliveryStatus | null;
  /** The schedule from now on: a time, `null` for none, `"keep"` for as it was. */
  dueAt: string | null | "keep";
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

/**
 * Records attempts in bulk, in one statement: the attempts, the transitions, the hourly figures. An attempt's row is
 * always written, for the receiver did see it; its transition only while the token is still the delivery's.
 *
 * @param params.hours sorted by endpoint and hour, so that two processes cannot wait for each other in a ring
 * @returns how many transitions were made
 */
export async function recordAttempts(
  sql: postgres.Sql | postgres.TransactionSql,
  params: { records: AttemptRecord[]; hours: HourDelta[] },
): Promise<number> {
  const [row] = await sql.unsafe<{ n: number }[]>(
    statement,
    [
      JSON.stringify(
        params.records.map((record) => ({
          ...record,
          responseBody: record.responseBody?.toString("base64") ?? null,
          keepDue: record.dueAt === "keep",
          dueAt: record.dueAt === "keep" ? null : record.dueAt,
        })),
      ),
      JSON.stringify(params.hours),
    ],
    { prepare: true },
  );
  return row?.n ?? 0;
}

const statement = `
  with input as materialized (
    select * from json_to_recordset($1::text::json) as x(
      "id" uuid, "workspaceId" uuid, "deliveryId" uuid, "endpointId" uuid, "token" uuid, "number" int, "trigger" text,
      "url" text, "startedAt" timestamptz, "durationMs" int, "httpStatus" smallint, "error" text, "errorDetail" text,
      "requestHeaders" jsonb, "responseHeaders" jsonb, "responseBody" text, "responseTruncated" boolean,
      "status" text, "dueAt" timestamptz, "keepDue" boolean)
  ), written as (
    insert into attempts (id, workspace_id, delivery_id, endpoint_id, number, trigger, url, started_at, duration_ms,
      http_status, error, error_detail, request_headers, response_headers, response_body, response_truncated)
    select "id", "workspaceId", "deliveryId", "endpointId", "number", "trigger", "url", "startedAt", "durationMs",
      "httpStatus", "error", "errorDetail", "requestHeaders", nullif("responseHeaders", 'null'),
      decode("responseBody", 'base64'), "responseTruncated"
    from input
    on conflict do nothing
  ), moved as (
    update deliveries d set
      status = coalesce(i.status, d.status),
      due_at = case when i."keepDue" then d.due_at else i."dueAt" end,
      completed_at = case when i.status in ('succeeded', 'failed') then now() else d.completed_at end,
      discard_reason = case when i.status is null then d.discard_reason end,
      requested_at = case when i.trigger = 'automatic' then d.requested_at end,
      requested_trigger = case when i.trigger = 'automatic' then d.requested_trigger end,
      token = null,
      leased_until = null,
      attempts = greatest(d.attempts, i.number),
      automatic_attempts = d.automatic_attempts + case when i.trigger = 'automatic' then 1 else 0 end,
      http_status = i."httpStatus",
      error = i.error,
      duration_ms = i."durationMs"
    from input i where d.id = i."deliveryId" and d.token = i.token
    returning 1
  ), counted as (
    insert into endpoint_hours as h
      (endpoint_id, hour, attempts, succeeded, first_attempts, first_succeeded, latency, last_attempt_at)
    select "endpointId", "hour", "attempts", "succeeded", "firstAttempts", "firstSucceeded", "latency", "lastAttemptAt"
    from json_to_recordset($2::text::json) as x("endpointId" uuid, "hour" timestamptz, "attempts" int, "succeeded" int,
      "firstAttempts" int, "firstSucceeded" int, "latency" int[], "lastAttemptAt" timestamptz)
    on conflict (endpoint_id, hour) do update set
      attempts = h.attempts + excluded.attempts,
      succeeded = h.succeeded + excluded.succeeded,
      first_attempts = h.first_attempts + excluded.first_attempts,
      first_succeeded = h.first_succeeded + excluded.first_succeeded,
      latency = (select array_agg(a + b order by place)
        from unnest(h.latency, excluded.latency) with ordinality as u(a, b, place)),
      last_attempt_at = greatest(h.last_attempt_at, excluded.last_attempt_at)
  )
  select count(*)::int as n from moved`;
