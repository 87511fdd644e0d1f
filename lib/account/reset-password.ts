import { deleteExternalAccounts } from "@/db/queries/external-accounts";
import { confirmUserEmail, findUser } from "@/db/queries/users";
import { lookUpLink, redeemAccountLink } from "../auth/account-links";
import { limitLinks } from "../auth/limit-attempts";
import { hashPassword } from "../auth/password";
import { requireGoodPassword } from "../auth/require-good-password";
import { resetPasswordInput } from "../contract/account";
import { notFound } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { signalEmails } from "../platform/signals";
import { storePassword } from "./change-password";
import type { VisitorContext } from "./context";

/**
 * Sets a new password by a link that came by email, and ends all sessions and links of the account. The second factor
 * stays, and so do linked accounts of providers, if the address was confirmed before.
 *
 * @throws AppError `conflict` if the link cannot be used; `validation_failed`; `rate_limited`
 */
export async function resetPassword({
  ctx,
  input,
}: {
  ctx: VisitorContext;
  input: Input<typeof resetPasswordInput>;
}): Promise<void> {
  const { token, password } = parseInput(resetPasswordInput, input);
  const { db, source } = ctx;
  await limitLinks(source.network);
  const found = await lookUpLink(db, { token, kind: "password_reset" });
  // A password that is refused does not use the link up; and a hash costs more than a look.
  const isValid = found.state === "valid";
  if (isValid) await requireGoodPassword(password, "password", found.link);
  const passwordHash = isValid ? await hashPassword(password) : "";
  await db.transaction(async (tx) => {
    const link = await redeemAccountLink(tx, { token, kind: "password_reset" });
    const user = await findUser(tx, link.userId);
    if (!user) throw notFound("account");
    // Who made the account may have been somebody else: they don't go on to share it.
    if (!user.emailVerifiedAt) await deleteExternalAccounts(tx, { userId: user.id });
    await confirmUserEmail(tx, { id: user.id, email: link.email });
    await storePassword(tx, { user, passwordHash, keep: null, action: "password.reset", source });
  });
  signalEmails();
}
