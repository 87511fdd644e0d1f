import { findInvitations, renewInvitation } from "@/db/queries/invitations";
import type { SentInvitationOutput } from "../contract/members";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { signalEmails } from "../platform/signals";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { emailInvitation } from "./email-invitation";
import { invitationDays, newInvitationLink } from "./invitation-link";
import { presentInvitation } from "./list-invitations";

/**
 * Creates and emails a new link for an invitation, even if it has expired. The previous link becomes invalid.
 *
 * @throws AppError `rate_limited`
 */
export async function resendInvitation({
  ctx,
  id,
}: {
  ctx: Context;
  id: string;
}): Promise<SentInvitationOutput> {
  const asked = { ctx, scope: "members:write", action: "invitation.resend" } as const;
  const sent = await withAudit(asked, async (tx) => {
    const workspaceId = ctx.workspace.id;
    const uuid = fromPublicId("invitation", id);
    const [found] = uuid ? await findInvitations(tx, { workspaceId, id: uuid }) : [];
    if (!found) throw notFound("invitation");
    const { link, tokenHash } = newInvitationLink();
    await renewInvitation(tx, { workspaceId, id: found.id, tokenHash, days: invitationDays });
    const [renewed] = await findInvitations(tx, { workspaceId, id: found.id });
    // It was accepted at this very moment.
    if (!renewed) throw notFound("invitation");
    const { email, role } = renewed;
    const emailed = await emailInvitation(tx, ctx, { email, role, link });
    const result = { ...presentInvitation(renewed), link, emailed };
    return { result, targetId: found.id, targetName: email, details: { role } };
  });
  if (sent.emailed) signalEmails();
  return sent;
}
