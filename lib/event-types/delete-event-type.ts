import { deleteEventType as deleteRow } from "@/db/queries/event-types";
import type { Context } from "../verbs/context";
import { type ExpectedVersions, requireVersion } from "../verbs/version";
import { withAudit } from "../verbs/with-audit";
import { eventTypeVersion, requireEventType } from "./get-event-type";

/**
 * Takes a type off the catalogue. What was published stays, and webhooks stay subscribed, should it come again.
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
  /** Versions of which it must have one. */
  expected?: ExpectedVersions;
}): Promise<void> {
  await withAudit({ ctx, scope: "eventTypes:write", action: "event_type.delete" }, async (tx) => {
    const before = await requireEventType(ctx, tx, name, { forChange: true });
    requireVersion(expected, eventTypeVersion(before), "event type");
    await deleteRow(tx, { workspaceId: ctx.workspace.id, name });
    return { result: undefined, targetId: name, targetName: name };
  });
}
