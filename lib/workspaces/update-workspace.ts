import type { z } from "zod";
import { updateWorkspace as updateRow } from "@/db/queries/workspaces";
import { forgetApiKeys } from "../api-keys/find-api-key";
import { change } from "../audit/change";
import type { Context } from "../context";
import { notFound } from "../errors";
import { presentWorkspace } from "./get-workspace";
import type { updateWorkspaceInput, WorkspaceOutput } from "./schemas";

/** Changes what is given of the workspace's settings. Its slug stays, so that links do. */
export async function updateWorkspace({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof updateWorkspaceInput>;
}): Promise<WorkspaceOutput> {
  const workspace = await change(
    { ctx, scope: "workspace:write", action: "workspace.update" },
    async (tx) => {
      const row = await updateRow(tx, { id: ctx.workspace.id, set: input });
      if (!row) throw notFound("workspace");
      return { result: presentWorkspace(row), targetId: row.id, details: input };
    },
  );
  // They bring the workspace's name along.
  forgetApiKeys();
  return workspace;
}
