import { createHash, randomBytes } from "node:crypto";
import { apiKeyPrefix } from "../core/api-keys";

/** A new key: `phk_` and 32 random bytes, base64url. */
export function makeApiKey(): string {
  return apiKeyPrefix + randomBytes(32).toString("base64url");
}

/** SHA-256, hex: keys are random, so a slow hash would add nothing. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** The first characters: enough to recognize a key, useless for guessing one. */
export function apiKeyHint(key: string): string {
  return `${key.slice(0, apiKeyPrefix.length + 4)}…`;
}
