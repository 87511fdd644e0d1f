import type postgres from "postgres";
import { ruleNames } from "../../lib/core/audit";
import type { Subscriber } from "../../lib/core/fan-out";
import { databaseNow } from "../fragments/database-clock";
import { insertDeliveryDeltas } from "../fragments/insert-delivery-deltas";
import { insertLedgerDeltas } from "../fragments/insert-ledger-deltas";
import { microseconds, newIdAtMicroseconds } from "../fragments/new-id";
import type { AcceptedEvent, NewEvent } from "./accept-requests";
import { insertKeys, type KeyValues } from "./idempotency-keys";
import { namedStatement } from "./named-statement";
import { rowParameters } from "./row-parameters";

/** How long a claim keeps looking at an endpoint after a publish, which must commit well before this ends. */
export const hotSeconds = 20;

type AcceptedGroup = {
  workspaceId: string;
  accepted: AcceptedEvent[];
  newId: () => string;
};

/** Writes accepted events with their deliveries, and adds types missing from the catalogue, in one statement. */
export async function insertEvents(
  tx: postgres.TransactionSql,
  params: AcceptedGroup & {
    now: number;
    /** Those of the events' types that are in the catalogue, by name. */
    types: Record<string, unknown>;
  },
): Promise<void> {
  const unknown = new Map(
    params.accepted
      .filter(({ event }) => !Object.hasOwn(params.types, event.type))
      .map(({ event }) => [event.type, event]),
  );
  const newTypes = [...unknown].sort(([a], [b]) => (a < b ? -1 : 1));
  await insert(tx, {
    ...valuesOf(params),
    now: new Date(params.now).toISOString(),
    typeNames: newTypes.map(([name]) => name),
    typeExamples: newTypes.map(([, event]) => event.example()),
  });
}

/**
 * Writes accepted events with their deliveries if what they were accepted by is what is stored, and nothing otherwise.
 * One statement does both, which spares a transaction's other four.
 *
 * @param sql not in a transaction
 * @param params.types the events' types; all have to be in the catalogue
 * @param params.subscribers the endpoints that subscribe to any of them, by id; none may discard
 * @param params.keys the idempotency keys that they take; none of them may ever have been used
 * @returns whether they were written
 * @throws a unique violation if another transaction takes one of the keys at the same time
 */
export async function insertEventsIfKnown(
  sql: postgres.Sql,
  params: AcceptedGroup & {
    types: string[];
    subscribers: Subscriber[];
    keys: KeyValues;
    lockTimeoutMs: number;
  },
): Promise<boolean> {
  const { keys } = params;
  const values = {
    ...valuesOf(params),
    types: params.types,
    subscribers: JSON.stringify(params.subscribers),
    lockTimeoutMs: String(params.lockTimeoutMs),
  };
  const [row] = await (keys.keys.length === 0
    ? insertIfKnown(sql, values)
    : insertKeyedIfKnown(sql, { ...values, ...keys }));
  return row?.isKnown === true;
}

function valuesOf({ workspaceId, accepted, newId }: AcceptedGroup) {
  const deliveries = accepted.flatMap(({ event, receivers }) => {
    const bytes = Buffer.byteLength(event.body);
    return receivers.map((endpoint) => ({ id: newId(), event, endpoint, bytes }));
  });
  return {
    workspaceId,
    ...eventColumns.values(accepted),
    ...deliveryColumns.values(deliveries),
    endpointIds: [...new Set(deliveries.map(({ endpoint }) => endpoint.id))],
  };
}

const eventColumns = rowParameters<AcceptedEvent>("event", {
  id: ["uuid", ({ event }) => event.id],
  type: ["text", ({ event }) => event.type],
  key: ["text", ({ event }) => event.idempotencyKey],
  timestamp: ["timestamptz", ({ event }) => event.timestamp?.toISOString() ?? null],
  body: ["text", ({ event }) => event.body],
  deliveries: ["int", ({ receivers }) => receivers.length],
  traceparent: ["text", ({ event }) => event.traceparent],
});

type NewDelivery = { id: string; event: NewEvent; endpoint: Subscriber; bytes: number };
const deliveryColumns = rowParameters<NewDelivery>("delivery", {
  id: ["uuid", ({ id }) => id],
  event_id: ["uuid", ({ event }) => event.id],
  endpoint_id: ["uuid", ({ endpoint }) => endpoint.id],
  type: ["text", ({ event }) => event.type],
  generation: ["int", ({ endpoint }) => (endpoint.discards ? null : endpoint.generation)],
  body_bytes: ["int", ({ bytes }) => bytes],
});

