import { findMembers } from "@/db/queries/members";
import type { MemberOutput } from "../contract/members";
import { toPublicId } from "../core/ids";
import { authorize, type Context } from "../verbs/context";

/** The workspace's members, by name. */
export async function listMembers({ ctx }: { ctx: Context }): Promise<{ data: MemberOutput[] }> {
  authorize(ctx, "members:read");
  const rows = await findMembers(ctx.db, { workspaceId: ctx.workspace.id });
  return {
    data: rows.map((row) => ({
      ...row,
      id: toPublicId("user", row.id),
      isYou: row.id === ctx.actor.id,
      joinedAt: row.joinedAt.toISOString(),
    })),
  };
}
