import postgres from "postgres";
import { metrics } from "../../lib/telemetry/metrics";
import {
  type AcceptedEvent,
  acceptRequests,
  type PublishOutcome,
  type PublishRequest,
  resultOf,
  type StoredState,
} from "./accept-requests";
import { insertEvents } from "./insert-events";
import { namedStatement } from "./named-statement";

export type PublishParams = {
  workspaceId: string;
  requests: PublishRequest[];
  now: number;
  newId: () => string;
  idempotencyHours: number;
  /** How long to wait for locks of other transactions at most. */
  lockTimeoutMs: number;
  /** Events with the same ids may have been written before. */
  again: boolean;
};

/** Another request took one of the idempotency keys meanwhile, and nothing was written. Read them again. */
export class IdempotencyRace extends Error {
  override readonly name = "IdempotencyRace";
}

/** The connection was lost during the commit, so it is unknown whether the transaction committed. */
export class CommitUnknown extends Error {
  override readonly name = "CommitUnknown";
}

/**
 * Writes a workspace's requests in one transaction: their events, and one delivery for each endpoint that subscribes
 * to the type, including disabled ones. It takes two statements, and one more if keys are new.
 *
 * @returns for each request, in order, its events with their number of deliveries (those of the first event if a key
 *   was used within 24 hours with the same body), or why it was refused; nothing of a refused request is written
 * @throws CommitUnknown; IdempotencyRace and database errors, after which nothing of any request is written
 */
export async function publishEvents(sql: postgres.Sql, params: PublishParams): Promise<PublishOutcome[]> {
  let committing = false;
  try {
    const { outcomes, accepted } = await sql.begin(async (tx) => {
      const written = await writeRequests(tx, params);
      committing = true;
      return written;
    });
    metrics()?.accepted(accepted);
    return outcomes;
  } catch (error) {
    if (!committing || isRefusal(error)) throw error;
    throw new CommitUnknown("the connection was lost while a transaction committed", { cause: error });
  }
}

async function writeRequests(
  tx: postgres.TransactionSql,
  params: PublishParams,
): Promise<{ outcomes: PublishOutcome[]; accepted: AcceptedEvent[] }> {
  const state = await readState(tx, params);
  const { outcomes, accepted } = acceptRequests(params.requests, state);
  await takeKeys(tx, params, accepted);
  if (accepted.length > 0) await insertEvents(tx, { ...params, accepted, types: state.types });
  return { outcomes, accepted };
}

/** Whether the server said that it did not commit. The error of a terminated connection (57P…) does not say so. */
function isRefusal(error: unknown): boolean {
  return error instanceof postgres.PostgresError && !error.code.startsWith("57P");
}

async function readState(tx: postgres.TransactionSql, params: PublishParams): Promise<StoredState> {
  const { workspaceId, requests } = params;
  const events = requests.flatMap((request) => request.events);
  const types = [...new Set(events.map((event) => event.type))];
  const keys = [...new Set(events.flatMap((event) => event.idempotencyKey ?? []))];
  const [, [state], written] = await Promise.all([
    tx.unsafe(`set local lock_timeout = ${params.lockTimeoutMs}`),
    read(tx, { workspaceId, types, keys, now: new Date(params.now).toISOString() }),
    params.again ? findWritten(tx, { workspaceId, ids: events.map(({ id }) => id) }) : [],
  ]);
  if (!state) throw new Error(`there is no workspace ${workspaceId}`);
  return { ...state, written };
}

/**
 * Takes the new idempotency keys, in sorted order, so that two transactions cannot deadlock.
 *
 * @throws IdempotencyRace if one is no longer new
 */
async function takeKeys(
  tx: postgres.TransactionSql,
  params: PublishParams,
  accepted: AcceptedEvent[],
): Promise<void> {
  const keyed = accepted.filter(({ event }) => event.idempotencyKey !== null);
  if (keyed.length === 0) return;
  const taken = await take(tx, {
    workspaceId: params.workspaceId,
    now: new Date(params.now).toISOString(),
    expiresAt: new Date(params.now + params.idempotencyHours * 3_600_000).toISOString(),
    keys: keyed.map(({ event }) => event.idempotencyKey ?? ""),
    hashes: keyed.map(({ event }) => event.bodyHash ?? ""),
    results: keyed.map((one) => JSON.stringify(resultOf(one))),
  });
  if (taken.count < keyed.length) throw new IdempotencyRace("an idempotency key was taken in the meantime");
}

/**
 * Only the webhooks that may get one of the events, by the rule of `fanOut` for several types at once. The share lock
 * keeps each from being deleted, disabled or moved to another generation until its new deliveries are visible.
 */
const read = namedStatement<Omit<StoredState, "written">>(`
  select w.refuse_unknown_types as "refuseUnknownTypes", w.refuse_invalid_data as "refuseInvalidData",
    (select coalesce(json_agg(e), '[]') from (
      select id, event_types as "eventTypes", generation, discards_while_disabled as discards from endpoints
      where workspace_id = :workspaceId and deleted_at is null and (event_types is null or event_types && :types::text[])
      order by id for share
    ) e) as subscribers,
    (select coalesce(json_object_agg(name, case when w.refuse_invalid_data then schema end), '{}') from event_types
      where workspace_id = :workspaceId and name = any(:types::text[])) as types,
    (select coalesce(json_agg(k), '[]') from (
      select key, body_hash as "bodyHash", result from idempotency_keys
      where workspace_id = :workspaceId and scope = 'events' and key = any(:keys::text[]) and expires_at > :now::timestamptz
    ) k) as keys
  from workspaces w where w.id = :workspaceId`);

const findWritten = namedStatement<StoredState["written"][number]>(`
  select id, type, deliveries from events where workspace_id = :workspaceId and id = any(:ids::uuid[])`);

/** Takes over an expired key; a key that has not expired is missing from the returned rows. */
const take = namedStatement(`
  insert into idempotency_keys (workspace_id, scope, key, body_hash, result, expires_at)
  select :workspaceId, 'events', key, body_hash, result::jsonb, :expiresAt::timestamptz
    from unnest(:keys::text[], :hashes::text[], :results::text[]) as x(key, body_hash, result)
    order by key
  on conflict (workspace_id, scope, key) do update
    set body_hash = excluded.body_hash, result = excluded.result, expires_at = excluded.expires_at
    where idempotency_keys.expires_at <= :now::timestamptz
  returning key`);
