/** OWASP Password Storage Cheat Sheet: scrypt with N = 2^15, r = 8, p = 3 (32 MiB). */
export const passwordCost = { N: 2 ** 15, r: 8, p: 3 };

export const passwordLength = { min: 12, max: 256 };

/**
 * The input of `scrypt` and `scryptSync` for a password.
 *
 * @param {string} password
 * @param {Uint8Array} salt
 * @param {{ N: number, r: number, p: number }} cost
 */
export function hashRequest(password, salt, cost) {
  const options = { ...cost, maxmem: 128 * 1024 * 1024 };
  return { password: password.normalize("NFKC"), salt, length: 32, options };
}

/**
 * A hash as it is stored: `scrypt$N$r$p$salt$hash`, base64url. It contains its own cost, so that the cost can be
 * raised.
 *
 * @param {Buffer} salt
 * @param {Buffer} hash
 */
export function formatHash(salt, hash) {
  const { N, r, p } = passwordCost;
  return ["scrypt", N, r, p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}
