import type postgres from "postgres";
import type {
  EndpointResult,
  EndpointState,
  EndpointTransition,
  StateChange,
} from "../../lib/core/endpoint-state";
import { namedStatement, rowParameters } from "./named-statement";

/** What came of an endpoint's attempts, tests left out, in the order in which they ended. */
export type EndpointResults = { endpointId: string; results: EndpointResult[] };

type LockedState = EndpointResults & {
  workspaceId: string;
  state: EndpointState;
  /** By the database's clock. */
  now: Date;
};

const resultColumns = rowParameters<EndpointResults>("results", {
  endpoint_id: ["uuid", (one) => one.endpointId],
  succeeded: ["boolean", (one) => haveSucceeded(one)],
});

/** Whether results leave a healthy endpoint as it is. */
export const haveSucceeded = ({ results }: EndpointResults) => results.every((one) => one.succeeded);

/** Whether an endpoint neither fails nor recovers: successes change nothing about it. */
export const isHealthy = "s.consecutive_failures = 0 and s.ramp is null";

const inMs = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`;
type Time = "failingSince" | "lastFailureAt" | "nextProbeAt" | "probeUntil" | "disabledAt";
type StateRow = Omit<EndpointState, Time> &
  Record<Time, number | null> & { endpointId: string; workspaceId: string; now: number };

/** In sorted order, so that two processes cannot wait for each other in a ring. */
const lock = namedStatement<StateRow>(`
  select s.endpoint_id as "endpointId", s.workspace_id as "workspaceId", ${inMs("now()")} as now,
    s.consecutive_failures as "consecutiveFailures", ${inMs("s.failing_since")} as "failingSince",
    ${inMs("s.last_failure_at")} as "lastFailureAt", s.last_failure_status as "lastFailureStatus",
    s.last_failure_error as "lastFailureError", ${inMs("s.next_probe_at")} as "nextProbeAt",
    s.probe_token as "probeToken", ${inMs("s.probe_until")} as "probeUntil", s.ramp, s.concurrency,
    ${inMs("s.disabled_at")} as "disabledAt", s.disabled_cause as "disabledCause",
    s.disabled_actor_name as "disabledActorName"
  from ${resultColumns.table} join endpoint_states s on s.endpoint_id = x.endpoint_id
  where not x.succeeded or not (${isHealthy})
  order by s.endpoint_id for no key update of s`);

/** Locks the states that results may change until the transaction ends. */
export async function lockStates(
  tx: postgres.TransactionSql,
  endpoints: EndpointResults[],
): Promise<LockedState[]> {
  const resultsOf = new Map(endpoints.map(({ endpointId, results }) => [endpointId, results]));
  const rows = await lock(tx, resultColumns.values(endpoints));
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
      probeUntil: toDate(row.probeUntil),
      disabledAt: toDate(row.disabledAt),
    },
  }));
}

const toDate = (ms: number | null) => (ms === null ? null : new Date(ms));

type Changed = StateChange & { endpointId: string; workspaceId: string };
type Told = Pick<Changed, "endpointId" | "workspaceId"> & {
  transition: EndpointTransition;
  place: number;
};

const stateColumns = rowParameters<Changed>("states", {
  endpoint_id: ["uuid", (one) => one.endpointId],
  consecutive_failures: ["int", ({ state }) => state.consecutiveFailures],
  failing_since: ["timestamptz", ({ state }) => toText(state.failingSince)],
  last_failure_at: ["timestamptz", ({ state }) => toText(state.lastFailureAt)],
  last_failure_status: ["smallint", ({ state }) => state.lastFailureStatus],
  last_failure_error: ["text", ({ state }) => state.lastFailureError],
  next_probe_at: ["timestamptz", ({ state }) => toText(state.nextProbeAt)],
  probe_token: ["uuid", ({ state }) => state.probeToken],
  probe_until: ["timestamptz", ({ state }) => toText(state.probeUntil)],
  ramp: ["int", ({ state }) => state.ramp],
  disabled_at: ["timestamptz", ({ state }) => toText(state.disabledAt)],
  disabled_cause: ["text", ({ state }) => state.disabledCause],
});

const toldColumns = rowParameters<Told>("told", {
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
 * The ids of transitions sort as they happened, whichever process writes them: UUIDv7 of the database's clock under the
 * lock, with microseconds (RFC 9562, section 6.2) and the place among those of one endpoint.
 */
const writeChanges = namedStatement(`
  with changed as (
    update endpoint_states s set consecutive_failures = x.consecutive_failures, failing_since = x.failing_since,
      last_failure_at = x.last_failure_at, last_failure_status = x.last_failure_status,
      last_failure_error = x.last_failure_error, next_probe_at = x.next_probe_at, probe_token = x.probe_token,
      probe_until = x.probe_until, ramp = x.ramp, disabled_at = x.disabled_at, disabled_cause = x.disabled_cause
    from ${stateColumns.table} where s.endpoint_id = x.endpoint_id
  ), at as materialized (
    select (extract(epoch from clock_timestamp()) * 1e6)::bigint as us
  )
  insert into endpoint_transitions (id, workspace_id, endpoint_id, kind, consecutive_failures, http_status, error,
    cause, created_at)
  select (lpad(to_hex(at.us / 1000), 12, '0') || '7' || lpad(to_hex(at.us % 1000 * 4 + x.place), 3, '0') || '8'
      || substr(md5(random()::text), 1, 15))::uuid,
    x.workspace_id, x.endpoint_id, x.kind, x.consecutive_failures, x.http_status, x.error, x.cause,
    to_timestamp(at.us / 1e6)
  from at, ${toldColumns.table}`);

/** Writes what became of locked states, and their transitions. */
export async function writeStateChanges(tx: postgres.TransactionSql, changes: Changed[]): Promise<void> {
  if (changes.length === 0) return;
  const told = changes.flatMap(({ endpointId, workspaceId, transitions }) =>
    transitions.map((transition, place) => ({ endpointId, workspaceId, transition, place })),
  );
  await writeChanges(tx, { ...stateColumns.values(changes), ...toldColumns.values(told) });
}

const toText = (time: Date | null) => time?.toISOString() ?? null;
