import { findWorkspaceCreators, updateWorkspaceCreators } from "@/db/queries/instance-people";
import { updateInstanceInput } from "../contract/instance";
import { changesOf } from "../core/audit-changes";
import { type Input, parseInput } from "../core/parse-input";
import { writeAudit } from "../verbs/write-audit";
import { auditSourceOf, type PersonContext, requireOperator } from "./context";

/** Changes who may create workspaces. */
export async function updateInstance({
  ctx,
  input,
}: {
  ctx: PersonContext;
  input: Input<typeof updateInstanceInput>;
}): Promise<void> {
  await requireOperator(ctx);
  const { workspaceCreators } = parseInput(updateInstanceInput, input);
  await ctx.db.transaction(async (tx) => {
    const before = await findWorkspaceCreators(tx);
    await updateWorkspaceCreators(tx, workspaceCreators);
    await writeAudit(tx, auditSourceOf(ctx, null), "instance.update", {
      targetId: null,
      targetName: null,
      changes: changesOf({ workspaceCreators: before }, { workspaceCreators }),
    });
  });
}
