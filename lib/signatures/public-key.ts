import { createPublicKey, type KeyObject } from "node:crypto";
import { publicKeyPrefix, secretPrefixes } from "../core/signatures";
import { importKey } from "./import-key";

/**
 * What verifies the signatures of an Ed25519 secret: `whpk_` and base64 of the public key's 32 bytes.
 *
 * @returns `null` where the secret names a public key that is not its own
 */
export function publicKeyOf(secret: string): string | null {
  const raw = rawPublicKey(importKey("ed25519", secret));
  const named = Buffer.from(secret.slice(secretPrefixes.ed25519.length), "base64").subarray(32);
  if (named.length > 0 && !named.equals(raw)) return null;
  return publicKeyPrefix + raw.toString("base64");
}

/** The 32 bytes of an Ed25519 key pair's public half (RFC 8032). */
export function rawPublicKey(privateKey: KeyObject): Buffer {
  // What stands before them in SubjectPublicKeyInfo has 12 bytes (RFC 8410, section 4).
  return createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(12);
}
