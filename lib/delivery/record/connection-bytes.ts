import net from "node:net";
import { exchangePhases, type Peer, type Timings } from "../http-client/exchange-trace";
import { memoize } from "../memoize";

/** The stored data of an attempt's connection, besides its duration. */
export type ConnectionFacts = { timings: Timings; peer: Peer };

const hasIpv4 = 1 << 5;
const hasIpv6 = 1 << 6;
const hasCertificate = 1 << 7;

/**
 * Encodes it in as few bytes as possible, because there is one per request: 6 on a kept connection. A byte of flags
 * says which phases occurred, and whether an address (IPv4, IPv6) and a certificate follow; then, as varints, the
 * milliseconds of each phase except the last, which takes the rest of the duration; the address's 4 or 16 bytes; the
 * certificate's expiry, in seconds since 1970, as 4 bytes.
 *
 * @returns `null` if nothing was dialled
 */
export function writeConnection({ timings, peer }: ConnectionFacts): Buffer | null {
  const reached = exchangePhases.filter((phase) => timings[phase] !== null);
  if (reached.length === 0) return null;
  const address = peer.address === null ? [] : addressesKept(peer.address, bytesOfAddress);
  const bytes = [0];
  for (const phase of reached.slice(0, -1)) {
    let left = timings[phase] ?? 0;
    for (; left > 127; left >>>= 7) bytes.push((left & 127) | 128);
    bytes.push(left);
  }
  let flags = 0;
  for (const phase of reached) flags |= 1 << exchangePhases.indexOf(phase);
  if (address.length === 4) flags |= hasIpv4;
  if (address.length === 16) flags |= hasIpv6;
  bytes.push(...address);
  const seconds = Math.floor((peer.certificateExpiresAt?.getTime() ?? Number.NaN) / 1_000);
  if (seconds >= 0 && seconds < 2 ** 32) {
    flags |= hasCertificate;
    bytes.push(seconds >>> 24, (seconds >>> 16) & 255, (seconds >>> 8) & 255, seconds & 255);
  }
  bytes[0] = flags;
  return Buffer.from(bytes);
}

/**
 * Decodes what `writeConnection` encoded.
 *
 * @param durationMs of the attempt: its last phase is what the others leave of it
 * @returns `null` for an attempt without this data: nothing was dialled, or an older Posthorn made it
 */
export function readConnection(bytes: Buffer | null, durationMs: number): ConnectionFacts | null {
  const [flags] = bytes ?? [];
  if (!bytes || flags === undefined) return null;
  let at = 1;
  const readVarint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const timings: Timings = { dns: null, connect: null, tls: null, wait: null, read: null };
  const reached = exchangePhases.filter((_, index) => flags & (1 << index));
  let leftMs = durationMs;
  reached.forEach((phase, index) => {
    const ms = index === reached.length - 1 ? Math.max(0, leftMs) : readVarint();
    leftMs -= ms;
    timings[phase] = ms;
  });
  const length = flags & hasIpv4 ? 4 : flags & hasIpv6 ? 16 : 0;
  const address = length > 0 ? textOfAddress(bytes.subarray(at, at + length)) : null;
  const end = flags & hasCertificate ? new Date(bytes.readUInt32BE(at + length) * 1_000) : null;
  return { timings, peer: { address, certificateExpiresAt: end } };
}

const addressesMax = 2_000;
const addressesKept = memoize<number[]>(addressesMax);

/** None if it is not an address. A zone, as of a link-local address, is dropped. */
function bytesOfAddress(address: string): number[] {
  const [text = ""] = address.split("%");
  if (net.isIPv4(text)) return text.split(".").map(Number);
  if (!net.isIPv6(text)) return [];
  const [, ipv4] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text) ?? [];
  if (ipv4) return ipv4.split(".").map(Number);
  // URL accepts every notation, and normalizes it to groups of hexadecimal digits.
  const [head = "", tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const groups = (part: string | undefined) => (part ? part.split(":").map((one) => parseInt(one, 16)) : []);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 255]);
}

function textOfAddress(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}
