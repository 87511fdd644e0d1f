import type postgres from "postgres";
import { transition } from "../../lib/core/endpoint-state";
import { sqlStateOf } from "../connection/sql-state";
import { onDatabaseClock, skewInMs } from "../fragments/database-clock";
import { endLeases } from "../fragments/end-leases";
import { insertDeliveryDeltas } from "../fragments/insert-delivery-deltas";
import { insertGroupDeltas } from "../fragments/insert-group-deltas";
import { insertLedgerDeltas } from "../fragments/insert-ledger-deltas";
import { isRow } from "../fragments/is-row";
import { resetLease } from "../fragments/reset-lease";
import {
  auditRules,
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
import {
  type AttemptRecord,
  type HourDelta,
  healthyColumns,
  hourColumns,
  leaseRows,
  leasesOf,
  recordRows,
  succeededRows,
} from "./record-parameters";

type Batch = {
  records: AttemptRecord[];
  /** Sorted by endpoint and hour, so that two processes cannot deadlock. */
  hours: HourDelta[];
  endpoints: EndpointResults[];
  /** In milliseconds: before probe 1, 2, … */
  probeDelayMs: (probe: number) => number;
};

/** Each time that another process intervenes, at least one process has recorded its results. */
const triesMax = 50;

/**
 * Records attempts in bulk: the attempts, the transitions of deliveries, the hourly figures, the ledger's deltas, and
 * the state of endpoints. An attempt's row is always written, because the receiver did see it; its delivery's
 * transition only if the token is still the delivery's.
 *
 * It is one statement. The changes of endpoints are decided before it; if the state of one has changed meanwhile,
 * nothing is written, and they are decided again. Successes of healthy endpoints change nothing, so these are not
 * read.
 *
 * If the same records are given again, because the connection was lost during the commit, nothing changes: figures
 * and states only change if an attempt was written.
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

/** @returns whether the states were as seen (those that change, and all others healthy); if not, nothing was written */
async function write(
  sql: postgres.Sql,
  { records, hours, endpoints }: Batch,
  changes: ChangedState[],
): Promise<boolean> {
  const changing = new Set(changes.map(({ endpointId }) => endpointId));
  const common = {
    ...hourColumns.values(hours),
    ...healthyColumns.values(endpoints.filter(({ endpointId }) => !changing.has(endpointId))),
    ...leaseRows.values(leasesOf(records)),
  };
  if (changes.length === 0 && records.every(succeedsInTurn)) {
    try {
      const [row] = await writeSucceeded(sql, { ...common, ...succeededRows.values(records) });
      return row?.as_seen ?? false;
    } catch (error) {
      // They seem to be written already: the other statement skips those.
      if (sqlStateOf(error) !== uniqueViolation) throw error;
    }
  }
  const [row] = await writeBatch(sql, {
    ...common,
    ...recordRows.values(records),
    ...stateParameters(changes),
    appNow: new Date().toISOString(),
  });
  return row?.as_seen ?? false;
}

const uniqueViolation = "23505";

/** The usual case: the delivery was pending, and nothing about it is left to decide. */
const succeedsInTurn = ({ trigger, status, error, errorDetail }: AttemptRecord) =>
  trigger === "automatic" && status === "succeeded" && error === null && errorDetail === null;

const deliveryOf = (row: string, key: string) =>
  isRow([`${row}.workspace_id`, `${row}.${key}`], ["i.workspace_id", "i.delivery_id"]);

/** Whether a delivery leaves the queue: it has ended now, or had ended before and nothing more is requested. */
const leavesQueue = `(coalesce(i.status in ('succeeded', 'failed'), false)
  or not q.pending and (i.trigger in ('replay', 'probe') or i.trigger = 'manual' and q.due_at is null))`;

const healthySeen = `not exists (
    select from ${healthyColumns.table} join endpoint_states s on s.endpoint_id = x.id where not (${isHealthy})
  )`;

/**
 * The attempts, if the states are as seen, each with whether its delivery still belongs to its lease, which is
 * locked; and what is removed from leases.
 */
const input = (rows: string) => `
  held as materialized (
    select l.* from ${leaseRows.table} cross join lateral (
      select l.token, l.deliveries from delivery_leases l
      where ${isRow(["l.endpoint_id", "l.token"], ["x.endpoint_id", "x.token"])} limit 1 for update
    ) l
  ), input as materialized (
    select x.*, (x.token, x.delivery_id) in (
      select h.token, d.id from held h cross join lateral unnest(h.deliveries) d(id)
    ) as leased
    from ${rows} where (select as_seen from seen)
  ), freed as materialized (
    select endpoint_id, token, array_agg(delivery_id) as deliveries from input where leased group by 1, 2
  ), ${endLeases("freed")}`;

const insertHours = `
  insert into endpoint_hours as h
    (endpoint_id, hour, attempts, succeeded, first_attempts, first_succeeded, latency, last_attempt_at, last_success_at)
  select endpoint_id, hour, attempts, succeeded, first_attempts, first_succeeded, latency::int[], last_attempt_at,
    last_success_at
  from ${hourColumns.table} where exists (select from written)
  on conflict (endpoint_id, hour) do update set
    attempts = h.attempts + excluded.attempts,
    succeeded = h.succeeded + excluded.succeeded,
    first_attempts = h.first_attempts + excluded.first_attempts,
    first_succeeded = h.first_succeeded + excluded.first_succeeded,
    latency = (select array_agg(a + b order by place)
      from unnest(h.latency, excluded.latency) with ordinality as u(a, b, place)),
    last_attempt_at = greatest(h.last_attempt_at, excluded.last_attempt_at),
    last_success_at = greatest(h.last_success_at, excluded.last_success_at)`;

/** A delivery's failure group before the statement, which a subquery still sees. */
const groupBefore = `case when q.pending then (
        select o.failure_group_id from delivery_queue o
        where o.workspace_id = q.workspace_id and o.delivery_id = q.delivery_id
      ) else (
        select o.failure_group_id from deliveries o where o.workspace_id = q.workspace_id and o.id = q.delivery_id
      ) end as was_group`;

/**
 * The part of `writeBatch` that is needed if all attempts succeeded in turn, and nothing about their endpoints
 * changes. An attempt that is already stored is an error: without `on conflict`, no row has to be looked up before it
 * is written.
 */
const writeSucceeded = namedStatement<{ as_seen: boolean }>(`
  with seen as materialized (
    select ${healthySeen} as as_seen
  ), ${input(succeededRows.table)}, written as (
    insert into attempts (id, delivery_id, number, trigger, url, started_at, duration_ms, http_status, signature, version,
      request_headers, response_headers, response_body, response_truncated, connection)
    select id, delivery_id, number, 'automatic', url, started_at, duration_ms, http_status, signature, version,
      request_headers, response_headers, decode(response_body, 'base64'), response_truncated,
      decode(connection, 'base64')
    from input order by delivery_id, id
    returning 1
  ), ended as (
    delete from delivery_queue q using input i
    where ${deliveryOf("q", "delivery_id")} and (i.leased or q.token = i.token) and q.pending
    returning i.delivery_id, i.number, i.http_status, i.duration_ms,
      q.workspace_id, q.event_id, q.endpoint_id, q.type, q.test, q.attempts, q.failure_group_id
  ), concluded as (
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts, http_status, duration_ms,
      completed_at)
    select delivery_id, workspace_id, event_id, endpoint_id, type, test, 'succeeded', greatest(attempts, number),
      http_status, duration_ms, now()
    from ended order by delivery_id
  ), entered as (${insertLedgerDeltas("(select *, 'pending' as was, 'succeeded' as became from ended)")}
  ), outcomes as (${insertDeliveryDeltas("(select *, 'pending' as was, 'succeeded' as became from ended)")}
  ), regrouped as (${insertGroupDeltas(`(
      select workspace_id, delivery_id, type, failure_group_id as was_group, null::uuid as became_group
      from ended where failure_group_id is not null
    )`)}
  ), counted as (${insertHours}
  )
  select as_seen from seen`);

/**
 * `seen`: whether the states are what was decided from; `written`: the rows of the attempts;
 * `ended` and `waiting`: what leaves the queue and what stays on it; `concluded` and `moved`: deliveries that end now, and
 * those that had before; `entered`: the ledger's deltas; `outcomes`: those of minutes; `regrouped`: which failure
 * groups they left and came into; `counted`: the hours; `changed` and `noted`: the states and
 * their transitions; `audited`: what rules did. Attempts and deliveries are written in the order of their keys, so that the pages of their indexes
 * get full.
 */
const writeBatch = namedStatement<{ as_seen: boolean }>(`
  with locked as materialized (${lockChangedStates}
  ), seen as materialized (
    select coalesce((select bool_and(as_seen) from locked), true) and ${healthySeen} as as_seen
  ), ${input(recordRows.table)}, written as (
    insert into attempts (id, delivery_id, number, trigger, url, started_at, duration_ms, http_status, error,
      error_detail, signature, version, request_headers, response_headers, response_body, response_truncated,
      connection)
    select id, delivery_id, number, trigger, url, started_at, duration_ms, http_status, error,
      error_detail, signature, version, request_headers, response_headers, decode(response_body, 'base64'),
      response_truncated, decode(connection, 'base64')
    from input order by delivery_id, id
    on conflict do nothing
    returning 1
  ), ended as (
    delete from delivery_queue q using input i
    where ${deliveryOf("q", "delivery_id")} and (i.leased or q.token = i.token) and ${leavesQueue}
    returning i.delivery_id, i.status, i.number, i.http_status, i.error, i.duration_ms, i.failure_group,
      q.workspace_id, q.event_id, q.endpoint_id, q.type, q.test, q.pending, q.attempts,
      case when q.pending then 'pending' else (
        select o.status from deliveries o where o.workspace_id = q.workspace_id and o.id = q.delivery_id
      ) end as was,
      ${groupBefore}
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
      duration_ms = i.duration_ms,
      failure_group_id = case when q.pending then i.failure_group end
    from input i
    where ${deliveryOf("q", "delivery_id")} and (i.leased or q.token = i.token) and not ${leavesQueue}
    returning i.*, q.pending, q.type, coalesce(i.status, case when q.pending then 'pending' else (
        select o.status from deliveries o where o.workspace_id = q.workspace_id and o.id = q.delivery_id
      ) end) as became,
      ${groupBefore}
  ), grouped as materialized (
    select workspace_id, delivery_id, type, was_group,
      case when coalesce(status, was) = 'failed' then failure_group end as became_group
    from ended
    union all
    select workspace_id, delivery_id, type, was_group,
      case when became in ('pending', 'failed') then failure_group end
    from waiting
  ), concluded as (
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts,
      http_status, error, duration_ms, completed_at, failure_group_id)
    select delivery_id, workspace_id, event_id, endpoint_id, type, test, status,
      greatest(attempts, number), http_status, error, duration_ms, now(),
      case when status = 'failed' then failure_group end
    from ended where pending order by delivery_id
  ), moved as (
    update deliveries d set
      status = coalesce(i.status, d.status),
      completed_at = case when i.status in ('succeeded', 'failed') then now() else d.completed_at end,
      discard_reason = case when i.status is null then d.discard_reason end,
      attempts = greatest(d.attempts, i.number),
      http_status = i.http_status,
      error = i.error,
      duration_ms = i.duration_ms,
      failure_group_id = case when coalesce(i.status, d.status) = 'failed' then i.failure_group end
    from (
      select workspace_id, delivery_id, status, number, http_status, error, duration_ms, failure_group
      from ended where not pending
      union all
      select workspace_id, delivery_id, status, number, http_status, error, duration_ms, failure_group
      from waiting where not pending
    ) i where ${deliveryOf("d", "id")}
  ), entered as (${insertLedgerDeltas("(select *, status as became from ended where status is not null)")}
  ), outcomes as (${insertDeliveryDeltas("(select *, status as became from ended where status is not null)")}
  ), regrouped as (${insertGroupDeltas("grouped")}
  ), counted as (${insertHours}
  ), changed as (${updateStates("exists (select from written)")}
  ), noted as (${insertTransitions("exists (select from written)")}
  ), audited as (${auditRules("exists (select from written)")}
  )
  select as_seen from seen`);
