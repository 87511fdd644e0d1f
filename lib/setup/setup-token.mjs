import { createHmac } from "node:crypto";

/**
 * The token of the link to the setup, until there is a first account. It is derived, so that it is the same after a
 * restart and in every process, and stored nowhere.
 *
 * @param {string} authSecret
 */
export function setupToken(authSecret) {
  return createHmac("sha256", authSecret).update("posthorn:setup").digest("base64url").slice(0, 32);
}
