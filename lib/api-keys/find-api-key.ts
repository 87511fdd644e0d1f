import { LRUCache } from "lru-cache";
import { database } from "@/db/connection/database";
import { findApiKeyByHash } from "@/db/queries/api-keys";
import type { Scope } from "../core/api-keys";
import { keyScopesOf, scopesIn } from "../core/roles";
import type { WorkspaceRef } from "../verbs/context";

/** A key in use, with its present scopes and its workspace. */
type FoundKey = { id: string; name: string; scopes: readonly Scope[]; workspace: WorkspaceRef };
type KeptKeys = { byHash: LRUCache<string, FoundKey>; forgotten: number };

/** A key that was revoked by another process is refused at most this much later. */
const keptMs = 2_000;
const keptMax = 10_000;

const holder = globalThis as { posthornApiKeys?: KeptKeys; posthornForgetApiKeys?: () => void };

function keptKeys(): KeptKeys {
  holder.posthornApiKeys ??= { byHash: new LRUCache({ max: keptMax, ttl: keptMs }), forgotten: 0 };
  return holder.posthornApiKeys;
}

/**
 * A key in use, by its hash, or `null`. It has the scopes that it was created with, as far as its creator's role
 * allows them now, and it ends with the creator's membership. Cached for two seconds, because a producer sends it
 * with each event.
 */
export async function findApiKey(hash: string): Promise<FoundKey | null> {
  const { byHash, forgotten } = keptKeys();
  const kept = byHash.get(hash);
  if (kept) return kept;
  const row = await findApiKeyByHash(database().db, hash);
  const found = row && inUse(row);
  // A result that was read before a key was revoked must not be cached after it.
  if (found && keptKeys().forgotten === forgotten) byHash.set(hash, found);
  return found;
}

function inUse(row: NonNullable<Awaited<ReturnType<typeof findApiKeyByHash>>>): FoundKey | null {
  const { id, name, scopes, workspace, createdBy, role } = row;
  // Created by Posthorn itself, or before creators of keys were recorded.
  if (createdBy === null) return { id, name, workspace, scopes: [...scopes, "payloads:read"] };
  if (role === null) return null;
  const allowed = keyScopesOf(role);
  const ofMaker = scopesIn(role, row).filter((scope) => scope === "payloads:read");
  return { id, name, workspace, scopes: [...scopes.filter((one) => allowed.includes(one)), ...ofMaker] };
}

/** Called after a key was revoked or a workspace changed: this process applies it from the next request on. */
export function forgetApiKeys(): void {
  const kept = keptKeys();
  kept.byHash.clear();
  kept.forgotten += 1;
  holder.posthornForgetApiKeys?.();
}

/** Registers how another thread of the process clears its cache, too. */
export function alsoForgetApiKeys(forget: () => void): void {
  holder.posthornForgetApiKeys = forget;
}
