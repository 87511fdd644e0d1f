import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { decodeKey, keyIdOf } from "../../lib/platform/sealing.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";

/**
 * Finds the encryption key of a backup: in the `secrets.json` that is given, or in that of the data folder, or in
 * POSTHORN_ENCRYPTION_KEY.
 * @param {{ dataDir: string, given: string | undefined, keyId: string | null }} options `given`: the file's name;
 *   `keyId` of the key that the backup needs
 * @returns {{ place: () => void }} `place` puts what was given into the data folder
 * @throws StartError if none of them is that key
 */
export function findSecrets({ dataDir, given, keyId }) {
  const own = path.join(dataDir, "secrets.json");
  const text = given ? readText(given) : existsSync(own) ? readFileSync(own, "utf8") : null;
  const keys = text ? keysIn(text, given ?? own) : keysOf(process.env.POSTHORN_ENCRYPTION_KEY);
  if (keyId !== null && !keys.some((key) => keyIdOf(key) === keyId)) {
    throw new StartError(
      keys.length === 0
        ? "The backup's signing secrets need the encryption key from the time of the backup. Pass its secrets.json with `--secrets FILE`, or set POSTHORN_ENCRYPTION_KEY."
        : `The encryption key ${text ? `in ${given ?? own}` : "in POSTHORN_ENCRYPTION_KEY"} is not the one that the backup needs.`,
    );
  }
  if (given && existsSync(own) && readFileSync(own, "utf8") !== text) {
    throw new StartError(`${own} already exists and contains another key. Move it away.`);
  }
  return {
    place: () => {
      if (given && text) writeFileSync(own, text, { mode: 0o600, flush: true });
    },
  };
}

/** @param {string} name */
function readText(name) {
  try {
    return readFileSync(path.resolve(name), "utf8");
  } catch (error) {
    throw new StartError(`${name} cannot be read: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/**
 * The keys in a `secrets.json`: that of now, then those that `rotate-key` has not replaced everywhere yet.
 * @param {string} text
 * @param {string} name of the file
 */
export function keysIn(text, name) {
  try {
    /** @type {{ encryptionKey: string, formerKeys?: string[] }} */
    const { encryptionKey, formerKeys = [] } = JSON.parse(text);
    return [encryptionKey, ...formerKeys].map((key) => Buffer.from(key, "base64"));
  } catch (error) {
    throw new StartError(`${name} is not a secrets.json of Posthorn.`, { cause: error });
  }
}

/** @param {string | undefined} setting 32 bytes as base64 or hex, several with commas */
export function keysOf(setting = "") {
  return setting
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap((part) => decodeKey(part) ?? []);
}
