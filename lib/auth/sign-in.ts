import { database } from "@/db/connection/database";
import { findUserByEmail, insertSession } from "@/db/queries/users";
import { newId } from "../core/ids";
import { log } from "../platform/log";
import { type Attempt, limitAttempts } from "./limit-attempts";
import { verifyPassword } from "./password";

export const sessionDays = 30;

/**
 * Checks a password and begins a session. Attempts are counted and slowed down first, see `limitAttempts`.
 *
 * @returns the user with the new session's id, or `null` if email or password are wrong
 * @throws AppError `rate_limited` if too many attempts wait already
 */
export async function signIn({
  password,
  userAgent,
  ...attempt
}: Attempt & { password: string; userAgent: string | null }) {
  const { db } = database();
  const email = attempt.email.trim().toLowerCase();
  const takeBack = await limitAttempts({ ...attempt, email });
  const user = await findUserByEmail(db, email);
  if (!(await verifyPassword(password, user?.passwordHash ?? null)) || !user || user.disabledAt) {
    log().warn({ user: user?.id ?? null }, "a sign-in failed");
    return null;
  }
  await takeBack();
  const sessionId = newId();
  await insertSession(db, {
    id: sessionId,
    userId: user.id,
    userAgent: userAgent?.slice(0, 300) ?? null,
    expiresAt: new Date(Date.now() + sessionDays * 24 * 60 * 60 * 1_000),
  });
  return { id: user.id, name: user.name, email: user.email, sessionId };
}
