import type { Transaction } from "@/db/connection/client";
import { database } from "@/db/connection/database";
import { confirmUnsharedEmail, findUser, type UserRow } from "@/db/queries/users";
import { AppError } from "../core/errors";
import { redeemAccountLink, redeemSignUpLink } from "./account-links";
import { limitLinks } from "./limit-attempts";
import { type FirstFactor, passFirstFactor } from "./pass-first-factor";
import { signUp } from "./sign-up";
import type { Source } from "./source";

/**
 * Signs in a person with an emailed link, which is used up. It confirms the address, unless another person could have
 * created the account; if there is no account, it creates one.
 *
 * @param given.name of the account, if one is created
 * @throws AppError `conflict` if the link cannot be used; `rate_limited`
 */
export async function signInByLink({
  token,
  name,
  source,
}: {
  token: string;
  name?: string | undefined;
  source: Source;
}): Promise<FirstFactor> {
  await limitLinks(source.network);
  const user = await database().db.transaction(async (tx) => {
    const newEmail = await redeemSignUpLink(tx, token);
    if (newEmail !== null) return makeAccount(tx, { email: newEmail, name, source });
    const link = await redeemAccountLink(tx, { token, kind: "sign_in" });
    await confirmUnsharedEmail(tx, { id: link.userId, email: link.email });
    return findUser(tx, link.userId);
  });
  if (!user || user.disabledAt) {
    throw new AppError("conflict", "This account no longer exists, or is disabled.");
  }
  return passFirstFactor(user, { method: "link", source });
}

async function makeAccount(
  tx: Transaction,
  { email, name, source }: { email: string; name: string | undefined; source: Source },
): Promise<UserRow> {
  const user = await signUp(tx, { email, name, method: "link", source });
  if (!user) {
    throw new AppError(
      "conflict",
      `${email} can no longer create an account. Ask an owner for an invitation.`,
    );
  }
  // It may have got an account in another way since the link was sent.
  await confirmUnsharedEmail(tx, { id: user.id, email });
  return user;
}
