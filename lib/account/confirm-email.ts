import { endAccountLinks } from "@/db/queries/account-links";
import { findUser, findUserByEmail, lockAddress, updateUser } from "@/db/queries/users";
import { redeemAccountLink } from "../auth/account-links";
import { limitLinks } from "../auth/limit-attempts";
import { recordActivity } from "../auth/record-activity";
import { confirmEmailInput } from "../contract/account";
import { AppError } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { signalEmails } from "../platform/signals";
import type { VisitorContext } from "./context";
import { notify } from "./notify";

/**
 * Changes an account's address to the one that its link was sent to. The previous address is notified, and links sent
 * there become invalid.
 *
 * @returns the address
 * @throws AppError `conflict` if the link cannot be used, or another account has the address by now
 */
export async function confirmEmail({
  ctx,
  input,
}: {
  ctx: VisitorContext;
  input: Input<typeof confirmEmailInput>;
}): Promise<{ email: string }> {
  const { token } = parseInput(confirmEmailInput, input);
  const { source } = ctx;
  await limitLinks(source.network);
  const email = await ctx.db.transaction(async (tx) => {
    const link = await redeemAccountLink(tx, { token, kind: "email" });
    await lockAddress(tx, link.email);
    const user = await findUser(tx, link.userId);
    const holder = await findUserByEmail(tx, link.email);
    if (!user || (holder && holder.id !== user.id)) {
      throw new AppError("conflict", "This address cannot be used. Choose another one in your profile.");
    }
    await updateUser(tx, user.id, { email: link.email, emailVerifiedAt: new Date() });
    const isNew = user.email.toLowerCase() !== link.email.toLowerCase();
    await recordActivity(tx, {
      userId: user.id,
      action: isNew ? "email.change" : "email.confirm",
      source,
      details: isNew ? { from: user.email, to: link.email } : { to: link.email },
    });
    if (isNew) {
      await endAccountLinks(tx, { userId: user.id });
      await notify(tx, user.email, {
        headline: "Your email address was changed",
        text: `Your account now has the address ${link.email}. You can no longer sign in with this one.`,
      });
    }
    return link.email;
  });
  signalEmails();
  return { email };
}
