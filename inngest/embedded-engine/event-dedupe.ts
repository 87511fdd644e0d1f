/** Inngest's window: an event's id starts a function once in 24 hours. */
const windowMs = 24 * 3_600_000;
/** A bound for memory: of more ids than these, the oldest are forgotten before their time. */
const idsMax = 100_000;

/** Remembers which events a function has seen. */
export class EventDedupe {
  readonly #expiresAt = new Map<string, number>();

  /** True the first time an id is seen within 24 hours. */
  firstSeen(functionId: string, eventId: string): boolean {
    const now = Date.now();
    for (const [key, expiresAt] of this.#expiresAt) {
      if (expiresAt > now && this.#expiresAt.size < idsMax) break;
      this.#expiresAt.delete(key);
    }
    const key = `${functionId} ${eventId}`;
    if (this.#expiresAt.has(key)) return false;
    this.#expiresAt.set(key, now + windowMs);
    return true;
  }
}
