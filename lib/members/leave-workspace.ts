import { endMembership } from "@/db/queries/members";
import { forgetApiKeys } from "../api-keys/find-api-key";
import { AppError } from "../core/errors";
import { toPublicId } from "../core/ids";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { lockMember, requireOtherOwner } from "./lock-member";

/**
 * Ends the user's own membership, and revokes the API keys that they created there.
 *
 * @throws AppError `conflict` if no owner would be left
 */
export async function leaveWorkspace({ ctx }: { ctx: Context }): Promise<void> {
  await withAudit({ ctx, scope: "workspace:read", action: "member.leave" }, async (tx) => {
    const { actor, workspace } = ctx;
    if (actor.type !== "user") throw new AppError("forbidden", "Only a person can leave a workspace.");
    const member = await lockMember(ctx, tx, toPublicId("user", actor.id));
    if (member.role === "owner") {
      await requireOtherOwner(
        ctx,
        tx,
        member.id,
        "Make someone else an owner before you leave, or delete the workspace.",
      );
    }
    const apiKeys = await endMembership(tx, { workspaceId: workspace.id, userId: member.id });
    const { name, role } = member;
    return { result: undefined, targetId: member.id, targetName: name, details: { role, apiKeys } };
  });
  forgetApiKeys();
}
