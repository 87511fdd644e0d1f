import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto";
import { secretBytes } from "./secret-bytes";
import type { Signature } from "./signature";

/** What precedes the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410, section 7). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");
/** Bytes before those of the public key in SubjectPublicKeyInfo (RFC 8410, section 4). */
const spkiPrefixLength = 12;

/**
 * After the Standard Webhooks specification: `v1a,` and the base64 of the Ed25519 signature (RFC 8032) of
 * `id.timestamp.body`. A secret is `whsk_` and base64 of the private key's 32 bytes; a new one has the public key's 32
 * after them, as libsodium does. The public key is `whpk_` and base64.
 */
export const ed25519 = {
  secret: {
    make: () => {
      const seed = randomBytes(32);
      return `whsk_${Buffer.concat([seed, publicBytes(privateKeyOf(seed))]).toString("base64")}`;
    },
    problem: (secret) => {
      const bytes = secretBytes("ed25519", secret);
      const named = bytes.subarray(32);
      return named.length === 0 || named.equals(publicBytes(privateKeyOf(bytes)))
        ? null
        : "must end with the public key of its private key, or with no public key";
    },
    publicKey: (secret) =>
      `whpk_${publicBytes(privateKeyOf(secretBytes("ed25519", secret))).toString("base64")}`,
    signer: (secret) => {
      const key = privateKeyOf(secretBytes("ed25519", secret));
      return {
        kind: "ed25519",
        header: "webhook-signature",
        sign: ({ id, timestamp, body }) =>
          `v1a,${sign(null, Buffer.from(`${id}.${timestamp}.${body}`), key).toString("base64")}`,
      };
    },
  },
  installation: null,
} satisfies Signature;

function privateKeyOf(bytes: Buffer): KeyObject {
  const key = Buffer.concat([pkcs8Prefix, bytes.subarray(0, 32)]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}

function publicBytes(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(spkiPrefixLength);
}
