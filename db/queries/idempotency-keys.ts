import { type AcceptedEvent, resultOf } from "./accept-requests";
import { namedStatement } from "./named-statement";

/** Idempotency keys to be taken. */
export type KeyValues = { keys: string[]; hashes: string[]; results: string[]; expiresAt: string };

/**
 * The keys that accepted events take.
 *
 * @param params.now in milliseconds since 1970
 */
export function keyValuesOf(
  accepted: AcceptedEvent[],
  params: { now: number; idempotencyHours: number },
): KeyValues {
  const keyed = accepted.filter(({ event }) => event.idempotencyKey !== null);
  return {
    keys: keyed.map(({ event }) => event.idempotencyKey ?? ""),
    hashes: keyed.map(({ event }) => event.bodyHash ?? ""),
    results: keyed.map((one) => JSON.stringify(resultOf(one))),
    expiresAt: new Date(params.now + params.idempotencyHours * 3_600_000).toISOString(),
  };
}

/**
 * The statement that takes keys by their `KeyValues`, in sorted order, so that two transactions cannot deadlock.
 *
 * @param condition what else the keys are joined with: without a row of it, none is taken
 */
export const insertKeys = (condition = "") => `
  insert into idempotency_keys (workspace_id, scope, key, body_hash, result, expires_at)
  select :workspaceId, 'events', key, body_hash, result::jsonb, :expiresAt::timestamptz
    from unnest(:keys::text[], :hashes::text[], :results::text[]) as x(key, body_hash, result) ${condition}
    order by key`;

/** Takes over an expired key; a key that has not expired is missing from the returned rows. */
export const takeUnusedKeys = namedStatement<{ key: string }>(`${insertKeys()}
  on conflict (workspace_id, scope, key) do update
    set body_hash = excluded.body_hash, result = excluded.result, expires_at = excluded.expires_at
    where idempotency_keys.expires_at <= :now::timestamptz
  returning key`);
