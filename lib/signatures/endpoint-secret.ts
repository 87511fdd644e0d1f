import { decrypt, encrypt } from "../platform/encrypt";
import { sealedContexts } from "../platform/sealed-columns.mjs";

const contextOf = sealedContexts.endpointSecret;

/** A webhook's signing secret as it is stored. */
export function encryptSecret(endpointId: string, secret: string): string {
  return encrypt(secret, contextOf(endpointId));
}

/** @throws Error if it was altered, or its encryption key is missing */
export function decryptSecret(endpointId: string, ciphertext: string): string {
  return decrypt(ciphertext, contextOf(endpointId));
}
