import postgres from "postgres";
import { metrics } from "../../lib/telemetry/metrics";
import { sqlStateOf } from "../connection/sql-state";
import {
  type AcceptedEvent,
  acceptRequests,
  type PublishOutcome,
  type PublishRequest,
  type StoredState,
} from "./accept-requests";
import { keyValuesOf, takeUnusedKeys } from "./idempotency-keys";
import { insertEvents, insertEventsIfKnown, selectSubscribers } from "./insert-events";
import { knownState, noteState } from "./known-state";
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
 * to the type, including disabled ones. It takes one statement if what was read for these types still holds and no
 * key was used before; otherwise two, and one more if keys are new.
 *
 * @returns for each request, in order, its events with their number of deliveries (those of the first event if a key
 *   was used within 24 hours with the same body), or why it was refused; nothing of a refused request is written
 * @throws CommitUnknown; IdempotencyRace and database errors, after which nothing of any request is written
 */
export async function publishEvents(sql: postgres.Sql, params: PublishParams): Promise<PublishOutcome[]> {
  const written = (await writeKnown(sql, params)) ?? (await writeInTransaction(sql, params));
  metrics()?.accepted(written.accepted);
  return written.outcomes;
}

type Written = { outcomes: PublishOutcome[]; accepted: AcceptedEvent[] };

/** @returns `null` if nothing was written: what is known is too little, or no longer true */
async function writeKnown(sql: postgres.Sql, params: PublishParams): Promise<Written | null> {
  const { workspaceId, requests } = params;
  if (params.again) return null;
  const types = typesOf(requests);
  const state = knownState(workspaceId, types);
  if (!state) return null;
  const decided = acceptRequests(requests, state);
  // Refusals, too, are told only by what is stored.
  if (decided.accepted.length === 0) return null;
  try {
    const { accepted } = decided;
    const { subscribers } = state;
    const keys = keyValuesOf(accepted, params);
    const isWritten = await insertEventsIfKnown(sql, { ...params, accepted, types, subscribers, keys });
    return isWritten ? decided : null;
  } catch (error) {
    if (sqlStateOf(error) === uniqueViolation) return null;
    throw isUnsent(error) ? error : asCommitFailure(error);
  }
}

async function writeInTransaction(sql: postgres.Sql, params: PublishParams): Promise<Written> {
  let committing = false;
  try {
    return await sql.begin(async (tx) => {
      const written = await writeRequests(tx, params);
      committing = true;
      return written;
    });
  } catch (error) {
    throw committing ? asCommitFailure(error) : error;
  }
}

/** What to throw for an error of a statement that commits. */
const asCommitFailure = (error: unknown): unknown =>
  isRefusal(error)
    ? error
    : new CommitUnknown("the connection was lost while a transaction committed", { cause: error });

const typesOf = (requests: PublishRequest[]): string[] => [
  ...new Set(requests.flatMap(({ events }) => events.map(({ type }) => type))),
];

async function writeRequests(tx: postgres.TransactionSql, params: PublishParams): Promise<Written> {
  const state = await readState(tx, params);
  const { outcomes, accepted } = acceptRequests(params.requests, state);
  await takeKeys(tx, params, accepted);
  if (accepted.length > 0) await insertEvents(tx, { ...params, accepted, types: state.types });
  return { outcomes, accepted };
}

const uniqueViolation = "23505";

/** Whether there was no connection to send a statement on. PostgreSQL says 57P03 while it starts or recovers. */
const isUnsent = (error: unknown): boolean =>
  /^(CONNECT_TIMEOUT|CONNECTION_(DESTROYED|ENDED)|ECONNREFUSED|ENOENT|ENOTFOUND|EAI_AGAIN|57P03)$/.test(
    sqlStateOf(error),
  );

/** Whether the server said that it did not commit. The error of a terminated connection (57P…) does not say so. */
function isRefusal(error: unknown): boolean {
  return error instanceof postgres.PostgresError && !error.code.startsWith("57P");
}

async function readState(tx: postgres.TransactionSql, params: PublishParams): Promise<StoredState> {
  const { workspaceId, requests } = params;
  const events = requests.flatMap((request) => request.events);
  const types = typesOf(requests);
  const keys = [...new Set(events.flatMap((event) => event.idempotencyKey ?? []))];
  const [, [state], written] = await Promise.all([
    tx.unsafe(`set local lock_timeout = ${params.lockTimeoutMs}`),
    read(tx, { workspaceId, types, keys, now: new Date(params.now).toISOString() }),
    params.again ? findWritten(tx, { workspaceId, ids: events.map(({ id }) => id) }) : [],
  ]);
  if (!state) throw new Error(`there is no workspace ${workspaceId}`);
  noteState(workspaceId, types, state);
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
  const values = keyValuesOf(accepted, params);
  if (values.keys.length === 0) return;
  const taken = await takeUnusedKeys(tx, {
    workspaceId: params.workspaceId,
    ...values,
    now: new Date(params.now).toISOString(),
  });
  if (taken.count < values.keys.length)
    throw new IdempotencyRace("an idempotency key was taken in the meantime");
}

const read = namedStatement<Omit<StoredState, "written">>(`
  select w.refuse_unknown_types as "refuseUnknownTypes", w.refuse_invalid_data as "refuseInvalidData",
    (select coalesce(json_agg(e), '[]') from (
      ${selectSubscribers} order by id for share
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
