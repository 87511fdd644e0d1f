import { findInvitations } from "@/db/queries/invitations";
import type { InvitationOutput } from "../contract/members";
import { toPublicId } from "../core/ids";
import { authorize, type Context } from "../verbs/context";

/** Invitations that were neither accepted nor revoked, newest first, including expired ones. */
export async function listInvitations({ ctx }: { ctx: Context }): Promise<{ data: InvitationOutput[] }> {
  authorize(ctx, "members:write");
  const rows = await findInvitations(ctx.db, { workspaceId: ctx.workspace.id });
  return { data: rows.map(presentInvitation) };
}

export type InvitationRow = Awaited<ReturnType<typeof findInvitations>>[number];

export function presentInvitation(row: InvitationRow): InvitationOutput {
  return {
    ...row,
    id: toPublicId("invitation", row.id),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
