import { LRUCache } from "lru-cache";

/**
 * Keeps what was made, by key: the deliveries of one endpoint share their secrets and their URL. Of more than `max`, what
 * was used longest ago makes room.
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
