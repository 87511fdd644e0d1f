import { z } from "zod";
import { type SignatureKind, signatureKinds } from "../core/endpoints";
import {
  expireOldAfterHoursDefault,
  expireOldAfterHoursMax,
  hexSecret,
  signatureForms,
} from "../core/signatures";
import { text } from "../core/text";
import { wholeNumber } from "../core/whole-number";

const own = signatureKinds.flatMap((kind) => {
  const { secret } = signatureForms[kind];
  return secret ? [{ kind, ...secret }] : [];
});
/** Svix accepts HMAC secrets without their prefix too; they are stored and shown with it. */
const unprefixed = "hmac";
const prefixes = own.map(({ prefix }) => prefix.replace("_", "")).join("|");

/** An imported secret; its form depends on the kind of signature: see `secretProblem`. */
const signingSecret = text({ trim: true, max: 200 })
  .regex(
    new RegExp(`^((${prefixes})_[A-Za-z0-9+/]+|[A-Za-z0-9+/]{32,})={0,2}$`),
    `must be ${own.map(({ kind, prefix }) => `${prefix} (${kind})`).join(" or ")} followed by base64`,
  )
  .overwrite((secret) => (secret.includes("_") ? secret : signatureForms[unprefixed].secret.prefix + secret))
  .meta({
    description: `A secret to import: ${own
      .map(
        ({ kind, prefix, sizes }) =>
          `\`${prefix}\` and base64 of ${sizes} for ${kind}${kind === unprefixed ? " (the prefix is optional)" : ""}`,
      )
      .join(", ")}; generated if left out. Requests are signed with the decoded bytes.`,
  });

/** The fields by which a secret is imported. */
export const secretFields = {
  secret: signingSecret.optional(),
  secretEncoding: z.enum(["base64"], "must be base64 or left out").optional().meta({
    description:
      "`base64` accepts a `secret` that looks like hex, and reads it as base64. Without it, such a secret is refused.",
  }),
};

export const expireOldAfterHours = wholeNumber({ min: 0, max: expireOldAfterHoursMax }).meta({
  description: `Hours for which the old secret also signs. If left out, ${expireOldAfterHoursDefault}.`,
});

type BroughtAlong = { secret?: string | undefined; secretEncoding?: "base64" | undefined };

/**
 * Why an imported secret (see `secretFields`) cannot sign in that kind as its receivers expect: the field and what is
 * wrong with it; `null` if there is none, or nothing is wrong.
 */
export function secretProblem(
  kind: SignatureKind,
  { secret, secretEncoding }: BroughtAlong,
): { path: keyof BroughtAlong; message: string } | null {
  if (secret === undefined) {
    return secretEncoding
      ? { path: "secretEncoding", message: "can only be set together with `secret`" }
      : null;
  }
  const message = formProblem(kind, secret) ?? (secretEncoding ? null : hexProblem(secret));
  return message === null ? null : { path: "secret", message };
}

function formProblem(kind: SignatureKind, secret: string): string | null {
  const form = signatureForms[kind].secret;
  if (!form) {
    return `must be left out: a ${kind.toUpperCase()} is signed with the installation's key`;
  }
  const { prefix, fits, sizes } = form;
  if (!secret.startsWith(prefix)) return `must be ${prefix} followed by base64`;
  const base64 = secret.slice(prefix.length);
  const digits = base64.replace(/=+$/, "");
  // Libraries read a truncated or wrongly padded secret as different bytes, or not at all.
  if (digits.length % 4 === 1 || (digits !== base64 && base64.length % 4 !== 0)) {
    return `must be ${prefix} followed by base64; this one is cut off or has wrong padding`;
  }
  const bytes = Math.floor((digits.length * 3) / 4);
  return fits(bytes)
    ? null
    : `must hold ${sizes}${hexSecret.test(secret) ? " as base64; this looks like hex" : ""}`;
}

/** As Dub, whose key is the text itself: read as base64 it would sign with other bytes, and receivers would refuse. */
function hexProblem(secret: string): string | null {
  if (!hexSecret.test(secret)) return null;
  return 'looks like hex, but would be read as base64, and signatures would not match those of its source. If it is base64, set secretEncoding to "base64"';
}

export const rotateSecretInput = z
  .strictObject({
    expireOldAfterHours: expireOldAfterHours.default(expireOldAfterHoursDefault),
    ...secretFields,
  })
  .meta({ id: "RotateSecret" });
