/** A webhook, as far as it decides what it gets. */
export type Subscriber = {
  id: string;
  /** `null`: all, also future ones. */
  eventTypes: string[] | null;
  generation: number;
  /** It is disabled, and what arrives meanwhile is not to be kept. */
  discards: boolean;
};

/**
 * The webhooks that an event goes to, of those of its workspace: all that subscribe to its type, disabled ones included.
 * `db/queries/publish-events.ts` reads no others, which is the same rule in SQL.
 */
export function fanOut(
  event: { type: string; deliver: boolean },
  subscribers: readonly Subscriber[],
): Subscriber[] {
  if (!event.deliver) return [];
  return subscribers.filter(({ eventTypes }) => eventTypes?.includes(event.type) ?? true);
}
