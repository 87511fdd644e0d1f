import { findEmail, insertEmails } from "@/db/queries/emails";
import { findUser } from "@/db/queries/users";
import type { EmailOutput } from "../contract/emails";
import { AppError, notFound } from "../core/errors";
import { settings } from "../platform/env";
import { signalEmails } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { presentEmail } from "./present-email";
import { oneLine } from "./render-message";
import { emailOf } from "./write-emails";

/** Sends a test email to the requesting user, which shows whether SMTP works. */
export async function sendTestEmail({ ctx }: { ctx: Context }): Promise<EmailOutput> {
  const { actor, workspace } = ctx;
  const row = await withAudit({ ctx, scope: "emails:write", action: "email.test" }, async (tx) => {
    const user = actor.type === "user" ? await findUser(tx, actor.id) : null;
    if (!user)
      throw new AppError(
        "forbidden",
        "Test emails go to the person who asks, so an API key can't send them.",
      );
    const email = emailOf(testMessage(workspace), { workspaceId: workspace.id, recipient: user.email });
    await insertEmails(tx, [email]);
    const result = await findEmail(tx, { workspaceId: workspace.id, id: email.id });
    if (!result) throw notFound("email");
    return { result, targetId: email.id, targetName: user.email };
  });
  signalEmails();
  return presentEmail(row);
}

function testMessage({ slug, name }: Context["workspace"]) {
  const subject = "Test email from Posthorn";
  return {
    subject,
    headline: subject,
    facts: [{ label: "Workspace", value: oneLine(name) }],
    paragraphs: [
      "Sending emails works: Posthorn can tell the owners of this workspace when a webhook keeps failing.",
    ],
    link: { label: "Open the emails", url: `${settings().appUrl}/${slug}/settings/emails` },
    footer: `You got this email because you asked for a test in the workspace ${oneLine(name)}.`,
  };
}
