import { database } from "@/db/connection/database";
import { findApiKeyByHash } from "@/db/queries/api-keys";
import { hashApiKey } from "./hash-api-key";

type FoundKey = NonNullable<Awaited<ReturnType<typeof findApiKeyByHash>>>;
type KeptKeys = { byHash: Map<string, { key: FoundKey; until: number }>; forgotten: number };

/** A key that was revoked by another process is refused at most this much later. */
const keptMs = 2_000;
const keptMax = 10_000;

const holder = globalThis as { posthornApiKeys?: KeptKeys };

function keptKeys(): KeptKeys {
  holder.posthornApiKeys ??= { byHash: new Map(), forgotten: 0 };
  return holder.posthornApiKeys;
}

/** A key that is not revoked, with its workspace, or `null`. Kept for two seconds: a producer sends it with each event. */
export async function findApiKey(key: string): Promise<FoundKey | null> {
  const { byHash, forgotten } = keptKeys();
  const hash = hashApiKey(key);
  const kept = byHash.get(hash);
  if (kept && kept.until > Date.now()) return kept.key;
  byHash.delete(hash);
  const found = await findApiKeyByHash(database().db, hash);
  // What was read before a key was revoked must not outlive that.
  if (found && keptKeys().forgotten === forgotten) {
    if (byHash.size >= keptMax) byHash.clear();
    byHash.set(hash, { key: found, until: Date.now() + keptMs });
  }
  return found;
}

/** Called once a key was revoked, or a workspace changed: this process knows it from the next request on. */
export function forgetApiKeys(): void {
  const kept = keptKeys();
  kept.byHash.clear();
  kept.forgotten += 1;
}
