import { LRUCache } from "lru-cache";

/**
 * Caches results by key: the deliveries of one endpoint share their secrets and their URL. Beyond `max`, the least
 * recently used one is evicted.
 */
export function memoize<T extends NonNullable<unknown>>(
  max: number,
): (key: string, make: (key: string) => T) => T {
  const made = new LRUCache<string, T>({ max });
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}
