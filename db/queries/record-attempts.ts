import type postgres from "postgres";
import type { AttemptError, AttemptTrigger, StoredDeliveryStatus } from "../../lib/core/deliveries";
import { transition } from "../../lib/core/endpoint-state";
import { onDatabaseClock, skewInMs } from "../fragments/database-clock";
import { endLeases } from "../fragments/end-leases";
import { insertLedgerDeltas } from "../fragments/insert-ledger-deltas";
import { isRow } from "../fragments/is-row";
import { resetLease } from "../fragments/reset-lease";
import {
  type ChangedState,
  type EndpointResults,
  insertTransitions,
  isHealthy,
  lockChangedStates,
  readStates,
  stateParameters,
  updateStates,
} from "./endpoint-states";
import { namedStatement } from "./named-statement";
import { rowParameters, withoutSeparators } from "./row-parameters";

/** A finished attempt, and the delivery's status after it. */
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
  /** Of the request; `null` if it could not be signed, and `requestHeaders` are all headers that there are. */
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
  /** RFC 3339: the receiver asked to be left alone until then; `null` if it did not. */
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

type Batch = {
  records: AttemptRecord[];
  /** Sorted by endpoint and hour, so that two processes cannot deadlock. */
  hours: HourDelta[];
  endpoints: EndpointResults[];
  /** In milliseconds: before probe 1, 2, … */
  probeDelayMs: (probe: number) => number;
};

/** Each time that others get in between, at least one of them has recorded its results. */
const triesMax = 50;

/**
 * Records attempts in bulk: the attempts, the transitions of deliveries, the hourly figures, the ledger's deltas, and the
 * state of endpoints. An attempt's row is always written, for the receiver did see it; its delivery's transition only
 * while the token is still the delivery's.
 *
 * It is one statement. What becomes of endpoints is decided before it; if the state of one is another by then, nothing
 * is written, and it is decided again. That successes leave endpoints healthy is decided without a look at them.
 *
 * Given the same records again (the connection was lost as they were committed), it changes nothing: figures and states
 * move only if an attempt was written.
 *
 * @returns in how many milliseconds endpoints that back off may be probed, and whether one came back
 */
export async function recordAttempts(
  sql: postgres.Sql,
  batch: Batch,
): Promise<{ probesInMs: number[]; recovered: boolean }> {
  const { endpoints, probeDelayMs } = batch;
  const haveSucceeded = endpoints.every(({ results }) => results.every((one) => one.succeeded));
  if (haveSucceeded && (await write(sql, batch, []))) return { probesInMs: [], recovered: false };
  for (let tries = 0; tries < triesMax; tries++) {
    const appNow = Date.now();
    const states = await readStates(sql, endpoints);
    const changes = states.map(({ state: was, results, now, ...endpoint }) => {
      const options = { now, delayMs: probeDelayMs, skewMs: skewInMs(now.getTime(), appNow) };
      return { ...endpoint, now, was, ...transition(was, results, options) };
    });
    if (!(await write(sql, batch, changes))) continue;
    return {
      probesInMs: changes.flatMap(({ state: { nextProbeAt }, now }) =>
        nextProbeAt ? [nextProbeAt.getTime() - now.getTime()] : [],
      ),
      recovered: changes.some(({ transitions }) => transitions.some(({ kind }) => kind === "recovered")),
    };
  }
  throw new Error("the states of webhooks changed each time that results were to be recorded");
}

