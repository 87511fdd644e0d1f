import { randomBytes, type ScryptOptions, timingSafeEqual } from "node:crypto";
import { hashThreads } from "./hash-threads";

/** OWASP Password Storage Cheat Sheet: scrypt with N = 2^15, r = 8, p = 3 (32 MiB). */
const cost = { N: 2 ** 15, r: 8, p: 3 };

/** `scrypt$N$r$p$salt$hash`, base64url: carries its own cost, so that it can be raised. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Whether the password is the one of the hash. Takes as long where there is no hash, so that accounts can't be told. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, n, r, p, salt = "", hash = ""] = (stored ?? "").split("$");
  if (!stored) {
    await derive(password, Buffer.alloc(16), cost);
    return false;
  }
  const expected = Buffer.from(hash, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return hashThreads().derive({
    password: password.normalize("NFKC"),
    salt,
    length: 32,
    options: { ...options, maxmem: 128 * 1024 * 1024 },
  });
}
