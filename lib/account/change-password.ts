import type { Queryable } from "@/db/connection/client";
import { endAccountLinks } from "@/db/queries/account-links";
import { revokeSessionsOf } from "@/db/queries/sessions";
import { updateUser } from "@/db/queries/users";
import { hashPassword } from "../auth/password";
import { recordActivity } from "../auth/record-activity";
import { requireGoodPassword } from "../auth/require-good-password";
import type { Source } from "../auth/source";
import { changePasswordInput } from "../contract/account";
import { AppError } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { settings } from "../platform/env";
import { signalEmails } from "../platform/signals";
import type { PersonContext } from "./context";
import { notify } from "./notify";
import { ownRow } from "./own-row";
import { requirePassword } from "./require-password";

/**
 * Sets a new password, and ends all other sessions and all links of the account. Returns how many sessions it ended.
 *
 * @throws AppError `validation_failed`; `conflict` for an account without a password: an emailed link sets its first
 *   one
 */
export async function changePassword({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof changePasswordInput>;
}): Promise<{ ended: number }> {
  const { currentPassword, newPassword } = parseInput(changePasswordInput, input);
  const own = await ownRow(ctx);
  if (own.passwordHash === "" && settings().smtp) {
    throw new AppError("conflict", "Your account has no password. Ask for a link to set one.");
  }
  await requirePassword(ctx, own, currentPassword);
  await requireGoodPassword(newPassword, "newPassword", own);
  const passwordHash = await hashPassword(newPassword);
  const ended = await ctx.db.transaction((tx) =>
    storePassword(tx, {
      user: own,
      passwordHash,
      keep: ctx.user.sessionId,
      action: "password.change",
      source: ctx.source,
    }),
  );
  signalEmails();
  return { ended };
}

/** Stores a password's hash, and ends what depended on the previous one, except one session. */
export async function storePassword(
  tx: Queryable,
  change: {
    user: { id: string; email: string };
    passwordHash: string;
    keep: string | null;
    action: "password.change" | "password.reset";
    source: Source;
  },
): Promise<number> {
  const { user, passwordHash, keep, action, source } = change;
  await updateUser(tx, user.id, { passwordHash });
  await endAccountLinks(tx, { userId: user.id });
  const ended = await revokeSessionsOf(tx, { userId: user.id, except: keep });
  await recordActivity(tx, { userId: user.id, action, source, details: { sessionsEnded: ended } });
  await notify(tx, user.email, {
    headline: "Your password was changed",
    text: `${keep ? "All other sessions" : "All sessions"} of your account were ended.`,
  });
  return ended;
}
