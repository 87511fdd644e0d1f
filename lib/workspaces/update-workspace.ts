import { findWorkspace, keepFormerSlug, updateWorkspace as updateRow } from "@/db/queries/workspaces";
import { forgetApiKeys } from "../api-keys/find-api-key";
import { updateWorkspaceInput, type WorkspaceOutput } from "../contract/workspaces";
import { changesOf } from "../core/audit-changes";
import { notFound } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import type { Context } from "../verbs/context";
import { type ExpectedVersions, requireVersion } from "../verbs/version";
import { withAudit } from "../verbs/with-audit";
import { presentWorkspace, workspaceVersion } from "./get-workspace";
import { requireFreeSlug } from "./require-free-slug";

/**
 * Changes the given settings of the workspace. Links with a former slug keep working.
 *
 * @throws AppError `validation_failed` for a slug that is taken or reserved; `precondition_failed` if they were
 *   changed since the expected version
 */
export async function updateWorkspace({
  ctx,
  input,
  expected = null,
}: {
  ctx: Context;
  input: Input<typeof updateWorkspaceInput>;
  /** The versions of which they must have one. */
  expected?: ExpectedVersions;
}): Promise<WorkspaceOutput> {
  const changes = parseInput(updateWorkspaceInput, input);
  const workspace = await withAudit(
    { ctx, scope: "workspace:write", action: "workspace.update" },
    async (tx) => {
      const before = await findWorkspace(tx, ctx.workspace.id, { forChange: true });
      if (!before) throw notFound("workspace");
      requireVersion(expected, workspaceVersion(before), "workspace's settings");
      const { slug } = changes;
      if (slug !== undefined && slug !== before.slug) {
        await requireFreeSlug(tx, slug);
        await keepFormerSlug(tx, { workspaceId: before.id, former: before.slug, slug });
      }
      const row = await updateRow(tx, { id: ctx.workspace.id, set: changes });
      if (!row) throw notFound("workspace");
      return {
        result: presentWorkspace(row),
        targetId: row.id,
        targetName: row.name,
        changes: changesOf(before, changes),
      };
    },
  );
  // They contain the workspace's name.
  forgetApiKeys();
  return workspace;
}
