import { z } from "zod";
import type { SignatureKind } from "../core/endpoints";
import {
  expireOldAfterHoursDefault,
  expireOldAfterHoursMax,
  hexSecret,
  type SecretKind,
  secretPrefixes,
} from "../core/signatures";
import { text } from "../core/text";
import { wholeNumber } from "../core/whole-number";

/**
 * Bytes a secret may hold. HMAC: 24 to 64 after Standard Webhooks, and up to 75, as Svix takes them. An Ed25519 private
 * key comes alone or with its public key after it.
 */
const secretSizes: Record<SecretKind, { fits: (bytes: number) => boolean; words: string }> = {
  hmac: { fits: (bytes) => bytes >= 24 && bytes <= 75, words: "24 to 75 bytes" },
  ed25519: { fits: (bytes) => bytes === 32 || bytes === 64, words: "32 or 64 bytes" },
};

/**
 * A secret brought along; which form it must have depends on the kind of signature: see `secretProblem`. Svix takes
 * HMAC secrets without their prefix, too; with it they are kept and shown.
 */
const signingSecret = text({ trim: true, max: 200 })
  .regex(
    /^((whsec|whsk)_[A-Za-z0-9+/]+|[A-Za-z0-9+/]{32,})={0,2}$/,
    "must be whsec_ (hmac) or whsk_ (ed25519) followed by base64",
  )
  .overwrite((secret) => (secret.includes("_") ? secret : secretPrefixes.hmac + secret))
  .meta({
    description:
      "A secret brought along: `whsec_` and base64 of 24 to 75 bytes for hmac (the prefix may be left out), `whsk_` and base64 of 32 or 64 bytes for ed25519; made where left out. Requests are signed with the decoded bytes.",
  });

/** The fields by which a secret is brought along. */
export const secretFields = {
  secret: signingSecret.optional(),
  secretEncoding: z.enum(["base64"], "must be base64, or left out").optional().meta({
    description:
      "`base64` takes a `secret` that looks like hex as base64; without it such a secret is refused.",
  }),
};

export const expireOldAfterHours = wholeNumber({ min: 0, max: expireOldAfterHoursMax }).meta({
  description: `How long what signed until now signs beside the new one; ${expireOldAfterHoursDefault} where it is left out.`,
});

type BroughtAlong = { secret?: string | undefined; secretEncoding?: "base64" | undefined };

/**
 * What keeps a secret that was brought along (see `secretFields`) from signing in that kind, as its receivers expect:
 * the field and what is wrong with it; `null` if there is none, or nothing is wrong.
 */
export function secretProblem(
  kind: SignatureKind,
  { secret, secretEncoding }: BroughtAlong,
): { path: keyof BroughtAlong; message: string } | null {
  if (secret === undefined) {
    return secretEncoding ? { path: "secretEncoding", message: "goes with `secret`" } : null;
  }
  const message = formProblem(kind, secret) ?? (secretEncoding ? null : hexProblem(secret));
  return message === null ? null : { path: "secret", message };
}

function formProblem(kind: SignatureKind, secret: string): string | null {
  if (kind === "jwt") return "must be left out: a JWT is signed with the installation's own key";
  const prefix = secretPrefixes[kind];
  if (!secret.startsWith(prefix)) return `must be ${prefix} followed by base64`;
  const base64 = secret.slice(prefix.length);
  const digits = base64.replace(/=+$/, "");
  // Libraries read what is cut off or wrongly padded as different bytes, or not at all.
  if (digits.length % 4 === 1 || (digits !== base64 && base64.length % 4 !== 0)) {
    return `must be ${prefix} followed by base64: this one is cut off, or wrongly padded`;
  }
  const bytes = Math.floor((digits.length * 3) / 4);
  const { fits, words } = secretSizes[kind];
  return fits(bytes)
    ? null
    : `must hold ${words}${hexSecret.test(secret) ? " as base64; this looks like hex" : ""}`;
}

/** As of Dub, whose key is the text itself: taken as base64 it would sign with other bytes, and receivers would refuse. */
function hexProblem(secret: string): string | null {
  if (!hexSecret.test(secret)) return null;
  return 'looks like hex, but is read as base64: it would sign with other bytes than where it comes from. If it is base64, set secretEncoding to "base64"';
}

export const rotateSecretInput = z
  .strictObject({
    expireOldAfterHours: expireOldAfterHours.default(expireOldAfterHoursDefault),
    ...secretFields,
  })
  .meta({ id: "RotateSecret" });
export type RotateSecretInput = z.input<typeof rotateSecretInput>;
