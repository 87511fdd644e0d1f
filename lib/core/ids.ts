import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

/** Prefixes of ids in the API, in pages and in headers. Columns store the bare UUID. */
const idPrefixes = {
  workspace: "ws",
  endpoint: "ep",
  event: "evt",
  delivery: "dlv",
  attempt: "att",
  apiKey: "key",
  user: "usr",
  replay: "rpl",
  transition: "trn",
  email: "eml",
  invitation: "inv",
  domain: "dom",
  failureGroup: "fgr",
  selfTest: "stt",
  auditRow: "aud",
  savedView: "svw",
  session: "ses",
  activity: "act",
} as const;
export type IdKind = keyof typeof idPrefixes;

/** Random bytes for 256 ids at a time: requesting 16 bytes costs more than the rest of making an id. */
const entropy = new Uint8Array(4_096);
let entropyUsed = entropy.length;
let lastMs = 0;
let sequence = 0;

/** A UUIDv7 (RFC 9562), monotonic within the process, so that ids sort by time. */
export function newId(): string {
  if (entropyUsed === entropy.length) {
    randomFillSync(entropy);
    entropyUsed = 0;
  }
  const random = entropy.subarray(entropyUsed, entropyUsed + 16);
  entropyUsed += 16;
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // 31 of the counter's 32 bits: it cannot overflow within a millisecond.
    sequence = new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1;
  } else sequence += 1;
  return v7({ random, msecs: lastMs, seq: sequence });
}

/** The counter's first bit, which `newId` leaves at zero. */
const madeLaterBit = 2 ** 31;

/** A UUIDv7 of a past moment, for a row that belongs to that time but is made later; `isMadeLater` recognizes it. */
export function newIdAt(time: Date): string {
  const random = randomFillSync(new Uint8Array(16));
  const seq = madeLaterBit + (new DataView(random.buffer).getUint32(6) >>> 1);
  return v7({ random, msecs: time.getTime(), seq });
}

/** Whether an id was made by `newIdAt` rather than `newId`. The counter begins after the version's digit. */
export const isMadeLater = (uuid: string): boolean => Number.parseInt(uuid.charAt(15), 16) >= 8;

/** `evt_` and the UUID's 32 hex digits. */
export function toPublicId(kind: IdKind, uuid: string): string {
  return `${idPrefixes[kind]}_${uuid.replaceAll("-", "")}`;
}

/** The UUID of a public id, or `null` if the text is not an id of that kind. */
export function fromPublicId(kind: IdKind, text: string): string | null {
  const match = new RegExp(
    `^${idPrefixes[kind]}_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$`,
  ).exec(text);
  return match ? match.slice(1).join("-") : null;
}

/** An id that nothing has: a filter by an invalid id uses it and matches nothing. */
export const noId = "00000000-0000-0000-0000-000000000000";

/**
 * The smallest UUID whose first 48 bits are the moment in milliseconds (RFC 9562, UUIDv7): a bound for ranges of ids.
 */
export function idAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
