import { deleteEventType as deleteRow } from "@/db/queries/event-types";
import type { Context } from "../verbs/context";
import { type ExpectedVersions, requireVersion } from "../verbs/version";
import { withAudit } from "../verbs/with-audit";
import { eventTypeVersion, requireEventType } from "./get-event-type";

/**
 * Removes a type from the catalogue. Published events stay, and webhooks stay subscribed in case it is added again.
 *
 * @throws AppError `precondition_failed` if it was changed since the expected version
 */
export async function deleteEventType({
  ctx,
  name,
  expected = null,
}: {
  ctx: Context;
  name: string;
  /** The versions of which it must have one. */
  expected?: ExpectedVersions;
}): Promise<void> {
  await withAudit({ ctx, scope: "eventTypes:write", action: "event_type.delete" }, async (tx) => {
    const before = await requireEventType(ctx, tx, name, { forChange: true });
    requireVersion(expected, eventTypeVersion(before), "event type");
    await deleteRow(tx, { workspaceId: ctx.workspace.id, name });
    return { result: undefined, targetId: name, targetName: name };
  });
}
