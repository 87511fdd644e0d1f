import { randomFillSync } from "node:crypto";
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

/** Random bytes for 256 ids at a time: asking for 16 costs more than all else that makes an id. */
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

/** The counter's first bit, which `newId` leaves out. */
const madeLaterBit = 2 ** 31;

/** A UUIDv7 of a moment, for what belongs to that time although it is made later; `isMadeLater` tells it from others. */
export function newIdAt(time: Date): string {
  const random = randomFillSync(new Uint8Array(16));
  const seq = madeLaterBit + (new DataView(random.buffer).getUint32(6) >>> 1);
  return v7({ random, msecs: time.getTime(), seq });
}

/** Whether `newIdAt` made an id, and not `newId`. The counter begins behind the version's digit. */
export const isMadeLater = (uuid: string): boolean => Number.parseInt(uuid.charAt(15), 16) >= 8;

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

/** The id of nothing: for a filter by an invalid id, which then matches nothing. */
export const noId = "00000000-0000-0000-0000-000000000000";

/** The smallest UUID whose first 48 bits are the moment in milliseconds (RFC 9562, UUIDv7): a bound for ranges over ids. */
export function idAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
