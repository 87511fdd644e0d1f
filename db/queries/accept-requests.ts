import { fanOut, type Subscriber } from "../../lib/core/fan-out";

export type NewEvent = {
  id: string;
  type: string;
  idempotencyKey: string | null;
  /** SHA-256 of the canonical request; needed with a key. */
  bodyHash: string | null;
  /**
   * When it happened, if the producer says so; `null` if it counts as happening when it was accepted, which its id
   * tells.
   */
  timestamp: Date | null;
  body: string;
  /** Example data of the event's shape, for the catalogue if it lacks the type. */
  example: () => string;
  deliver: boolean;
  /** The trace that its deliveries continue, if it is part of one. */
  traceparent: string | null;
};
export type PublishedEvent = { id: string; type: string; deliveries: number };

/** A workspace's rules for events, and those of the requested types that are in its catalogue. */
export type Catalogue = {
  refuseUnknownTypes: boolean;
  refuseInvalidData: boolean;
  /** Each type's JSON Schema, as text, by name, if it has one; empty if invalid data is not refused. */
  types: Record<string, string | null>;
};
export type PublishRequest = {
  events: NewEvent[];
  /** Throws the error of the request if the workspace refuses it. */
  check: (catalogue: Catalogue) => void;
};
export type PublishOutcome = { published: PublishedEvent[] } | { error: unknown };

/** An event to be written, with the webhooks that it goes to. */
export type AcceptedEvent = { event: NewEvent; receivers: Subscriber[] };

/** What the database holds before a group is written. */
export type StoredState = Catalogue & {
  /** Endpoints that subscribe to any of the group's types. */
  subscribers: Subscriber[];
  /** The group's idempotency keys that are in use. */
  keys: { key: string; bodyHash: string; result: PublishedEvent }[];
  /** The group's events that are already stored. */
  written: PublishedEvent[];
};

/** The idempotency key was used with another body. `index` is the event's position in the request. */
export class IdempotencyConflict extends Error {
  override readonly name = "IdempotencyConflict";
  constructor(readonly index: number) {
    super("the idempotency key was used with another body");
  }
}

/**
 * Decides on each request of a group, by what is stored and by what the requests before it use. A key that occurs
 * twice, in one request or in two, is one event.
 *
 * @returns the outcome of each request, and the events to be written
 */
export function acceptRequests(
  requests: PublishRequest[],
  state: StoredState,
): { outcomes: PublishOutcome[]; accepted: AcceptedEvent[] } {
  const written = new Map(state.written.map((result) => [result.id, result] as const));
  const uses = new Map<string, { bodyHash: string | null; result: PublishedEvent }>();
  for (const { key, ...use } of state.keys) uses.set(key, use);
  const accepted: AcceptedEvent[] = [];

  function accept(request: PublishRequest): PublishedEvent[] {
    request.check(state);
    const ownUses: typeof uses = new Map();
    const fresh: AcceptedEvent[] = [];
    const published = request.events.map((event, index) => {
      const { id, idempotencyKey: key, bodyHash } = event;
      const use = key === null ? undefined : (uses.get(key) ?? ownUses.get(key));
      if (use && use.bodyHash !== bodyHash) throw new IdempotencyConflict(index);
      const before = use?.result ?? written.get(id);
      if (before) return before;
      const receivers = fanOut(event, state.subscribers);
      const result = resultOf({ event, receivers });
      if (key !== null) ownUses.set(key, { bodyHash, result });
      fresh.push({ event, receivers });
      return result;
    });
    // Only now: a refused request must not affect the others.
    for (const [key, use] of ownUses) uses.set(key, use);
    accepted.push(...fresh);
    return published;
  }

  const outcomes = requests.map((request): PublishOutcome => {
    try {
      return { published: accept(request) };
    } catch (error) {
      return { error };
    }
  });
  return { outcomes, accepted };
}

/** The response for one event. */
export function resultOf({ event: { id, type }, receivers }: AcceptedEvent): PublishedEvent {
  return { id, type, deliveries: receivers.length };
}
