import { updateEventType as updateRow } from "@/db/queries/event-types";
import { type EventTypeOutput, updateEventTypeInput } from "../contract/event-types";
import { changesOf } from "../core/audit-changes";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { type ExpectedVersions, requireVersion } from "../verbs/version";
import { withAudit } from "../verbs/with-audit";
import { exampleText, schemaText } from "./check-texts";
import { eventTypeVersion, presentEventType, requireEventType } from "./get-event-type";

/**
 * Changes the given fields of a type. Its name cannot change, because webhooks subscribe to it.
 *
 * @throws AppError `precondition_failed` if it was changed since the expected version, `validation_failed` for an
 *   invalid schema
 */
export async function updateEventType({
  ctx,
  name,
  input,
  expected = null,
}: {
  ctx: Context;
  name: string;
  input: Input<typeof updateEventTypeInput>;
  /** The versions of which it must have one. */
  expected?: ExpectedVersions;
}): Promise<EventTypeOutput> {
  authorize(ctx, "eventTypes:write");
  const changes = parseInput(updateEventTypeInput, input);
  const { description } = changes;
  const schema = changes.schema && (await schemaText(ctx.workspace.id, changes.schema));
  const example = changes.example && exampleText(changes.example);
  return withAudit({ ctx, scope: "eventTypes:write", action: "event_type.update" }, async (tx) => {
    const before = await requireEventType(ctx, tx, name, { forChange: true });
    requireVersion(expected, eventTypeVersion(before), "event type");
    const set = {
      ...(description === undefined ? {} : { description }),
      ...(schema === undefined ? {} : { schema }),
      ...(example === undefined ? {} : { example }),
    };
    await updateRow(tx, { workspaceId: ctx.workspace.id, name, set });
    return {
      result: presentEventType(await requireEventType(ctx, tx, name)),
      targetId: name,
      targetName: name,
      changes: changesOf(before, set),
    };
  });
}
