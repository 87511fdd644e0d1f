import { isLosslessNumber, parse } from "lossless-json";
import { readSearch } from "./search-kinds";

/** A value to find in payloads: the whole value or its beginning; anywhere, or at a path below `data`. */
export type ValueForm = { path: readonly string[] | null; value: string; prefix: boolean };

/**
 * What a search looks for in payloads: `text` anywhere, in any case; or a value in one of these forms, exactly as it
 * was published.
 */
export type PayloadSearch = { text: string } | { forms: readonly ValueForm[] };

/**
 * The characters of a value and of a path that are indexed. Longer ones that agree so far are compared in full
 * afterwards.
 */
const indexedCharacters = 200;
/** Separates a value from its path in a term; it sorts before all longer values. */
const separator = "\u0001";
const afterSeparator = "\u0002";
/** Sorts after everything. */
const last = "\u{10ffff}";

const pathAndValue = /^([\p{L}\p{N}_$-]+(?:\.[\p{L}\p{N}_$-]+)*):(.+)$/su;

/** Reads a search as `readSearch` does, and `customer.email:ana@example.com` as a value at a path. */
export function parsePayloadSearch(search: string): PayloadSearch {
  const { kind, text: whole } = readSearch(search);
  if (kind === "text") return { text: whole };
  const prefix = kind === "prefix";
  const [, path, value] = pathAndValue.exec(whole) ?? [];
  const forms: ValueForm[] = [{ path: null, value: whole, prefix }];
  if (path !== undefined && value !== undefined) {
    const keys = path.split(".");
    forms.push({ path: keys, value, prefix });
    // In a payload as shown, its data is below `data`.
    if (keys[0] === "data" && keys.length > 1) forms.push({ path: keys.slice(1), value, prefix });
  }
  return { forms };
}

/** Whether such a value is indexed: `true`, `false` and `null` are in too many payloads. */
export const isIndexed = ({ value, prefix }: ValueForm): boolean =>
  prefix || !["true", "false", "null"].includes(value);

/**
 * The terms of such a value in a payload are from `from` (included) and below `below`, by bytes. Other terms may be
 * among them.
 */
export function termRange({ path, value, prefix }: ValueForm): { from: string; below: string } {
  const begin = indexed(value);
  if (prefix || value.length > indexedCharacters) return { from: begin, below: `${begin}${last}` };
  if (path === null) return { from: `${begin}${separator}`, below: `${begin}${afterSeparator}` };
  const from = `${begin}${separator}${indexed(path.join("."))}`;
  return { from, below: `${from}${separator}` };
}

/**
 * The terms by which a payload is found: each string and number in its data with its path, without list indexes.
 * Numbers are found as they are written, and in their usual form.
 *
 * @param body JSON with an object `data`
 */
export function termsOf(body: string): string[] {
  const { data } = parsed(body);
  const terms = new Set<string>();
  const open: [value: unknown, path: string][] = [[data, ""]];
  const add = (value: string, path: string) => terms.add(`${indexed(value)}${separator}${indexed(path)}`);
  for (let place = open.pop(); place; place = open.pop()) {
    const [value, path] = place;
    if (typeof value === "string" || typeof value === "number") {
      add(String(value), path);
    } else if (isLosslessNumber(value)) {
      add(value.value, path);
      add(String(Number(value.value)), path);
    } else if (Array.isArray(value)) {
      for (const one of value) open.push([one, path]);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, one] of Object.entries(value)) open.push([one, path === "" ? key : `${path}.${key}`]);
    }
  }
  return [...terms];
}

/**
 * Numbers that the platform would write differently keep their digits. Reading all numbers this way would take ten
 * times as long.
 */
const isWrittenOtherwise = /[:,[]-?(?:\d{16}|\d+\.\d*0(?!\d)|\d[\d.]*[eE])/;

function parsed(body: string): { data: unknown } {
  const value: unknown = isWrittenOtherwise.test(body) ? parse(body) : JSON.parse(body);
  return { data: typeof value === "object" && value !== null && "data" in value ? value.data : null };
}

const indexed = (value: string) => sanitized(value.slice(0, indexedCharacters));

/** Text as PostgreSQL can store it; a surrogate pair that was cut in two is removed. */
const sanitized = (text: string) =>
  text
    .replaceAll("\0", separator)
    .replace(/[\ud800-\udbff]$/, "")
    .toWellFormed();
