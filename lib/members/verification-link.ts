import { createHash, randomBytes } from "node:crypto";
import { settings } from "../platform/env";

/** A new link to verify an email domain, and what is stored of it. */
export function newVerificationLink(): { link: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { link: `${settings().appUrl}/verify-domain?token=${token}`, tokenHash: hashVerification(token) };
}

/** SHA-256, hex: tokens are random, so a slow hash would add nothing. */
export function hashVerification(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
