import { v7 } from "uuid";

/** Prefixes of ids at the edge: API, pages, headers. Columns hold the bare UUID. */
const idPrefixes = {
  workspace: "ws",
  endpoint: "ep",
  event: "evt",
  delivery: "dlv",
  attempt: "att",
  apiKey: "key",
  user: "usr",
} as const;
export type IdKind = keyof typeof idPrefixes;

/** A UUIDv7 (RFC 9562), monotonic within the process, so that ids sort by time. */
export function newId(): string {
  return v7();
}

/** `evt_` and the UUID's 32 hex digits. */
export function toPublicId(kind: IdKind, uuid: string): string {
  return `${idPrefixes[kind]}_${uuid.replaceAll("-", "")}`;
}

/** The UUID of a public id, or `null` when the text is not an id of that kind. */
export function fromPublicId(kind: IdKind, text: string): string | null {
  const match = new RegExp(
    `^${idPrefixes[kind]}_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$`,
  ).exec(text);
  return match ? match.slice(1).join("-") : null;
}

/** The smallest UUIDv7 of a moment: a bound for ranges over ids. */
export function idAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
