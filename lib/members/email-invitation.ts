import type { Queryable } from "@/db/connection/client";
import { limitEmails } from "../auth/limit-attempts";
import { type Role, roleTexts } from "../core/roles";
import { queueAccountEmail } from "../notifications/account-email";
import { oneLine } from "../notifications/render-message";
import { settings } from "../platform/env";
import type { Context } from "../verbs/context";
import { invitationDays } from "./invitation-link";

/**
 * Queues the email with an invitation's link; sent once `signalEmails` is called after the transaction.
 *
 * @returns whether it will be sent: not without an SMTP server
 * @throws AppError `rate_limited` if the address got several of them just now
 */
export async function emailInvitation(
  tx: Queryable,
  ctx: Context,
  { email, role, link }: { email: string; role: Role; link: string },
): Promise<boolean> {
  if (!settings().smtp) return false;
  await limitEmails({ email });
  const { workspace, actor } = ctx;
  const message = {
    subject: oneLine(`${actor.name} invited you to ${workspace.name} in Posthorn`),
    headline: `Join ${workspace.name}`,
    facts: [
      { label: "Invited by", value: actor.name },
      { label: "Workspace", value: workspace.name },
      { label: "Role", value: `${roleTexts[role].name}: ${roleTexts[role].description}` },
    ],
    paragraphs: [
      `Open the link and accept. It works once, for ${invitationDays} days, and only for ${email}. If you don't know why you got this email, you can ignore it.`,
    ],
    link: { label: "Open the invitation", url: link },
    footer: `You got this email because ${actor.name} entered your address in Posthorn at ${new URL(settings().appUrl).host}.`,
  };
  return queueAccountEmail(tx, message, { recipient: email, minutes: invitationDays * 24 * 60 });
}
