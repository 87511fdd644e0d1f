import { createHmac } from "node:crypto";

/**
 * The `webhook-signature` of a request, after the Standard Webhooks specification: for each secret `v1,` and the
 * base64 of HMAC-SHA256 over `id.timestamp.body`, separated by spaces.
 *
 * @param secrets `whsec_…`, newest first; more than one while a rotation overlaps
 * @param timestamp seconds since 1970
 */
export function signHmac(params: { secrets: string[]; id: string; timestamp: number; body: string }): string {
  const content = `${params.id}.${params.timestamp}.${params.body}`;
  return params.secrets
    .map((secret) => `v1,${createHmac("sha256", keyOf(secret)).update(content).digest("base64")}`)
    .join(" ");
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice("whsec_".length), "base64");
}
