import { readFileSync, statSync } from "node:fs";
import { settings } from "./env";
import { decodeKey, keyIdIn, keyIdOf, seal, unseal } from "./sealing.mjs";

/**
 * Encrypts with the current key, see `sealing.mjs`.
 *
 * @param context one of `sealedContexts`
 */
export function encrypt(plaintext: string, context: string): string {
  takeNewKeys();
  const key = settings().encryptionKeys[0];
  if (!key) throw new Error("there is no encryption key");
  return seal(key, plaintext, context);
}

/**
 * Decrypts what `encrypt` made with the same context.
 *
 * @throws Error if no key with its id is set or the text was altered; its message contains nothing of the text
 */
export function decrypt(text: string, context: string): string {
  const id = keyIdIn(text);
  if (id !== null && !settings().encryptionKeys.some((key) => keyIdOf(key) === id)) takeNewKeys();
  return unseal(settings().encryptionKeys, text, context);
}

const holder = globalThis as { posthornSecretsChangedMs?: number };

/**
 * Takes over the key that `npm run rotate-key` has put into `secrets.json` meanwhile. Previous keys still decrypt,
 * because a value read a moment ago may use them.
 */
function takeNewKeys(): void {
  const { secretsFile, encryptionKeys } = settings();
  if (!secretsFile) return;
  const changedMs = statSync(secretsFile, { throwIfNoEntry: false })?.mtimeMs;
  if (changedMs === undefined || changedMs === holder.posthornSecretsChangedMs) return;
  const { encryptionKey }: { encryptionKey: string } = JSON.parse(readFileSync(secretsFile, "utf8"));
  const current = decodeKey(encryptionKey);
  if (!current) throw new Error(`${secretsFile} is damaged`);
  const others = encryptionKeys.filter((key) => !key.equals(current));
  Object.assign(settings(), { encryptionKeys: [current, ...others] });
  holder.posthornSecretsChangedMs = changedMs;
}
