import { LRUCache } from "lru-cache";

/**
 * Schemas that ran out of time, and on how much data. For a minute, half as much data or more is not tried again, so
 * a client that sends ever less gets few tries, while small data is still validated.
 */
export class TimedOut {
  private readonly sizes = new LRUCache<string, number>({ max: 500, ttl: 60_000 });

  has(schema: string, size: number): boolean {
    const known = this.sizes.get(schema);
    return known !== undefined && size * 2 >= known;
  }

  note(schema: string, size: number): void {
    // A refusal from here is no new information, and must not extend the cache entry.
    if (!this.has(schema, size)) this.sizes.set(schema, size);
  }
}