/**
 * The endpoints that may get an event of one of the types, by the rule of `fanOut`. Lock them `for share`: none can then
 * be deleted, disabled or moved to another generation until its new deliveries are visible.
 */
export const selectSubscribers = `
  select id, event_types as "eventTypes", generation, discards_while_disabled as discards from endpoints
  where workspace_id = :workspaceId and deleted_at is null and (event_types is null or event_types && :types::text[])`;

/**
 * Columns instead of JSON, so that bodies are parsed one time less. A delivery without a generation is discarded. Due
 * times are by the database's clock, which claims compare with, not by the clock that says when the event was
 * accepted.
 *
 * @param condition what else the rows are joined with: without a row of it, nothing is written
 */
const writes = (condition = "") => `
  new_events as (
    insert into events (id, workspace_id, type, test, idempotency_key, timestamp, body, body_bytes, deliveries, traceparent)
    select id, :workspaceId, type, false, key, timestamp, body, octet_length(body), deliveries, traceparent
    from ${eventColumns.table} ${condition}
  ), made as (
    select x.* from ${deliveryColumns.table} ${condition}
  ), entered as (${insertLedgerDeltas(
    `(
    select :workspaceId::uuid as workspace_id, event_id, false as test, null::text as was,
      case when generation is null then 'discarded' else 'pending' end as became
    from made)`,
    `(select :workspaceId::uuid as workspace_id, id as event_id from ${eventColumns.table} ${condition})`,
  )}
  ), queued as (
    insert into delivery_queue
      (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, due_at, attempts, automatic_attempts, type, body_bytes)
    select :workspaceId, id, endpoint_id, event_id, generation, true, ${databaseNow}, 0, 0, type, body_bytes from made
    where generation is not null
  ), warmed as (
    update endpoint_states s set next_due_at = now(), hot_until = now() + interval '${hotSeconds} seconds'
    from (
      select endpoint_id from endpoint_states ${condition}
      where endpoint_id = any(:endpointIds::uuid[])
        and (next_due_at is null or next_due_at > now() or hot_until is null
          or hot_until < now() + interval '${hotSeconds / 2} seconds')
      order by endpoint_id for no key update of endpoint_states
    ) cold where s.endpoint_id = cold.endpoint_id
  )`;

/** What `writes` leaves out: deliveries that are discarded at once. */
const discards = `
  discarded as (
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, discard_reason,
      completed_at, attempts)
    select id, :workspaceId, event_id, endpoint_id, type, false, 'discarded', 'endpoint_disabled', :now::timestamptz, 0
    from made where generation is null
  ), counted as (${insertDeliveryDeltas(`(
    select :workspaceId::uuid as workspace_id, endpoint_id, id as delivery_id, false as test, null::text as was,
      'discarded' as became
    from made where generation is null)`)}
  )`;

const insert = namedStatement(`
  with ${writes()}, ${discards}, new_types as (
    insert into event_types (workspace_id, name, example)
    select :workspaceId, name, example from unnest(:typeNames::text[], :typeExamples::text[]) as x(name, example)
    on conflict do nothing
    returning workspace_id, name
  )
  insert into audit_log (id, workspace_id, actor_type, actor_name, action, target_id, target_name, details)
  select ${newIdAtMicroseconds("at.us", "0")}, workspace_id, 'rule', '${ruleNames.newType}', 'event_type.create', name, name,
    '{}'
  from new_types cross join lateral (select ${microseconds} as us where name is not null) at`);

/** The limit of time is set before the first lock is taken, for this statement only. */
const ifKnown = ({ keyed }: { keyed: boolean }) =>
  namedStatement<{ isKnown: boolean }>(`
  with limited as materialized (
    select set_config('lock_timeout', :lockTimeoutMs, true) as setting
  ), subscribers as materialized (${selectSubscribers} and (select setting from limited) is not null
    order by id for share of endpoints
  ), known as materialized (
    select true as is_known from workspaces w
    where w.id = :workspaceId and not w.refuse_invalid_data
      and (select count(*) from event_types where workspace_id = :workspaceId and name = any(:types::text[]))
        = cardinality(:types::text[])
      and (select coalesce(jsonb_agg(to_jsonb(s) order by id), '[]') from subscribers s) = :subscribers::jsonb
      ${keyed ? "and not exists (select from idempotency_keys where workspace_id = :workspaceId and scope = 'events' and key = any(:keys::text[]))" : ""}
  ), ${keyed ? `taken as (${insertKeys("cross join known")}), ` : ""} ${writes("cross join known")}
  select exists (select from known) as "isKnown"`);

const insertIfKnown = ifKnown({ keyed: false });
const insertKeyedIfKnown = ifKnown({ keyed: true });
