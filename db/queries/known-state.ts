import { LRUCache } from "lru-cache";
import type { Subscriber } from "../../lib/core/fan-out";
import type { StoredState } from "./accept-requests";

/** More are not worth comparing: the statement would carry all of them. */
const subscribersMax = 64;

/** What was read last, by workspace and type: up to a million endpoints and types. */
const subscribersOf = new LRUCache<string, Subscriber[]>({
  maxSize: 1_000_000,
  sizeCalculation: (subscribers) => 1 + subscribers.length,
});

const keyOf = (workspaceId: string, type: string) => `${workspaceId} ${type}`;

/** Keeps what is stored for these types, so that the next events of them can be accepted by it. */
export function noteState(
  workspaceId: string,
  types: string[],
  state: Pick<StoredState, "refuseInvalidData" | "types" | "subscribers">,
): void {
  for (const type of types) {
    const subscribers = state.subscribers.filter(({ eventTypes }) => eventTypes?.includes(type) ?? true);
    const isRare = !Object.hasOwn(state.types, type) || subscribers.some(({ discards }) => discards);
    if (state.refuseInvalidData || isRare || subscribers.length > subscribersMax)
      subscribersOf.delete(keyOf(workspaceId, type));
    else subscribersOf.set(keyOf(workspaceId, type), subscribers);
  }
}

/**
 * What was stored for these types when they were last read. It may have changed since: compare it with what is stored
 * in the statement that relies on it.
 *
 * @returns `null` if it was not read for all of them, one is not in the catalogue, the workspace checks data, an
 *   endpoint discards, or more than 64 subscribe
 */
export function knownState(workspaceId: string, types: string[]): StoredState | null {
  const subscribers = new Map<string, Subscriber>();
  for (const type of types) {
    const known = subscribersOf.get(keyOf(workspaceId, type));
    if (!known) return null;
    for (const subscriber of known) subscribers.set(subscriber.id, subscriber);
  }
  if (subscribers.size > subscribersMax) return null;
  return {
    // Every type is in the catalogue.
    refuseUnknownTypes: false,
    refuseInvalidData: false,
    types: Object.fromEntries(types.map((type) => [type, null])),
    subscribers: [...subscribers.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    keys: [],
    written: [],
  };
}
