import { deleteEndpoint as deleteRow } from "@/db/queries/endpoints";
import { change } from "../audit/change";
import type { Context } from "../context";
import { notFound } from "../errors";
import { fromPublicId } from "../ids";

/** Deletes a webhook and its secrets. What is pending is discarded; its log stays. */
export async function deleteEndpoint({ ctx, id }: { ctx: Context; id: string }): Promise<void> {
  await change({ ctx, scope: "endpoints:write", action: "endpoint.delete" }, async (tx) => {
    const uuid = fromPublicId("endpoint", id);
    const deleted = uuid && (await deleteRow(tx, { workspaceId: ctx.workspace.id, id: uuid }));
    if (!deleted) throw notFound("webhook");
    return { result: undefined, targetId: uuid, details: deleted };
  });
}
