import { setRole } from "@/db/queries/members";
import { forgetApiKeys } from "../api-keys/find-api-key";
import { updateMemberInput } from "../contract/members";
import { changesOf } from "../core/audit-changes";
import { type Input, parseInput } from "../core/parse-input";
import type { Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { lockMember, requireOtherOwner } from "./lock-member";

/**
 * Changes a member's role, from their next request on. Their API keys are limited to the new role.
 *
 * @throws AppError `conflict` if no owner would be left
 */
export async function updateMember({
  ctx,
  id,
  input,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof updateMemberInput>;
}): Promise<void> {
  const { role } = parseInput(updateMemberInput, input);
  await withAudit({ ctx, scope: "members:write", action: "member.update" }, async (tx) => {
    const member = await lockMember(ctx, tx, id);
    if (member.role === "owner" && role !== "owner") {
      await requireOtherOwner(ctx, tx, member.id, "Make someone else an owner first.");
    }
    await setRole(tx, { workspaceId: ctx.workspace.id, userId: member.id, role });
    return {
      result: undefined,
      targetId: member.id,
      targetName: member.name,
      changes: changesOf({ role: member.role }, { role }),
    };
  });
  forgetApiKeys();
}
