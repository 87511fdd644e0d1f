import type postgres from "postgres";
import { ruleNames } from "../../lib/core/audit";
import type { Subscriber } from "../../lib/core/fan-out";
import { databaseNow } from "../fragments/database-clock";
import { insertDeliveryDeltas } from "../fragments/insert-delivery-deltas";
import { insertLedgerDeltas } from "../fragments/insert-ledger-deltas";
import { microseconds, newIdAtMicroseconds } from "../fragments/new-id";
import type { AcceptedEvent, NewEvent } from "./accept-requests";
import { namedStatement } from "./named-statement";
import { rowParameters } from "./row-parameters";

/** How long a claim keeps looking at an endpoint after a publish, which must commit well before this ends. */
export const hotSeconds = 20;

/** Writes accepted events with their deliveries, and adds types missing from the catalogue, in one statement. */
export async function insertEvents(
  tx: postgres.TransactionSql,
  params: {
    workspaceId: string;
    accepted: AcceptedEvent[];
    /** Those of the events' types that are in the catalogue, by name. */
    types: Record<string, unknown>;
    now: number;
    newId: () => string;
  },
): Promise<void> {
  const events = params.accepted.map(({ event }) => event);
  const deliveries = params.accepted.flatMap(({ event, receivers }) =>
    receivers.map((endpoint) => ({ id: params.newId(), event, endpoint })),
  );
  const bytes = new Map(events.map((event) => [event.id, Buffer.byteLength(event.body)] as const));
  const unknown = new Map(
    events.filter((event) => !Object.hasOwn(params.types, event.type)).map((event) => [event.type, event]),
  );
  const newTypes = [...unknown].sort(([a], [b]) => (a < b ? -1 : 1));
  await insert(tx, {
    workspaceId: params.workspaceId,
    now: new Date(params.now).toISOString(),
    ...eventColumns.values(params.accepted),
    ...deliveryColumns.values(deliveries.map((one) => ({ ...one, bytes: bytes.get(one.event.id) ?? 0 }))),
    typeNames: newTypes.map(([name]) => name),
    typeExamples: newTypes.map(([, event]) => event.example()),
    endpointIds: [...new Set(deliveries.map(({ endpoint }) => endpoint.id))],
  });
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
 * Columns instead of JSON, so that bodies are parsed one time less. A delivery without a generation is discarded. Due
 * times are by the database's clock, which claims compare with, not by the clock that says when the event was
 * accepted.
 */
const insert = namedStatement(`
  with new_events as (
    insert into events (id, workspace_id, type, test, idempotency_key, timestamp, body, body_bytes, deliveries, traceparent)
    select id, :workspaceId, type, false, key, timestamp, body, octet_length(body), deliveries, traceparent
    from ${eventColumns.table}
  ), made as (
    select * from ${deliveryColumns.table}
  ), discarded as (
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, discard_reason,
      completed_at, attempts)
    select id, :workspaceId, event_id, endpoint_id, type, false, 'discarded', 'endpoint_disabled', :now::timestamptz, 0
    from made where generation is null
  ), entered as (${insertLedgerDeltas(
    `(
    select :workspaceId::uuid as workspace_id, event_id, false as test, null::text as was,
      case when generation is null then 'discarded' else 'pending' end as became
    from made)`,
    `(select :workspaceId::uuid as workspace_id, id as event_id from ${eventColumns.table})`,
  )}
  ), counted as (${insertDeliveryDeltas(`(
    select :workspaceId::uuid as workspace_id, endpoint_id, id as delivery_id, false as test, null::text as was,
      'discarded' as became
    from made where generation is null)`)}
  ), queued as (
    insert into delivery_queue
      (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, due_at, attempts, automatic_attempts, type, body_bytes)
    select :workspaceId, id, endpoint_id, event_id, generation, true, ${databaseNow}, 0, 0, type, body_bytes from made
    where generation is not null
  ), new_types as (
    insert into event_types (workspace_id, name, example)
    select :workspaceId, name, example from unnest(:typeNames::text[], :typeExamples::text[]) as x(name, example)
    on conflict do nothing
    returning workspace_id, name
  ), audited as (
    insert into audit_log (id, workspace_id, actor_type, actor_name, action, target_id, target_name, details)
    select ${newIdAtMicroseconds("at.us", "0")}, workspace_id, 'rule', '${ruleNames.newType}', 'event_type.create', name, name,
      '{}'
    from new_types cross join lateral (select ${microseconds} as us where name is not null) at
  )
  update endpoint_states s set next_due_at = now(), hot_until = now() + interval '${hotSeconds} seconds'
  from (
    select endpoint_id from endpoint_states
    where endpoint_id = any(:endpointIds::uuid[])
      and (next_due_at is null or next_due_at > now() or hot_until is null
        or hot_until < now() + interval '${hotSeconds / 2} seconds')
    order by endpoint_id for no key update
  ) cold where s.endpoint_id = cold.endpoint_id`);
