import type { Queryable } from "@/db/connection/client";
import { limitEmails } from "../auth/limit-attempts";
import { type JoiningRole, verificationDays } from "../core/email-domains";
import { roleTexts } from "../core/roles";
import { queueAccountEmail } from "../notifications/account-email";
import { oneLine } from "../notifications/render-message";
import { settings } from "../platform/env";
import type { Context } from "../verbs/context";

/**
 * Queues the email with the link that verifies a domain; sent once `signalEmails` is called after the transaction.
 *
 * @returns whether it will be sent: not without an SMTP server
 * @throws AppError `rate_limited` if the address got several of them just now
 */
export async function emailVerification(
  tx: Queryable,
  ctx: Context,
  { domain, role, address, link }: { domain: string; role: JoiningRole; address: string; link: string },
): Promise<boolean> {
  if (!settings().smtp) return false;
  await limitEmails({ email: address });
  const { workspace, actor } = ctx;
  const { name, description } = roleTexts[role];
  const message = {
    subject: oneLine(`Verify ${domain} for ${workspace.name} in Posthorn`),
    headline: `Verify ${domain}`,
    facts: [
      { label: "Requested by", value: actor.name },
      { label: "Workspace", value: workspace.name },
      { label: "Role", value: `${name}: ${description}` },
    ],
    paragraphs: [
      `Once you verify it, everyone with an email address at ${domain} can join ${workspace.name} with this role, without an invitation.`,
      `Open the link and press Verify. It works once, for ${verificationDays} days. If you don't know ${actor.name}, or don't want this, you can ignore this email.`,
    ],
    link: { label: "Verify the domain", url: link },
    footer: `You got this email because ${actor.name} entered your address in Posthorn at ${new URL(settings().appUrl).host}.`,
  };
  return queueAccountEmail(tx, message, { recipient: address, minutes: verificationDays * 24 * 60 });
}
