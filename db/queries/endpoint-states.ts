import type postgres from "postgres";
import { ruleNames } from "../../lib/core/audit";
import type {
  EndpointResult,
  EndpointState,
  EndpointTransition,
  StateChange,
} from "../../lib/core/endpoint-state";
import { microseconds, newIdAtMicroseconds } from "../fragments/new-id";
import { namedStatement } from "./named-statement";
import { rowParameters, withoutSeparators } from "./row-parameters";

/** Results of an endpoint's attempts, without tests, in the order in which they ended. */
export type EndpointResults = { endpointId: string; results: EndpointResult[] };

type ReadState = EndpointResults & {
  workspaceId: string;
  state: EndpointState;
  /** By the database's clock. */
  now: Date;
};

const resultColumns = rowParameters<EndpointResults>("results", {
  endpoint_id: ["uuid", (one) => one.endpointId],
  succeeded: ["boolean", ({ results }) => results.every((one) => one.succeeded)],
});

/** Whether an endpoint neither fails nor recovers, so that successes do not change it. */
export const isHealthy = "s.consecutive_failures = 0 and s.slow_start is null";

const inMs = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`;
type Time =
  | "failingSince"
  | "lastFailureAt"
  | "nextProbeAt"
  | "scheduledProbeAt"
  | "probeUntil"
  | "disabledAt";
type StateRow = Omit<EndpointState, Time> &
  Record<Time, number | null> & { endpointId: string; workspaceId: string; now: number };

const read = namedStatement<StateRow>(`
  select s.endpoint_id as "endpointId", s.workspace_id as "workspaceId", ${inMs("now()")} as now,
    s.consecutive_failures as "consecutiveFailures", ${inMs("s.failing_since")} as "failingSince",
    ${inMs("s.last_failure_at")} as "lastFailureAt", s.last_failure_status as "lastFailureStatus",
    s.last_failure_error as "lastFailureError", s.last_failure_detail as "lastFailureDetail",
    ${inMs("s.next_probe_at")} as "nextProbeAt", ${inMs("s.scheduled_probe_at")} as "scheduledProbeAt",
    s.probe_token as "probeToken", ${inMs("s.probe_until")} as "probeUntil", s.slow_start as "slowStart", s.concurrency,
    ${inMs("s.disabled_at")} as "disabledAt", s.disabled_cause as "disabledCause",
    s.disabled_actor_name as "disabledActorName"
  from ${resultColumns.table} join endpoint_states s on s.endpoint_id = x.endpoint_id
  where not x.succeeded or not (${isHealthy})
  order by s.endpoint_id`);

/** The states that results may change, sorted by endpoint. All others are healthy and had only successes. */
export async function readStates(sql: postgres.Sql, endpoints: EndpointResults[]): Promise<ReadState[]> {
  const resultsOf = new Map(endpoints.map(({ endpointId, results }) => [endpointId, results]));
  const rows = await read(sql, resultColumns.values(endpoints));
  return rows.map(({ endpointId, workspaceId, now, ...row }) => ({
    endpointId,
    workspaceId,
    results: resultsOf.get(endpointId) ?? [],
    now: new Date(now),
    state: {
      ...row,
      failingSince: toDate(row.failingSince),
      lastFailureAt: toDate(row.lastFailureAt),
      nextProbeAt: toDate(row.nextProbeAt),
      scheduledProbeAt: toDate(row.scheduledProbeAt),
      probeUntil: toDate(row.probeUntil),
      disabledAt: toDate(row.disabledAt),
    },
  }));
}

const toDate = (ms: number | null) => (ms === null ? null : new Date(ms));

/** A changed state, and the state that the change was decided from. */
export type ChangedState = StateChange & { endpointId: string; workspaceId: string; was: EndpointState };

const changedColumns = rowParameters<ChangedState>("changed", {
  endpoint_id: ["uuid", (one) => one.endpointId],
  was_failures: ["int", ({ was }) => was.consecutiveFailures],
  was_failing_since: ["timestamptz", ({ was }) => toText(was.failingSince)],
  was_next_probe_at: ["timestamptz", ({ was }) => toText(was.nextProbeAt)],
  was_probe_token: ["uuid", ({ was }) => was.probeToken],
  was_slow_start: ["int", ({ was }) => was.slowStart],
  was_disabled_at: ["timestamptz", ({ was }) => toText(was.disabledAt)],
  consecutive_failures: ["int", ({ state }) => state.consecutiveFailures],
  failing_since: ["timestamptz", ({ state }) => toText(state.failingSince)],
  last_failure_at: ["timestamptz", ({ state }) => toText(state.lastFailureAt)],
  last_failure_status: ["smallint", ({ state }) => state.lastFailureStatus],
  last_failure_error: ["text", ({ state }) => state.lastFailureError],
  last_failure_detail: ["text", ({ state }) => textOf(state.lastFailureDetail)],
  next_probe_at: ["timestamptz", ({ state }) => toText(state.nextProbeAt)],
  scheduled_probe_at: ["timestamptz", ({ state }) => toText(state.scheduledProbeAt)],
  probe_token: ["uuid", ({ state }) => state.probeToken],
  probe_until: ["timestamptz", ({ state }) => toText(state.probeUntil)],
  slow_start: ["int", ({ state }) => state.slowStart],
  disabled_at: ["timestamptz", ({ state }) => toText(state.disabledAt)],
  disabled_cause: ["text", ({ state }) => state.disabledCause],
});

type NewTransition = Pick<ChangedState, "endpointId" | "workspaceId"> & {
  transition: EndpointTransition;
  place: number;
};

const transitionColumns = rowParameters<NewTransition>("transitions", {
  endpoint_id: ["uuid", (one) => one.endpointId],
  workspace_id: ["uuid", (one) => one.workspaceId],
  place: ["int", (one) => one.place],
  kind: ["text", ({ transition }) => transition.kind],
  consecutive_failures: ["int", ({ transition }) => transition.consecutiveFailures],
  http_status: ["smallint", ({ transition }) => transition.httpStatus],
  error: ["text", ({ transition }) => transition.error],
  cause: ["text", ({ transition }) => transition.by?.cause ?? null],
});

/**
 * Locks the states to be changed, in sorted order, so that two processes cannot deadlock. The rows have `as_seen`:
 * whether a state is still the one that the change was decided from.
 */
export const lockChangedStates = `
  select (s.consecutive_failures, s.failing_since, s.next_probe_at, s.probe_token, s.slow_start, s.disabled_at)
    is not distinct from
    (x.was_failures, x.was_failing_since, x.was_next_probe_at, x.was_probe_token, x.was_slow_start, x.was_disabled_at)
    as as_seen
  from ${changedColumns.table} join endpoint_states s on s.endpoint_id = x.endpoint_id
  order by s.endpoint_id for no key update of s`;

/** @param condition the condition for changing the states */
export const updateStates = (condition: string) => `
  update endpoint_states s set consecutive_failures = x.consecutive_failures, failing_since = x.failing_since,
    last_failure_at = x.last_failure_at, last_failure_status = x.last_failure_status,
    last_failure_error = x.last_failure_error, last_failure_detail = x.last_failure_detail,
    next_probe_at = x.next_probe_at, scheduled_probe_at = x.scheduled_probe_at, probe_token = x.probe_token,
    probe_until = x.probe_until, slow_start = x.slow_start, disabled_at = x.disabled_at, disabled_cause = x.disabled_cause
  from ${changedColumns.table} where s.endpoint_id = x.endpoint_id and ${condition}`;

/**
 * The transitions that changes cause. Their ids sort in the order in which they happened, whichever process writes
 * them: UUIDv7 of the database's clock under the lock, with microseconds (RFC 9562, section 6.2) and the position
 * within one endpoint.
 *
 * @param condition the condition for writing them
 */
export const insertTransitions = (condition: string) => `
  insert into endpoint_transitions (id, workspace_id, endpoint_id, kind, consecutive_failures, http_status, error,
    cause, created_at)
  select ${newIdAtMicroseconds("at.us", "x.place")},
    x.workspace_id, x.endpoint_id, x.kind, x.consecutive_failures, x.http_status, x.error, x.cause,
    to_timestamp(at.us / 1e6)
  from ${transitionColumns.table}
  cross join lateral (select ${microseconds} as us where ${condition}) at`;

/**
 * What rules did, for the audit log: they disable webhooks.
 *
 * @param condition the condition for writing it
 */
export const auditRules = (condition: string) => `
  insert into audit_log (id, workspace_id, actor_type, actor_name, action, target_id, target_name, details)
  select ${newIdAtMicroseconds("at.us", "x.place")}, x.workspace_id, 'rule',
    case x.cause when 'failures' then '${ruleNames.failures}' else '${ruleNames.gone}' end,
    'endpoint.disable', x.endpoint_id::text, e.name, jsonb_build_object('changed', true)
  from ${transitionColumns.table} join endpoints e on e.id = x.endpoint_id
  cross join lateral (select ${microseconds} as us where ${condition}) at
  where x.kind = 'disabled' and x.cause in ('failures', 'gone')`;

/** The parameters of these three statements. */
export const stateParameters = (changes: ChangedState[]) => ({
  ...changedColumns.values(changes),
  ...transitionColumns.values(
    changes.flatMap(({ endpointId, workspaceId, transitions }) =>
      transitions.map((transition, place) => ({ endpointId, workspaceId, transition, place })),
    ),
  ),
});

/** If a single row's text is empty, `string_to_array` returns no row for it. */
const textOf = (detail: string | null) => (detail && withoutSeparators(detail)) || null;
const toText = (time: Date | null) => time?.toISOString() ?? null;
