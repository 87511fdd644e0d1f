import { LRUCache } from "lru-cache";
import { database } from "@/db/connection/database";
import { findApiKeyByHash } from "@/db/queries/api-keys";
import { hashApiKey } from "./hash-api-key";

type FoundKey = NonNullable<Awaited<ReturnType<typeof findApiKeyByHash>>>;
type KeptKeys = { byHash: LRUCache<string, FoundKey>; forgotten: number };

/** A key that was revoked by another process is refused at most this much later. */
const keptMs = 2_000;
const keptMax = 10_000;

const holder = globalThis as { posthornApiKeys?: KeptKeys; posthornForgetApiKeys?: () => void };

function keptKeys(): KeptKeys {
  holder.posthornApiKeys ??= { byHash: new LRUCache({ max: keptMax, ttl: keptMs }), forgotten: 0 };
  return holder.posthornApiKeys;
}

/** A key that is not revoked, with its workspace, or `null`. Kept for two seconds: a producer sends it with each event. */
export async function findApiKey(key: string): Promise<FoundKey | null> {
  const { byHash, forgotten } = keptKeys();
  const hash = hashApiKey(key);
  const kept = byHash.get(hash);
  if (kept) return kept;
  const found = await findApiKeyByHash(database().db, hash);
  // What was read before a key was revoked must not outlive that.
  if (found && keptKeys().forgotten === forgotten) byHash.set(hash, found);
  return found;
}

/** Called once a key was revoked, or a workspace changed: this process knows it from the next request on. */
export function forgetApiKeys(): void {
  const kept = keptKeys();
  kept.byHash.clear();
  kept.forgotten += 1;
  holder.posthornForgetApiKeys?.();
}

/** Registers how another thread of the process forgets them, too. */
export function alsoForgetApiKeys(forget: () => void): void {
  holder.posthornForgetApiKeys = forget;
}
