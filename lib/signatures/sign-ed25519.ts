import { type KeyObject, sign } from "node:crypto";

/**
 * A signature after the Standard Webhooks specification: `v1a,` and the base64 of the Ed25519 signature (RFC 8032) of
 * `id.timestamp.body`.
 *
 * @param timestamp seconds since 1970
 */
export function signEd25519(
  key: KeyObject,
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): string {
  return `v1a,${sign(null, Buffer.from(`${id}.${timestamp}.${body}`), key).toString("base64")}`;
}
