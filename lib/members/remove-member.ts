import { endMembership, noteRemoved } from "@/db/queries/members";
import { forgetApiKeys } from "../api-keys/find-api-key";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { lockMember, requireOtherOwner } from "./lock-member";

/**
 * Ends a membership. The person loses access with their next request, and the API keys that they created are revoked.
 * They can return only by invitation, whatever the domain of their address.
 *
 * @throws AppError `conflict` if no owner would be left
 */
export async function removeMember({ ctx, id }: { ctx: Context; id: string }): Promise<void> {
  await withAudit({ ctx, scope: "members:write", action: "member.remove" }, async (tx) => {
    const member = await lockMember(ctx, tx, id);
    if (member.role === "owner") {
      await requireOtherOwner(
        ctx,
        tx,
        member.id,
        "Make someone else an owner first, or delete the workspace.",
      );
    }
    const membership = { workspaceId: ctx.workspace.id, userId: member.id };
    const apiKeys = await endMembership(tx, membership);
    await noteRemoved(tx, membership);
    const { name, role } = member;
    return { result: undefined, targetId: member.id, targetName: name, details: { role, apiKeys } };
  });
  forgetApiKeys();
}
