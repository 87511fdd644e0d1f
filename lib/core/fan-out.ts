/** The part of a webhook that decides which events it gets. */
export type Subscriber = {
  id: string;
  /** `null`: all types, including future ones. */
  eventTypes: string[] | null;
  generation: number;
  /** It is disabled, and events that arrive meanwhile are discarded. */
  discards: boolean;
};

/**
 * The webhooks of its workspace that an event goes to: all that subscribe to its type, including disabled ones.
 * `db/queries/insert-events.ts` reads only those, by the same rule in SQL.
 */
export function fanOut(
  event: { type: string; deliver: boolean },
  subscribers: readonly Subscriber[],
): Subscriber[] {
  if (!event.deliver) return [];
  return subscribers.filter(({ eventTypes }) => eventTypes?.includes(event.type) ?? true);
}
