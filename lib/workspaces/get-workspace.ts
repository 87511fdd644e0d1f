import { findWorkspace } from "@/db/queries/workspaces";
import type { WorkspaceOutput } from "../contract/workspaces";
import { notFound } from "../core/errors";
import { toPublicId } from "../core/ids";
import { authorize, type Context } from "../verbs/context";
import { versionOf } from "../verbs/version";

/** The settings of the workspace. */
export async function getWorkspace({ ctx }: { ctx: Context }): Promise<WorkspaceOutput> {
  authorize(ctx, "workspace:read");
  const row = await findWorkspace(ctx.db, ctx.workspace.id);
  if (!row) throw notFound("workspace");
  return presentWorkspace(row);
}

type WorkspaceRow = NonNullable<Awaited<ReturnType<typeof findWorkspace>>>;

export function presentWorkspace(row: WorkspaceRow): WorkspaceOutput {
  return {
    ...row,
    id: toPublicId("workspace", row.id),
    createdAt: row.createdAt.toISOString(),
    version: workspaceVersion(row),
  };
}

/** The version of what people change of a workspace. */
export function workspaceVersion({
  name,
  slug,
  retryPolicy,
  refuseUnknownTypes,
  refuseInvalidData,
  viewersSeePayloads,
}: WorkspaceRow): string {
  return versionOf({ name, slug, retryPolicy, refuseUnknownTypes, refuseInvalidData, viewersSeePayloads });
}
