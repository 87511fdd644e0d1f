/**
 * Keeps what was made, by key: the deliveries of one endpoint share their secrets and their URL. Once it holds `max`, it
 * begins anew.
 */
export function memoize<T>(max: number): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make();
    if (made.size >= max) made.clear();
    made.set(key, fresh);
    return fresh;
  };
}
