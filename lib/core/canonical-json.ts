import { isLosslessNumber, stringify } from "lossless-json";

/** JSON with the keys of every object sorted and without spaces, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return stringify(sorted(value)) ?? "null";
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object" || isLosslessNumber(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]),
  );
}
