import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/*
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The text form is
 * `<key id>:<base64 of nonce, tag and ciphertext>`; the key id says which key opens it, so keys can be replaced.
 */

/**
 * @param {Buffer} key 32 bytes
 * @param {string} plaintext
 * @param {string} context binds the ciphertext to its place, see `sealedContexts`: copied to another row it does not open
 */
export function seal(key, plaintext, context) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return `${keyIdOf(key)}:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64")}`;
}

/**
 * Opens what `seal` made with the same context.
 *
 * @param {readonly Buffer[]} keys of which one made it
 * @param {string} text
 * @param {string} context
 * @throws Error if no key of that id is there or the text was altered; its message holds nothing of the text
 */
export function unseal(keys, text, context) {
  const [, body = ""] = text.split(":");
  const id = keyIdIn(text);
  if (id === null) throw new Error("it is not what was encrypted here");
  const key = keys.find((candidate) => keyIdOf(candidate) === id);
  if (!key) throw new Error(`there is no encryption key with the id ${id}`);
  const bytes = Buffer.from(body, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new Error("it was altered, or belongs to another row", { cause });
  }
}

/**
 * The first 8 hex digits of the key's SHA-256: enough to tell keys apart, useless for finding one.
 * @param {Buffer} key
 */
export function keyIdOf(key) {
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}

/**
 * Of the key that made a ciphertext; `null` for what is none.
 * @param {string} text
 */
export function keyIdIn(text) {
  return /^([0-9a-f]{8}):/.exec(text)?.[1] ?? null;
}

/**
 * One key as a setting has it; `null` for what is none.
 * @param {string} text 32 bytes as base64 or hex
 */
export function decodeKey(text) {
  const key = Buffer.from(text, /^[0-9a-fA-F]{64}$/.test(text) ? "hex" : "base64");
  return key.length === 32 ? key : null;
}
