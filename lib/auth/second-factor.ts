import type { Transaction } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import { takeRecoveryCode } from "@/db/queries/recovery-codes";
import { lockUser, updateUser } from "@/db/queries/users";
import { AppError } from "../core/errors";
import { log } from "../platform/log";
import { beginSession } from "./begin-session";
import { limitSecondFactor } from "./limit-attempts";
import { recordActivity } from "./record-activity";
import { hashRecoveryCode } from "./recovery-codes";
import { readTicket } from "./second-factor-ticket";
import type { Source } from "./source";
import { matchTotpCode, openTotpSecret } from "./totp";

/**
 * Whether a code is valid for an account: one of the authenticator app, valid once, or a recovery code. A valid code
 * is used up; a wrong one is recorded.
 *
 * @throws AppError `rate_limited` if too many were tried
 */
export async function checkSecondFactor({
  userId,
  code,
  source,
}: {
  userId: string;
  code: string;
  source: Source;
}): Promise<boolean> {
  const takeBack = await limitSecondFactor({ userId, network: source.network });
  const { db } = database();
  const isRight = await db.transaction((tx) => redeemCode(tx, { userId, code, source }));
  if (isRight) await takeBack();
  else {
    log().warn({ user: userId }, "a second factor was wrong");
    await recordActivity(db, { userId, action: "second_factor.fail", source });
  }
  return isRight;
}

/** Under the lock of the user's row: if two requests use the same code at once, one is let in. */
async function redeemCode(
  tx: Transaction,
  { userId, code, source }: { userId: string; code: string; source: Source },
): Promise<boolean> {
  const user = await lockUser(tx, userId);
  if (!user?.totpSecret || !user.totpEnabledAt) return false;
  const secret = openTotpSecret(user.totpSecret, userId);
  const step = matchTotpCode({ secret, code, lastStep: user.totpLastStep });
  if (step !== null) {
    await updateUser(tx, userId, { totpLastStep: step });
    return true;
  }
  const codeHash = hashRecoveryCode(userId, code);
  if (!codeHash || !(await takeRecoveryCode(tx, { userId, codeHash }))) return false;
  await recordActivity(tx, { userId, action: "recovery_code.use", source });
  return true;
}

/**
 * Begins a session after the first factor, if the second one is correct.
 *
 * @returns the user with the new session's id, or `null` if the code is wrong
 * @throws AppError `unauthenticated` if the first factor is required again; `rate_limited`
 */
export async function signInWithSecondFactor({
  ticket,
  code,
  source,
}: {
  ticket: string | undefined;
  code: string;
  source: Source;
}) {
  const found = await readTicket(ticket);
  if (!found) throw new AppError("unauthenticated", "That took too long. Sign in again.");
  const { user, method } = found;
  if (!(await checkSecondFactor({ userId: user.id, code, source }))) return null;
  const sessionId = await database().db.transaction((tx) =>
    beginSession(tx, { userId: user.id, method, source }),
  );
  return { id: user.id, name: user.name, email: user.email, sessionId };
}
