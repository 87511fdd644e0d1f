import { randomBytes, timingSafeEqual } from "node:crypto";
import { formatHash, hashRequest, passwordCost } from "../core/password-format.mjs";
import { hashThreads } from "./hash-threads";

/** A password's hash in its stored form; see `formatHash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return formatHash(salt, await hashThreads().derive(hashRequest(password, salt, passwordCost)));
}

/** Whether the password matches the hash. It takes as long without a hash, so that timing reveals no account. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, n, r, p, salt = "", hash = ""] = (stored ?? "").split("$");
  if (!stored) {
    await hashThreads().derive(hashRequest(password, Buffer.alloc(16), passwordCost));
    return false;
  }
  const expected = Buffer.from(hash, "base64url");
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const actual = await hashThreads().derive(hashRequest(password, Buffer.from(salt, "base64url"), cost));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
