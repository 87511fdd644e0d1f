import { randomBytes } from "node:crypto";

/** A new signing secret: `whsec_` and base64 of 32 random bytes (Standard Webhooks asks for 24 to 64). */
export function makeSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
