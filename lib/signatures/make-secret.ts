import { randomBytes } from "node:crypto";
import { type SecretKind, secretPrefixes } from "../core/signatures";
import { importKey } from "./import-key";
import { rawPublicKey } from "./public-key";

/**
 * A new signing secret: for HMAC `whsec_` and base64 of 32 random bytes (Standard Webhooks asks for 24 to 64), for
 * Ed25519 `whsk_` and base64 of the private key's 32 bytes with the public key's 32 after them, as libsodium has it.
 */
export function makeSecret(kind: SecretKind): string {
  const bytes = randomBytes(32);
  const secret = secretPrefixes[kind] + bytes.toString("base64");
  if (kind === "hmac") return secret;
  return (
    secretPrefixes[kind] + Buffer.concat([bytes, rawPublicKey(importKey(kind, secret))]).toString("base64")
  );
}
