import { findUserByEmail, insertSession } from "@/db/queries/users";
import { database } from "../database";
import { newId } from "../ids";
import { log } from "../log";
import { verifyPassword } from "./password";

export const sessionDays = 30;

/** Wrong passwords that one address may send within the window, before it has to wait. */
const failuresMax = 10;
const windowMs = 15 * 60 * 1_000;
const failures = new Map<string, number[]>();

/** Too many wrong passwords for one address. */
export class TooManyFailures extends Error {
  override readonly name = "TooManyFailures";
}

/**
 * Checks a password and begins a session.
 *
 * @returns the user with the new session's id, or `null` where email or password are wrong
 * @throws TooManyFailures after ten wrong passwords for an address within 15 minutes
 */
export async function signIn(params: { email: string; password: string; userAgent: string | null }) {
  const { db } = database();
  const email = params.email.trim().toLowerCase();
  const recent = (failures.get(email) ?? []).filter((time) => time > Date.now() - windowMs);
  if (recent.length >= failuresMax) throw new TooManyFailures();

  const user = await findUserByEmail(db, email);
  if (!(await verifyPassword(params.password, user?.passwordHash ?? null)) || !user) {
    if (failures.size > 10_000) failures.clear();
    failures.set(email, [...recent, Date.now()]);
    log().warn({ user: user?.id ?? null }, "a sign-in failed");
    return null;
  }
  failures.delete(email);
  const sessionId = newId();
  await insertSession(db, {
    id: sessionId,
    userId: user.id,
    userAgent: params.userAgent?.slice(0, 300) ?? null,
    expiresAt: new Date(Date.now() + sessionDays * 24 * 60 * 60 * 1_000),
  });
  return { id: user.id, name: user.name, email: user.email, sessionId };
}
