import type { UserRow } from "@/db/queries/users";
import { limitAttempts } from "../auth/limit-attempts";
import { verifyPassword } from "../auth/password";
import { recordActivity } from "../auth/record-activity";
import { validationFailed } from "../core/errors";
import type { PersonContext } from "./context";

/**
 * That somebody who is signed in knows the account's password; one that has none asks for none.
 *
 * @throws AppError `validation_failed` for the field `currentPassword`; `rate_limited`
 */
export async function requirePassword(
  ctx: PersonContext,
  user: UserRow,
  given: string | undefined,
): Promise<void> {
  if (user.passwordHash === "") return;
  if (!given) throw validationFailed([{ path: "currentPassword", message: "must be your current password" }]);
  const { source } = ctx;
  const takeBack = await limitAttempts({ email: user.email, network: source.network, device: user.id });
  if (await verifyPassword(given, user.passwordHash)) return takeBack();
  await recordActivity(ctx.db, { userId: user.id, action: "session.fail", source });
  throw validationFailed([{ path: "currentPassword", message: "is wrong" }]);
}