const recordColumns = rowParameters<AttemptRecord>("record", {
  id: ["uuid", (one) => one.id],
  workspace_id: ["uuid", (one) => one.workspaceId],
  delivery_id: ["uuid", (one) => one.deliveryId],
  endpoint_id: ["uuid", (one) => one.endpointId],
  token: ["uuid", (one) => one.token],
  number: ["int", (one) => one.number],
  trigger: ["text", (one) => one.trigger],
  url: ["text", (one) => one.url],
  started_at: ["timestamptz", (one) => one.startedAt],
  duration_ms: ["int", (one) => one.durationMs],
  http_status: ["smallint", (one) => one.httpStatus],
  error: ["text", (one) => one.error],
  error_detail: ["text", (one) => one.errorDetail && withoutSeparators(one.errorDetail)],
  signature: ["text", (one) => one.signature],
  version: ["text", (one) => one.version],
  request_headers: ["json", (one) => one.requestHeaders && JSON.stringify(one.requestHeaders)],
  response_headers: ["json", (one) => one.responseHeaders && JSON.stringify(one.responseHeaders)],
  response_body: ["text", (one) => one.responseBody?.toString("base64") ?? null],
  response_truncated: ["boolean", (one) => one.responseTruncated],
  status: ["text", (one) => one.status],
  due_at: ["timestamptz", (one) => (one.dueAt === "keep" ? null : one.dueAt)],
  keep_due: ["boolean", (one) => one.dueAt === "keep"],
});

const hourColumns = rowParameters<HourDelta>("hour", {
  endpoint_id: ["uuid", (one) => one.endpointId],
  hour: ["timestamptz", (one) => one.hour],
  attempts: ["int", (one) => one.attempts],
  succeeded: ["int", (one) => one.succeeded],
  first_attempts: ["int", (one) => one.firstAttempts],
  first_succeeded: ["int", (one) => one.firstSucceeded],
  latency: ["text", (one) => `{${one.latency.join(",")}}`],
  last_attempt_at: ["timestamptz", (one) => one.lastAttemptAt],
});

const healthyColumns = rowParameters<EndpointResults>("healthy", { id: ["uuid", (one) => one.endpointId] });

/** @returns whether the states were as seen: those that change, and all others healthy; else nothing was written */
async function write(
  sql: postgres.Sql,
  { records, hours, endpoints }: Batch,
  changes: ChangedState[],
): Promise<boolean> {
  const changing = new Set(changes.map(({ endpointId }) => endpointId));
  const [row] = await writeBatch(sql, {
    ...recordColumns.values(records),
    ...hourColumns.values(hours),
    ...healthyColumns.values(endpoints.filter(({ endpointId }) => !changing.has(endpointId))),
    ...stateParameters(changes),
    appNow: new Date().toISOString(),
  });
  return row?.as_seen ?? false;
}

const deliveryOf = (row: string, key: string) =>
  isRow([`${row}.workspace_id`, `${row}.${key}`], ["i.workspace_id", "i.delivery_id"]);

/** Whether a delivery leaves the queue: it has ended now, or had before and nothing more is asked of it. */
const leavesQueue = `(coalesce(i.status in ('succeeded', 'failed'), false)
  or not q.pending and (i.trigger in ('replay', 'probe') or i.trigger = 'manual' and q.due_at is null))`;

/**
 * `seen`: whether the states are what was decided from; `input`: the attempts, if they are, each with whether its lease
 * is still there, which is locked and given up (`freed`); `written`: their rows;
 * `ended` and `waiting`: what leaves the queue and what stays on it; `concluded` and `moved`: deliveries that end now, and
 * those that had before; `entered`: the ledger's deltas; `counted`: the hours; `changed` and `noted`: the states and
 * their transitions. Attempts and deliveries are written in the order of their keys, so that the pages of their indexes
 * get full.
 */
