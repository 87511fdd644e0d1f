import { closeWorkspace } from "@/db/queries/close-workspace";
import { countContents } from "@/db/queries/workspace-contents";
import { findWorkspace } from "@/db/queries/workspaces";
import { forgetApiKeys } from "../api-keys/find-api-key";
import { deleteWorkspaceInput } from "../contract/workspaces";
import { notFound, validationFailed } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { type Context, nameOf } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";

/**
 * Deletes the workspace: it has no members from now on, its API keys stop working, and nothing more is sent. Attempts
 * under way end as usual. Its rows are deleted later, in the background; operators see that it was deleted, and by
 * whom.
 *
 * @throws AppError `validation_failed` unless its exact name is typed
 */
export async function deleteWorkspace({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof deleteWorkspaceInput>;
}): Promise<void> {
  const { name } = parseInput(deleteWorkspaceInput, input);
  await withAudit({ ctx, scope: "workspace:write", action: "workspace.delete" }, async (tx) => {
    const workspace = await findWorkspace(tx, ctx.workspace.id, { forChange: true });
    if (!workspace) throw notFound("workspace");
    if (name !== workspace.name) {
      throw validationFailed([{ path: "name", message: `must be the workspace's name, ${workspace.name}` }]);
    }
    const contents = await countContents(tx, workspace.id);
    const { id, slug } = workspace;
    await closeWorkspace(tx, { id, slug, name, contents, deletedBy: nameOf(ctx.actor) });
    return { result: undefined, targetId: id, targetName: name, details: contents };
  });
  forgetApiKeys();
}
