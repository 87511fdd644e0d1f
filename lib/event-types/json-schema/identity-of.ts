import { isLosslessNumber } from "lossless-json";
import { exactNumber } from "./exact-number";
import { isObject, type Json } from "./json";

/**
 * A text that two JSON values share exactly if JSON Schema considers them equal (Core, section 4.2.2): numbers by
 * value, objects in any order of keys.
 */
export function identityOf(value: Json): string {
  if (typeof value === "number" || isLosslessNumber(value)) {
    const { negative, digits, exponent } = exactNumber(String(value));
    return `${negative ? "-" : ""}${digits}e${exponent}`;
  }
  if (Array.isArray(value)) return `[${value.map(identityOf).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${identityOf(item)}`).join()}}`;
}
