import { revokeInvitation as revokeRow } from "@/db/queries/invitations";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";

/** Revokes an invitation: its link is invalid from now on. */
export async function revokeInvitation({ ctx, id }: { ctx: Context; id: string }): Promise<void> {
  await withAudit({ ctx, scope: "members:write", action: "invitation.revoke" }, async (tx) => {
    const uuid = fromPublicId("invitation", id);
    const revoked = uuid && (await revokeRow(tx, { workspaceId: ctx.workspace.id, id: uuid }));
    if (!revoked) throw notFound("invitation");
    return { result: undefined, targetId: revoked.id, targetName: revoked.email };
  });
}
