import { createHmac, type KeyObject } from "node:crypto";

/**
 * A signature after the Standard Webhooks specification: `v1,` and the base64 of HMAC-SHA256 over
 * `id.timestamp.body`.
 *
 * @param timestamp seconds since 1970
 */
export function signHmac(
  key: KeyObject,
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
