import { findWorkspaceDeletions, findWorkspaces } from "@/db/queries/instance-people";
import type { InstanceWorkspacesOutput } from "../contract/instance";
import { toPublicId } from "../core/ids";
import { type PersonContext, requireOperator } from "./context";

/** All workspaces of the instance, up to 1,000, and the last 100 that were deleted. */
export async function listWorkspaces({ ctx }: { ctx: PersonContext }): Promise<InstanceWorkspacesOutput> {
  await requireOperator(ctx);
  const [rows, deletions] = await Promise.all([findWorkspaces(ctx.db), findWorkspaceDeletions(ctx.db)]);
  return {
    data: rows.map((row) => ({
      ...row,
      id: toPublicId("workspace", row.id),
      createdAt: row.createdAt.toISOString(),
    })),
    deleted: deletions.map(({ id, slug, name, deletedBy, contents, createdAt, finishedAt }) => ({
      id: toPublicId("workspace", id),
      slug,
      name,
      deletedBy,
      contents,
      deletedAt: createdAt.toISOString(),
      removedAt: finishedAt?.toISOString() ?? null,
    })),
  };
}
