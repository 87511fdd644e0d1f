import { createHash, randomBytes } from "node:crypto";
import { settings } from "../platform/env";

/** How many days a link is valid. */
export const invitationDays = 7;

/** A new link, and what is stored of it. */
export function newInvitationLink(): { link: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { link: `${settings().appUrl}/invite/${token}`, tokenHash: hashInvitationToken(token) };
}

/** SHA-256, hex: tokens are random, so a slow hash would add nothing. */
export function hashInvitationToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
