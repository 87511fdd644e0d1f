import { findUserByEmail } from "@/db/queries/users";
import { makeAccountLink } from "../auth/account-links";
import { limitEmails } from "../auth/limit-attempts";
import { recordActivity } from "../auth/record-activity";
import { changeEmailInput } from "../contract/account";
import { accountLinkMinutes } from "../core/account";
import { type Input, parseInput } from "../core/parse-input";
import { queueAccountEmail } from "../notifications/account-email";
import { signalEmails } from "../platform/signals";
import { confirmEmailMessage } from "./account-messages";
import type { PersonContext } from "./context";
import { ownRow } from "./own-row";
import { requireEmails } from "./require-emails";
import { requirePassword } from "./require-password";

/**
 * Sends a link to the address that a user wants to have, or to the one they have and never confirmed. Nothing changes
 * until it is opened. Nothing is sent to another account's address, and the answer is the same.
 */
export async function changeEmail({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof changeEmailInput>;
}): Promise<void> {
  const { email, currentPassword } = parseInput(changeEmailInput, input);
  requireEmails();
  const { source } = ctx;
  const own = await ownRow(ctx);
  await requirePassword(ctx, own, currentPassword);
  await limitEmails({ email, network: source.network });
  const holder = await findUserByEmail(ctx.db, email);
  const isFree = !holder || holder.id === own.id;
  await ctx.db.transaction(async (tx) => {
    const token = await makeAccountLink(tx, { userId: own.id, kind: "email", email });
    if (isFree) {
      const minutes = accountLinkMinutes.email;
      await queueAccountEmail(tx, confirmEmailMessage(token), { recipient: email, minutes });
    }
    await recordActivity(tx, {
      userId: own.id,
      action: "email_change.request",
      source,
      details: { to: email },
    });
  });
  signalEmails();
}
