import { z } from "zod";
import type { SignatureKind } from "../endpoints/constants";
import { wholeNumber } from "../http/schemas";
import {
  expireOldAfterHoursDefault,
  expireOldAfterHoursMax,
  type SecretKind,
  secretPrefixes,
} from "./constants";

/** Bytes a secret may hold: 24 to 64 for HMAC; an Ed25519 private key, alone or with its public key after it. */
const secretSizes: Record<SecretKind, { fits: (bytes: number) => boolean; words: string }> = {
  hmac: { fits: (bytes) => bytes >= 24 && bytes <= 64, words: "24 to 64 bytes" },
  ed25519: { fits: (bytes) => bytes === 32 || bytes === 64, words: "32 or 64 bytes" },
};

/** A secret brought along; which form it must have depends on the kind of signature: see `secretProblem`. */
export const signingSecret = z
  .string("must be text")
  .trim()
  .regex(/^(whsec|whsk)_[A-Za-z0-9+/]+={0,2}$/, "must be whsec_ (hmac) or whsk_ (ed25519) followed by base64")
  .meta({
    description: "A secret brought along: `whsec_…` for hmac, `whsk_…` for ed25519; made where left out.",
  });

export const expireOldAfterHours = wholeNumber({ min: 0, max: expireOldAfterHoursMax }).meta({
  description: `How long what signed until now signs beside the new one; ${expireOldAfterHoursDefault} where it is left out.`,
});

/** What keeps a `signingSecret` from being one of that kind, in words; `null` where nothing does. */
export function secretProblem(kind: SignatureKind, secret: string): string | null {
  if (kind === "jwt") return "must be left out: a JWT is signed with the installation's own key";
  const prefix = secretPrefixes[kind];
  const base64 = secret.slice(prefix.length);
  if (!secret.startsWith(prefix)) return `must be ${prefix} followed by base64`;
  const bytes = Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
  return secretSizes[kind].fits(bytes) ? null : `must hold ${secretSizes[kind].words}`;
}

export const rotateSecretInput = z
  .strictObject({
    expireOldAfterHours: expireOldAfterHours.default(expireOldAfterHoursDefault),
    secret: signingSecret.optional(),
  })
  .meta({ id: "RotateSecret" });
export type RotateSecretInput = z.input<typeof rotateSecretInput>;
