import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/db/connection/client";
import { findUserByEmail } from "@/db/queries/users";
import { makeAccountLink, makeSignUpLink } from "../auth/account-links";
import { limitEmails } from "../auth/limit-attempts";
import { recordActivity } from "../auth/record-activity";
import { maySignUp } from "../auth/sign-up";
import { addressInput } from "../contract/account";
import { accountLinkMinutes } from "../core/account";
import { type Input, parseInput } from "../core/parse-input";
import { queueAccountEmail } from "../notifications/account-email";
import type { Message } from "../notifications/render-message";
import { signalEmails } from "../platform/signals";
import { passwordResetMessage, signInMessage, signUpMessage } from "./account-messages";
import type { VisitorContext } from "./context";
import { requireEmails } from "./require-emails";

/** The shortest time of an answer, so that it does not reveal whether there was something to do. */
const answerMs = 300;

type Asked = { ctx: VisitorContext; input: Input<typeof addressInput> };

/**
 * Sends a link to set a new password, if the address has an account that is not disabled: the answer is the same.
 *
 * @throws AppError `rate_limited`; `conflict` if this Posthorn sends no emails
 */
export function requestPasswordReset(asked: Asked): Promise<void> {
  return requestLink(asked, "password_reset", passwordResetMessage);
}

/**
 * Like `requestPasswordReset`, a link to sign in. To an address without an account it is one to make it, if a workspace
 * has verified its domain.
 */
export function requestSignInLink(asked: Asked): Promise<void> {
  return requestLink(asked, "sign_in", signInMessage);
}

async function requestLink(
  { ctx, input }: Asked,
  kind: "password_reset" | "sign_in",
  compose: (token: string) => Message,
): Promise<void> {
  const { email } = parseInput(addressInput, input);
  requireEmails();
  const { source, db } = ctx;
  await limitEmails({ email, network: source.network });
  const send = async () => {
    const user = await findUserByEmail(db, email);
    if (!user && kind === "sign_in") return sendSignUp(db, email);
    if (!user || user.disabledAt) return;
    await db.transaction(async (tx) => {
      const token = await makeAccountLink(tx, { userId: user.id, kind, email: user.email });
      const to = { recipient: user.email, minutes: accountLinkMinutes[kind] };
      await queueAccountEmail(tx, compose(token), to);
      if (kind === "password_reset") {
        await recordActivity(tx, { userId: user.id, action: "password_reset.request", source });
      }
    });
    signalEmails();
  };
  await Promise.all([send(), sleep(answerMs)]);
}

async function sendSignUp(db: Database, email: string): Promise<void> {
  if (!(await maySignUp(db, email))) return;
  await db.transaction(async (tx) => {
    const message = signUpMessage(await makeSignUpLink(tx, email));
    await queueAccountEmail(tx, message, { recipient: email, minutes: accountLinkMinutes.sign_in });
  });
  signalEmails();
}
