import { generateSecret, generateURI, verifySync } from "otplib";
import { decrypt, encrypt } from "../platform/encrypt";
import { sealedContexts } from "../platform/sealed-columns.mjs";

const periodSeconds = 30;
/** A phone's clock may be wrong by a step. */
const toleranceSeconds = 30;

/** A new secret for an authenticator app: base32, 160 bits (RFC 4226, 4). */
export const makeTotpSecret = (): string => generateSecret({ length: 20 });

/** The secret in the form of the QR code. */
export function totpUri({ secret, email, host }: { secret: string; email: string; host: string }): string {
  return generateURI({ issuer: `Posthorn (${host})`, label: email, secret });
}

export const sealTotpSecret = (secret: string, userId: string): string => encrypt(secret, contextOf(userId));
export const openTotpSecret = (sealed: string, userId: string): string => decrypt(sealed, contextOf(userId));

/** Bound to the user: a secret that is moved to another row cannot be decrypted. */
const contextOf = sealedContexts.totpSecret;

/**
 * The 30-second step of this code, by RFC 6238; `null` if it is not valid now, or was used.
 *
 * @param options.lastStep the step of the last used code. If it lies in the future, it was used before the clock was
 *   set back, and is ignored
 */
export function matchTotpCode(options: {
  secret: string;
  code: string;
  lastStep: number | null;
  now?: Date;
}): number | null {
  const { secret, code, lastStep, now = new Date() } = options;
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const epoch = Math.floor(now.getTime() / 1_000);
  const result = verifySync({ secret, token, epoch, epochTolerance: toleranceSeconds });
  if (!result.valid || !("timeStep" in result)) return null;
  const { timeStep } = result;
  const latest = Math.floor((epoch + toleranceSeconds) / periodSeconds);
  const isUsed = lastStep !== null && lastStep <= latest && timeStep <= lastStep;
  return isUsed ? null : timeStep;
}
