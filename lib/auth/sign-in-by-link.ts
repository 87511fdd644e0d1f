import { database } from "@/db/connection/database";
import { confirmUserEmail, findUser } from "@/db/queries/users";
import { AppError } from "../core/errors";
import { redeemAccountLink } from "./account-links";
import { limitLinks } from "./limit-attempts";
import { type FirstFactor, passFirstFactor } from "./pass-first-factor";
import type { Source } from "./source";

/**
 * Lets somebody in who got a link by email. It is used up by that, and confirms the address.
 *
 * @throws AppError `conflict` if the link cannot be used; `rate_limited`
 */
export async function signInByLink({
  token,
  source,
}: {
  token: string;
  source: Source;
}): Promise<FirstFactor> {
  await limitLinks(source.network);
  const user = await database().db.transaction(async (tx) => {
    const link = await redeemAccountLink(tx, { token, kind: "sign_in" });
    await confirmUserEmail(tx, { id: link.userId, email: link.email });
    return findUser(tx, link.userId);
  });
  if (!user || user.disabledAt) {
    throw new AppError("conflict", "This account does not exist any more, or was disabled.");
  }
  return passFirstFactor(user, { method: "link", source });
}
