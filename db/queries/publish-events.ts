import type postgres from "postgres";
import { insertLedgerDeltas } from "./ledger-deltas";

export type NewEvent = {
  id: string;
  type: string;
  idempotencyKey: string | null;
  /** SHA-256 of the canonical request; needed with a key. */
  bodyHash: string | null;
  /** Milliseconds since 1970. */
  timestamp: number;
  body: string;
  /** Example data of the type's shape, for the catalogue, should it lack the type. */
  example: () => string;
  deliver: boolean;
};
export type PublishedEvent = { id: string; type: string; deliveries: number };
type Subscriber = { id: string; event_types: string[] | null; epoch: number };

/** The same idempotency key came with another body. `index` is the event's place in the request. */
export class IdempotencyConflict extends Error {
  override readonly name = "IdempotencyConflict";
  constructor(readonly index: number) {
    super("the idempotency key was used with another body");
  }
}

/** How long a claim keeps looking at an endpoint after a publish; the publish itself must commit well before. */
const hotSeconds = 20;

/**
 * Writes events with one delivery for each endpoint that subscribes to the type, disabled ones included, in one
 * transaction: two statements, one more where keys are given.
 *
 * @returns for each event, in order, its id and number of deliveries; those of the first event where a key was
 *   used within 24 hours with the same body
 * @throws IdempotencyConflict
 */
export async function publishEvents(
  sql: postgres.Sql,
  params: {
    workspaceId: string;
    events: NewEvent[];
    now: number;
    newId: () => string;
    idempotencyHours: number;
  },
): Promise<PublishedEvent[]> {
  const { workspaceId, events, now } = params;
  return sql.begin(async (tx) => {
    const [read] = await tx.unsafe<{ subscribers: Subscriber[]; known: string[] }[]>(
      readStatement,
      [workspaceId, [...new Set(events.map((event) => event.type))]],
      { prepare: true },
    );
    const { subscribers = [], known = [] } = read ?? {};

    const fanOut = new Map<string, Subscriber[]>();
    const results = new Map<string, PublishedEvent>();
    for (const event of events) {
      const { deliver, type } = event;
      const receivers = deliver ? subscribers.filter((one) => one.event_types?.includes(type) ?? true) : [];
      fanOut.set(event.id, receivers);
      results.set(event.id, { id: event.id, type, deliveries: receivers.length });
    }
    const fresh = await takeKeys(tx, params, results);
    if (fresh.length > 0) {
      const unknown = new Map(
        fresh.filter((event) => !known.includes(event.type)).map((event) => [event.type, event] as const),
      );
      const newDeliveries = fresh.flatMap((event) =>
        (fanOut.get(event.id) ?? []).map((receiver) => ({
          id: params.newId(),
          event_id: event.id,
          endpoint_id: receiver.id,
          epoch: receiver.epoch,
          type: event.type,
          body_bytes: Buffer.byteLength(event.body),
        })),
      );
      await tx.unsafe(
        insertStatement,
        [
          workspaceId,
          new Date(now).toISOString(),
          JSON.stringify(
            fresh.map((event) => ({
              id: event.id,
              type: event.type,
              idempotency_key: event.idempotencyKey,
              timestamp: new Date(event.timestamp).toISOString(),
              body: event.body,
              deliveries: results.get(event.id)?.deliveries ?? 0,
            })),
          ),
          JSON.stringify(newDeliveries),
          JSON.stringify([...unknown].map(([name, event]) => ({ name, example: event.example() }))),
          [...new Set(newDeliveries.map((delivery) => delivery.endpoint_id))],
        ],
        { prepare: true },
      );
    }
    return events.map((event) => results.get(event.id) ?? { id: event.id, type: event.type, deliveries: 0 });
  });
}

/**
 * Takes the idempotency keys, in sorted order, so that two requests cannot wait for each other in a ring. What was
 * taken before gets the first event's result.
 *
 * @returns the events that are to be written
 */
