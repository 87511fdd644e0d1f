import { LRUCache } from "lru-cache";

/**
 * Schemas that ran out of time, and on how much data: half as much and more is not worth another try for a minute. So
 * who sends ever less to run out of time again gets few tries, and small data goes on being judged.
 */
export class TimedOut {
  private readonly sizes = new LRUCache<string, number>({ max: 500, ttl: 60_000 });

  has(schema: string, size: number): boolean {
    const known = this.sizes.get(schema);
    return known !== undefined && size * 2 >= known;
  }

  note(schema: string, size: number): void {
    // What was answered from here says nothing new, and must not stay in the cache longer for it.
    if (!this.has(schema, size)) this.sizes.set(schema, size);
  }
}
