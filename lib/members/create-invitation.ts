import { findInvitations, insertInvitation, revokeInvitation } from "@/db/queries/invitations";
import { isMemberAddress } from "@/db/queries/members";
import { createInvitationInput, type SentInvitationOutput } from "../contract/members";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { signalEmails } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { emailInvitation } from "./email-invitation";
import { invitationDays, newInvitationLink } from "./invitation-link";
import { presentInvitation } from "./list-invitations";

/**
 * Invites an address to the workspace, by email if there is an SMTP server. The link is only returned this once; its
 * hash is stored.
 *
 * @throws AppError `conflict` if the address is a member's, or has an open invitation; `rate_limited`
 */
export async function createInvitation({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof createInvitationInput>;
}): Promise<SentInvitationOutput> {
  const { email, role } = parseInput(createInvitationInput, input);
  const workspaceId = ctx.workspace.id;
  const asked = { ctx, scope: "members:write", action: "invitation.create" } as const;
  const sent = await withAudit(asked, async (tx) => {
    if (await isMemberAddress(tx, { workspaceId, email })) {
      throw new AppError("conflict", `${email} is already a member of this workspace.`);
    }
    const [open] = await findInvitations(tx, { workspaceId, email });
    if (open?.expired) await revokeInvitation(tx, { workspaceId, id: open.id });
    const { link, tokenHash } = newInvitationLink();
    const id = newId();
    const invitedBy = ctx.actor.type === "user" ? ctx.actor.id : null;
    const row = { id, workspaceId, email, role, invitedBy, tokenHash, days: invitationDays };
    if (!(await insertInvitation(tx, row))) {
      throw new AppError("conflict", `${email} is already invited. Resend or revoke that invitation.`);
    }
    const [invitation] = await findInvitations(tx, { workspaceId, id });
    if (!invitation) throw new Error("the invitation that was just made is missing");
    const emailed = await emailInvitation(tx, ctx, { email, role, link });
    const result = { ...presentInvitation(invitation), link, emailed };
    return { result, targetId: id, targetName: email, details: { role } };
  });
  if (sent.emailed) signalEmails();
  return sent;
}
