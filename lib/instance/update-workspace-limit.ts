import { setEndpointLimit } from "@/db/queries/instance-people";
import { findWorkspace } from "@/db/queries/workspaces";
import { updateInstanceWorkspaceInput } from "../contract/instance";
import { changesOf } from "../core/audit-changes";
import { notFound } from "../core/errors";
import { fromPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { writeAudit } from "../verbs/write-audit";
import { auditSourceOf, type PersonContext, requireOperator } from "./context";

/** Changes how many webhooks a workspace may have. It is recorded in the workspace's own audit log. */
export async function updateWorkspaceLimit({
  ctx,
  id,
  input,
}: {
  ctx: PersonContext;
  id: string;
  input: Input<typeof updateInstanceWorkspaceInput>;
}): Promise<void> {
  await requireOperator(ctx);
  const { endpointLimit } = parseInput(updateInstanceWorkspaceInput, input);
  const workspaceId = fromPublicId("workspace", id);
  if (!workspaceId) throw notFound("workspace");
  await ctx.db.transaction(async (tx) => {
    const before = await setEndpointLimit(tx, { id: workspaceId, endpointLimit });
    if (before === null) throw notFound("workspace");
    await writeAudit(tx, auditSourceOf(ctx, workspaceId), "workspace.update", {
      targetId: workspaceId,
      targetName: (await findWorkspace(tx, workspaceId))?.name ?? null,
      changes: changesOf({ endpointLimit: before }, { endpointLimit }),
    });
  });
}
