import { isLosslessNumber } from "lossless-json";

/** How many items of an array, and how many levels, an example shows. */
const itemsMax = 1;
const depthMax = 8;

/**
 * An example with the shape of published data and placeholder values: published data itself never becomes an example.
 *
 * @returns indented JSON text
 */
export function placeholderExample(data: unknown): string {
  return JSON.stringify(placeholder(data, 0), null, 2);
}

function placeholder(value: unknown, depth: number): unknown {
  if (isLosslessNumber(value) || typeof value === "number") return 0;
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return true;
  if (value === null || typeof value !== "object") return null;
  if (Array.isArray(value))
    return depth >= depthMax ? [] : value.slice(0, itemsMax).map((item) => placeholder(item, depth + 1));
  if (depth >= depthMax) return {};
  // Own properties by definition: a key may be named __proto__.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, placeholder(item, depth + 1)]));
}
