import { countContents } from "@/db/queries/workspace-contents";
import type { WorkspaceContents } from "../core/workspaces";
import { authorize, type Context } from "../verbs/context";

/** The data that would be lost with the workspace. */
export async function getContents({ ctx }: { ctx: Context }): Promise<WorkspaceContents> {
  authorize(ctx, "workspace:write");
  return countContents(ctx.db, ctx.workspace.id);
}
