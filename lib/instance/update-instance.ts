import { updateWorkspaceCreators } from "@/db/queries/instance-people";
import { updateInstanceInput } from "../contract/instance";
import { type Input, parseInput } from "../core/parse-input";
import { log } from "../platform/log";
import { type PersonContext, requireOperator } from "./context";

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
  await updateWorkspaceCreators(ctx.db, workspaceCreators);
  log().info({ operator: ctx.user.id, workspaceCreators }, "an operator changed who may create workspaces");
}
