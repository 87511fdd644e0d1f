import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { settings } from "./env";

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The text form is
 * `<key id>:<base64 of nonce, tag and ciphertext>`; the key id says which key opens it, so keys can be replaced.
 *
 * @param context binds the ciphertext to its place (`endpoint:<uuid>`): copied to another row it does not open.
 */
export function encrypt(plaintext: string, context: string): string {
  const key = settings().encryptionKeys[0];
  if (!key) throw new Error("there is no encryption key");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return `${keyId(key)}:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64")}`;
}

/**
 * Opens what `encrypt` made with the same context.
 *
 * @throws Error if no key of that id is set or the text was altered; its message holds nothing of the text
 */
export function decrypt(text: string, context: string): string {
  const [id = "", body = ""] = text.split(":");
  if (!/^[0-9a-f]{8}$/.test(id)) throw new Error("it is not what was encrypted here");
  const key = settings().encryptionKeys.find((candidate) => keyId(candidate) === id);
  if (!key) throw new Error(`there is no encryption key with the id ${id}`);
  const bytes = Buffer.from(body, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Error("it was altered, or belongs elsewhere", { cause });
  }
}

/** The first 8 hex digits of the key's SHA-256: enough to tell keys apart, useless for finding one. */
function keyId(key: Buffer): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
