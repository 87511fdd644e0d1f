import { decrypt, encrypt } from "../platform/encrypt";
import { sealedContexts } from "../platform/sealed-columns.mjs";
import { AttemptFailure } from "./attempt-failure";
import { memoize } from "./memoize";

const contextOf = sealedContexts.endpointHeader;

/** Custom headers as stored: name to encrypted value, because a value may be a credential. */
export function encryptHeaders(endpointId: string, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, encrypt(value, contextOf(endpointId))]),
  );
}

/** Custom headers by name as entered; `null` for a value that cannot be decrypted. */
export function readableHeaders({
  id,
  headers,
}: {
  id: string;
  headers: Record<string, string>;
}): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, ciphertext]) => {
      try {
        return [name, decrypt(ciphertext, contextOf(id))];
      } catch {
        return [name, null];
      }
    }),
  );
}

const none: Record<string, string> = Object.freeze({});
const valuesMax = 2_000;
const valuesKept = memoize<string>(valuesMax);

/**
 * Custom headers as sent, by name in lower case.
 *
 * @throws AttemptFailure `signing_failed` if one cannot be decrypted
 */
export function decryptHeaders(endpointId: string, headers: Record<string, string>): Record<string, string> {
  if (Object.keys(headers).length === 0) return none;
  return Object.fromEntries(
    Object.entries(headers).map(([name, ciphertext]) => {
      try {
        const value = valuesKept(`${endpointId} ${ciphertext}`, () =>
          decrypt(ciphertext, contextOf(endpointId)),
        );
        return [name.toLowerCase(), value];
      } catch (error) {
        throw AttemptFailure.unprepared(`The value of the header ${name} cannot be decrypted`, error);
      }
    }),
  );
}
