import { LRUCache } from "lru-cache";
import type { Subscriber } from "../../lib/core/fan-out";
import type { StoredState } from "./accept-requests";

/** More is not worth comparing: the statement would carry all of it. In endpoints and the types that they list. */
const comparedMax = 500;

/** What was read last, by workspace and type: some 10 MB at most. */
const subscribersOf = new LRUCache<string, Subscriber[]>({
  maxSize: 100_000,
  sizeCalculation: (subscribers) => 1 + sizeOf(subscribers),
});

const keyOf = (workspaceId: string, type: string) => `${workspaceId} ${type}`;

const sizeOf = (subscribers: Subscriber[]): number =>
  subscribers.reduce((size, { eventTypes }) => size + 1 + (eventTypes?.length ?? 0), 0);

/** Keeps what is stored for these types, so that the next events of them can be accepted by it. */
export function noteState(
  workspaceId: string,
  types: string[],
  state: Pick<StoredState, "refuseInvalidData" | "types" | "subscribers">,
): void {
  for (const type of types) {
    const subscribers = state.subscribers.filter(({ eventTypes }) => eventTypes?.includes(type) ?? true);
    const isRare = !Object.hasOwn(state.types, type) || subscribers.some(({ discards }) => discards);
    if (state.refuseInvalidData || isRare || sizeOf(subscribers) > comparedMax)
      subscribersOf.delete(keyOf(workspaceId, type));
    else subscribersOf.set(keyOf(workspaceId, type), subscribers);
  }
}

/**
 * What was stored for these types when they were last read. It may have changed since: compare it with what is stored
 * in the statement that relies on it.
 *
 * @returns `null` if it was not read for all of them, one is not in the catalogue, the workspace checks data, an
 *   endpoint discards, or it is too much to compare
 */
export function knownState(workspaceId: string, types: string[]): StoredState | null {
  const byId = new Map<string, Subscriber>();
  for (const type of types) {
    const known = subscribersOf.get(keyOf(workspaceId, type));
    if (!known) return null;
    for (const subscriber of known) byId.set(subscriber.id, subscriber);
  }
  const subscribers = [...byId.values()];
  if (sizeOf(subscribers) > comparedMax) return null;
  return {
    // Every type is in the catalogue.
    refuseUnknownTypes: false,
    refuseInvalidData: false,
    types: Object.fromEntries(types.map((type) => [type, null])),
    subscribers: subscribers.sort((a, b) => (a.id < b.id ? -1 : 1)),
    keys: [],
    written: [],
  };
}
