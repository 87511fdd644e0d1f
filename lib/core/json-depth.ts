/**
 * How deeply objects and lists may be nested in one JSON value of a request. Receivers' parsers stop at 100 to 1,000
 * levels, and recursive code has a limit too: what is accepted must be read, stored, sent and shown.
 */
export const jsonDepthMax = 100;
export const jsonDepthMessage = `must be nested at most ${jsonDepthMax} levels deep`;

type Nested = unknown[] | { [key: string]: unknown };
type Place = { value: Nested; depth: number; key: string; parent: Place | null };

/**
 * Looks for nesting deeper than `jsonDepthMax`, without recursion.
 *
 * @returns the keys that lead to the first value that is too deep; `null` if there is none
 */
export function findTooDeep(value: unknown): string[] | null {
  if (!isNested(value)) return null;
  const open: Place[] = [{ value, depth: 1, key: "", parent: null }];
  for (let place = open.pop(); place; place = open.pop()) {
    if (place.depth > jsonDepthMax) return keysTo(place);
    for (const [key, inner] of Object.entries(place.value)) {
      if (isNested(inner)) open.push({ value: inner, depth: place.depth + 1, key, parent: place });
    }
  }
  return null;
}

/** Numbers of the lossless parser are objects too, of their own class. */
function isNested(value: unknown): value is Nested {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function keysTo(place: Place): string[] {
  const keys: string[] = [];
  for (let at: Place | null = place; at?.parent; at = at.parent) keys.unshift(at.key);
  return keys;
}
