import { createHash, randomInt } from "node:crypto";
import { recoveryCodeCount } from "../core/account";

/** Crockford's alphabet, without letters that look like digits. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 16;

/** Ten new codes, each of 80 random bits, like `k3v7-9wd2-hq4m-x0tc`. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const characters = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
    return characters.replace(/(.{4})(?=.)/g, "$1-");
  });
}

/** In its stored form: 80 random bits need no slow hash. `null` if it is not such a code. */
export function hashRecoveryCode(userId: string, code: string): string | null {
  const characters = code.toLowerCase().replace(/[\s-]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
  if (characters.length !== length || [...characters].some((one) => !alphabet.includes(one))) return null;
  return createHash("sha256").update(`${userId}:${characters}`).digest("base64url");
}
