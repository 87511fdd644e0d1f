import { dictionary } from "@zxcvbn-ts/language-common";

/** @type {Set<string> | undefined} */
let common;

/**
 * Whether a password is among the 49,000 most common ones, in any case.
 * @param {string} password
 */
export function isCommonPassword(password) {
  common ??= new Set(dictionary["passwords-common"].map((one) => String(one).toLowerCase()));
  return common.has(password.toLowerCase());
}
