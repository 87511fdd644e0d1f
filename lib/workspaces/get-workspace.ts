import { findWorkspace } from "@/db/queries/workspaces";
import { authorize, type Context } from "../context";
import { notFound } from "../errors";
import { toPublicId } from "../ids";
import type { WorkspaceOutput } from "./schemas";

/** The settings of the workspace. */
export async function getWorkspace({ ctx }: { ctx: Context }): Promise<WorkspaceOutput> {
  authorize(ctx, "workspace:read");
  const row = await findWorkspace(ctx.db, ctx.workspace.id);
  if (!row) throw notFound("workspace");
  return presentWorkspace(row);
}

export function presentWorkspace(
  row: NonNullable<Awaited<ReturnType<typeof findWorkspace>>>,
): WorkspaceOutput {
  return { ...row, id: toPublicId("workspace", row.id), createdAt: row.createdAt.toISOString() };
}