const writeBatch = namedStatement<{ as_seen: boolean }>(`
  with locked as materialized (${lockChangedStates}
  ), seen as materialized (
    select coalesce((select bool_and(as_seen) from locked), true) and not exists (
      select from ${healthyColumns.table} join endpoint_states s on s.endpoint_id = x.id where not (${isHealthy})
    ) as as_seen
  ), input as materialized (
    select x.*, l.token is not null as leased
    from (select * from ${recordColumns.table} order by endpoint_id, token) x
    left join lateral (
      select l.token from delivery_leases l
      where ${isRow(["l.endpoint_id", "l.token"], ["x.endpoint_id", "x.token"])} and x.delivery_id = any(l.deliveries)
      limit 1 for update
    ) l on true
    where (select as_seen from seen)
  ), freed as materialized (
    select endpoint_id, token, array_agg(delivery_id) as deliveries from input where leased group by 1, 2
  ), ${endLeases("freed")}, written as (
    insert into attempts (id, delivery_id, number, trigger, url, started_at, duration_ms, http_status, error,
      error_detail, signature, version, request_headers, response_headers, response_body, response_truncated)
    select id, delivery_id, number, trigger, url, started_at, duration_ms, http_status, error,
      error_detail, signature, version, request_headers, response_headers, decode(response_body, 'base64'),
      response_truncated
    from input order by delivery_id, id
    on conflict do nothing
    returning 1
  ), ended as (
    delete from delivery_queue q using input i
    where ${deliveryOf("q", "delivery_id")} and (i.leased or q.token = i.token) and ${leavesQueue}
    returning i.delivery_id, i.status, i.number, i.http_status, i.error, i.duration_ms,
      q.workspace_id, q.event_id, q.endpoint_id, q.type, q.test, q.pending, q.attempts,
      case when q.pending then 'pending' else (
        select o.status from deliveries o where o.workspace_id = q.workspace_id and o.id = q.delivery_id
      ) end as was
  ), waiting as (
    update delivery_queue q set
      due_at = case when i.keep_due then q.due_at else ${onDatabaseClock("i.due_at", ":appNow")} end,
      replay = q.replay and i.trigger = 'manual',
      requested_at = case when i.trigger in ('manual', 'test') then null else q.requested_at end,
      requested_trigger = case when i.trigger in ('manual', 'test') then null else q.requested_trigger end,
      ${resetLease},
      attempts = greatest(q.attempts, i.number),
      automatic_attempts = q.automatic_attempts + case when i.trigger in ('automatic', 'probe') then 1 else 0 end,
      http_status = i.http_status,
      error = i.error,
      duration_ms = i.duration_ms
    from input i
    where ${deliveryOf("q", "delivery_id")} and (i.leased or q.token = i.token) and not ${leavesQueue}
    returning i.*, q.pending
  ), concluded as (
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts,
      http_status, error, duration_ms, completed_at)
    select delivery_id, workspace_id, event_id, endpoint_id, type, test, status,
      greatest(attempts, number), http_status, error, duration_ms, now()
    from ended where pending order by delivery_id
  ), moved as (
    update deliveries d set
      status = coalesce(i.status, d.status),
      completed_at = case when i.status in ('succeeded', 'failed') then now() else d.completed_at end,
      discard_reason = case when i.status is null then d.discard_reason end,
      attempts = greatest(d.attempts, i.number),
      http_status = i.http_status,
      error = i.error,
      duration_ms = i.duration_ms
    from (
      select workspace_id, delivery_id, status, number, http_status, error, duration_ms from ended where not pending
      union all
      select workspace_id, delivery_id, status, number, http_status, error, duration_ms from waiting where not pending
    ) i where ${deliveryOf("d", "id")}
  ), entered as (${insertLedgerDeltas("(select *, status as became from ended where status is not null)")}
  ), counted as (
    insert into endpoint_hours as h
      (endpoint_id, hour, attempts, succeeded, first_attempts, first_succeeded, latency, last_attempt_at)
    select endpoint_id, hour, attempts, succeeded, first_attempts, first_succeeded, latency::int[], last_attempt_at
    from ${hourColumns.table} where exists (select from written)
    on conflict (endpoint_id, hour) do update set
      attempts = h.attempts + excluded.attempts,
      succeeded = h.succeeded + excluded.succeeded,
      first_attempts = h.first_attempts + excluded.first_attempts,
      first_succeeded = h.first_succeeded + excluded.first_succeeded,
      latency = (select array_agg(a + b order by place)
        from unnest(h.latency, excluded.latency) with ordinality as u(a, b, place)),
      last_attempt_at = greatest(h.last_attempt_at, excluded.last_attempt_at)
  ), changed as (${updateStates("exists (select from written)")}
  ), noted as (${insertTransitions("exists (select from written)")}
  )
  select as_seen from seen`);
