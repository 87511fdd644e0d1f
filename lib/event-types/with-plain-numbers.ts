import { isLosslessNumber } from "lossless-json";

/** JSON with JavaScript's numbers in place of the lossless parser's; what they cannot hold becomes the largest one. */
export function withPlainNumbers(value: unknown): unknown {
  if (isLosslessNumber(value)) {
    return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(value.value)));
  }
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withPlainNumbers(item)]));
}