async function takeKeys(
  tx: postgres.TransactionSql,
  params: { workspaceId: string; events: NewEvent[]; now: number; idempotencyHours: number },
  results: Map<string, PublishedEvent>,
): Promise<NewEvent[]> {
  const firstOfKey = new Map<string, NewEvent>();
  for (const [index, event] of params.events.entries()) {
    if (event.idempotencyKey === null) continue;
    const first = firstOfKey.get(event.idempotencyKey);
    if (first && first.bodyHash !== event.bodyHash) throw new IdempotencyConflict(index);
    if (!first) firstOfKey.set(event.idempotencyKey, event);
  }
  if (firstOfKey.size === 0) return params.events;

  const stored = await tx.unsafe<{ key: string; body_hash: string; result: PublishedEvent }[]>(
    takeKeysStatement,
    [
      params.workspaceId,
      new Date(params.now).toISOString(),
      new Date(params.now + params.idempotencyHours * 3_600_000).toISOString(),
      JSON.stringify(
        [...firstOfKey].map(([key, event]) => ({
          key,
          body_hash: event.bodyHash,
          result: results.get(event.id),
        })),
      ),
    ],
    { prepare: true },
  );
  const storedByKey = new Map(stored.map((row) => [row.key, row] as const));
  return params.events.filter((event, index) => {
    if (event.idempotencyKey === null) return true;
    const row = storedByKey.get(event.idempotencyKey);
    if (row && row.body_hash !== event.bodyHash) throw new IdempotencyConflict(index);
    if (row && row.result.id !== event.id) results.set(event.id, row.result);
    return row?.result.id === event.id;
  });
}

/** The share lock keeps an endpoint from being deleted, and from another epoch, until the deliveries made for it can be seen. */
const readStatement = `
  select
    (select coalesce(json_agg(e), '[]') from (
      select id, event_types, epoch from endpoints where workspace_id = $1 and deleted_at is null order by id for share
    ) e) as subscribers,
    (select coalesce(json_agg(name), '[]') from event_types
      where workspace_id = $1 and name = any($2::text[])) as known`;

/** Rows that are there and not expired are answered as they are; the update that changes nothing locks them. */
const takeKeysStatement = `
  insert into idempotency_keys (workspace_id, scope, key, body_hash, result, expires_at)
  select $1, 'events', key, body_hash, result, $3::timestamptz
    from json_to_recordset($4::text::json) as x(key text, body_hash text, result jsonb)
    order by key
  on conflict (workspace_id, scope, key) do update set
    body_hash = case when idempotency_keys.expires_at <= $2::timestamptz then excluded.body_hash else idempotency_keys.body_hash end,
    result = case when idempotency_keys.expires_at <= $2::timestamptz then excluded.result else idempotency_keys.result end,
    expires_at = case when idempotency_keys.expires_at <= $2::timestamptz then excluded.expires_at else idempotency_keys.expires_at end
  returning key, body_hash, result`;

const insertStatement = `
  with new_events as (
    insert into events (id, workspace_id, type, test, idempotency_key, timestamp, body, body_bytes, deliveries, created_at)
    select id, $1, type, false, idempotency_key, timestamp, body, octet_length(body), deliveries, $2::timestamptz
    from json_to_recordset($3::text::json)
      as x(id uuid, type text, idempotency_key text, timestamp timestamptz, body text, deliveries int)
  ), new_deliveries as materialized (
    select * from json_to_recordset($4::text::json)
      as x(id uuid, event_id uuid, endpoint_id uuid, epoch int, type text, body_bytes int)
  ), sent as (
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts, created_at)
    select id, $1, event_id, endpoint_id, type, false, 'pending', 0, $2::timestamptz
    from new_deliveries
    returning workspace_id, event_id, test, null::text as was, status as became
  ), entered as (${insertLedgerDeltas("sent")}
  ), queued as (
    insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, epoch, pending, due_at, attempts, automatic_attempts, type, body_bytes)
    select $1, id, endpoint_id, event_id, epoch, true, $2::timestamptz, 0, 0, type, body_bytes
    from new_deliveries
  ), new_types as (
    insert into event_types (workspace_id, name, example)
    select $1, name, example from json_to_recordset($5::text::json) as x(name text, example text) order by name
    on conflict do nothing
  )
  update endpoint_states s set next_due_at = now(), hot_until = now() + interval '${hotSeconds} seconds'
  from (
    select endpoint_id from endpoint_states
    where endpoint_id = any($6::uuid[])
      and (next_due_at is null or next_due_at > now() or hot_until is null
        or hot_until < now() + interval '${hotSeconds / 2} seconds')
    order by endpoint_id for no key update
  ) cold where s.endpoint_id = cold.endpoint_id`;
