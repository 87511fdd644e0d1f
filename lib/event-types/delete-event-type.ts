import { deleteEventType as deleteRow } from "@/db/queries/event-types";
import { change } from "../audit/change";
import type { Context } from "../context";
import { notFound } from "../errors";

/** Takes a type off the catalogue. What was published stays, and webhooks stay subscribed, should it come again. */
export async function deleteEventType({ ctx, name }: { ctx: Context; name: string }): Promise<void> {
  await change({ ctx, scope: "eventTypes:write", action: "event_type.delete" }, async (tx) => {
    const deleted = await deleteRow(tx, { workspaceId: ctx.workspace.id, name });
    if (!deleted) throw notFound("event type");
    return { result: undefined, targetId: name, details: { name } };
  });
}
