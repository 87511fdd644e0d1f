import { createPrivateKey, createSecretKey, type KeyObject } from "node:crypto";
import { type SecretKind, secretPrefixes } from "../core/signatures";

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410, section 7). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * A secret as a key that signs: making one costs more than signing with it, so callers keep it.
 *
 * @throws Error where it is no secret of that kind, so that nothing is signed with an empty key
 */
export function importKey(kind: SecretKind, secret: string): KeyObject {
  if (!secret.startsWith(secretPrefixes[kind]))
    throw new Error(`it does not begin with ${secretPrefixes[kind]}`);
  const bytes = Buffer.from(secret.slice(secretPrefixes[kind].length), "base64");
  if (bytes.length === 0) throw new Error("it is empty");
  if (kind === "hmac") return createSecretKey(bytes);
  const key = Buffer.concat([pkcs8Prefix, bytes.subarray(0, 32)]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}
