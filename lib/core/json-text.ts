import { LosslessNumber, stringify } from "lossless-json";

/**
 * The JSON text of a value from a request, without spaces. Numbers keep every digit: those that the platform would
 * write differently are instances of the lossless parser's class.
 */
export function jsonText(value: object): string {
  return holdsLossless(value) ? (stringify(value) ?? "null") : JSON.stringify(value);
}

function holdsLossless(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof LosslessNumber) return true;
  if (Array.isArray(value)) return value.some(holdsLossless);
  for (const inner of Object.values(value)) if (holdsLossless(inner)) return true;
  return false;
}
