import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import { secretBytes } from "./secret-bytes";
import type { Signature } from "./signature";

/**
 * After the Standard Webhooks specification: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. A secret is
 * `whsec_` and base64; a new one has 32 random bytes (the specification asks for 24 to 64).
 */
export const hmac = {
  secret: {
    make: () => `whsec_${randomBytes(32).toString("base64")}`,
    problem: () => null,
    publicKey: () => null,
    signer: (secret) => {
      const key = createSecretKey(secretBytes("hmac", secret));
      return {
        kind: "hmac",
        header: "webhook-signature",
        sign: ({ id, timestamp, body }) =>
          `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
      };
    },
  },
  installation: null,
} satisfies Signature;
