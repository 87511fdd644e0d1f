import { database } from "@/db/connection/database";
import { findUserByEmail } from "@/db/queries/users";
import { log } from "../platform/log";
import { type Attempt, limitAttempts } from "./limit-attempts";
import { type FirstFactor, passFirstFactor } from "./pass-first-factor";
import { verifyPassword } from "./password";
import { recordActivity } from "./record-activity";

/**
 * Checks a password, and begins a session unless the account requires a second factor. Attempts are counted and
 * slowed down first, see `limitAttempts`.
 *
 * @returns the user with the new session's id or a ticket, or `null` if email or password are wrong
 * @throws AppError `rate_limited` if too many attempts are already waiting
 */
export async function signIn({
  password,
  userAgent,
  ...attempt
}: Attempt & { password: string; userAgent: string | null }): Promise<FirstFactor | null> {
  const { db } = database();
  const email = attempt.email.trim().toLowerCase();
  const source = { network: attempt.network, userAgent };
  const takeBack = await limitAttempts({ ...attempt, email });
  const user = await findUserByEmail(db, email);
  // No password matches an empty hash: these users sign in in other ways.
  if (!(await verifyPassword(password, user?.passwordHash ?? null)) || !user || user.disabledAt) {
    log().warn({ user: user?.id ?? null }, "a sign-in failed");
    if (user) await recordActivity(db, { userId: user.id, action: "session.fail", source });
    return null;
  }
  await takeBack();
  return passFirstFactor(user, { method: "password", source });
}
