/** Fields of `given` that differ from `before`; the order of a list or of an object's keys does not count. */
export function changedFields<T extends object>(given: T, before: T): Partial<T> {
  const changed: Partial<T> = {};
  for (const field in given) {
    if (comparable(given[field]) !== comparable(before[field])) changed[field] = given[field];
  }
  return changed;
}

function comparable(value: unknown): string | undefined {
  return JSON.stringify(value, (_, part) => {
    if (Array.isArray(part)) return part.toSorted();
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
