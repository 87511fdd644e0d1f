import { insertAuditRow } from "@/db/queries/audit-log";
import { setEndpointLimit } from "@/db/queries/instance-people";
import { updateInstanceWorkspaceInput } from "../contract/instance";
import { notFound } from "../core/errors";
import { fromPublicId, newId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { type PersonContext, requireOperator } from "./context";

/** Changes how many webhooks a workspace may have. The workspace's own audit log has it. */
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
    await insertAuditRow(tx, {
      id: newId(),
      workspaceId,
      actorType: "user",
      actorId: ctx.user.id,
      action: "workspace.update",
      targetId: workspaceId,
      details: { endpointLimit, before },
    });
  });
}
