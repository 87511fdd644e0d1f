import { LRUCache } from "lru-cache";
import { AppError } from "../core/errors";

/** Wrong keys that a network may send within a window. */
const wrongMax = 30;
const windowMs = 60_000;

type Window = { wrong: number; endsAt: number };

/** By network, bounded: an evicted network starts anew. In memory, so that it costs the database nothing. */
const windows = new LRUCache<string, Window>({ max: 10_000, ttl: windowMs });
/** Keys that were correct within the last hour: a network's wrong keys do not block them. */
const worked = new LRUCache<string, true>({ max: 10_000, ttl: 60 * 60_000 });

/**
 * Refuses a key that is not known to be correct, without looking it up, if its network recently sent too many wrong
 * ones.
 *
 * @param network see `clientNetwork`; `null` is not limited
 * @param hash of the key
 * @throws AppError `rate_limited`
 */
export function limitWrongKeys(network: string | null, hash: string): void {
  const window = network === null ? undefined : windows.get(network);
  if (!window || window.wrong < wrongMax || worked.has(hash)) return;
  throw new AppError(
    "rate_limited",
    "Too many invalid API keys were sent from your address. Try again in a minute.",
    {
      retryAfterSeconds: Math.max(1, Math.ceil((window.endsAt - Date.now()) / 1_000)),
    },
  );
}

/** Counts a wrong key, or remembers a correct one. */
export function noteKey(network: string | null, hash: string, isRight: boolean): void {
  if (isRight) {
    if (!worked.has(hash)) worked.set(hash, true);
    return;
  }
  worked.delete(hash);
  if (network === null) return;
  const window = windows.get(network);
  if (window) window.wrong += 1;
  else windows.set(network, { wrong: 1, endsAt: Date.now() + windowMs });
}
