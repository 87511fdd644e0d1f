import { insertEventType } from "@/db/queries/event-types";
import { createEventTypeInput, type EventTypeOutput } from "../contract/event-types";
import { changesOf } from "../core/audit-changes";
import { AppError } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { withAudit } from "../verbs/with-audit";
import { exampleText, schemaText } from "./check-texts";
import { presentEventType, requireEventType } from "./get-event-type";

/**
 * Adds a type to the catalogue.
 *
 * @throws AppError `conflict` if the catalogue has it, `validation_failed` for a schema that cannot be used
 */
export async function createEventType({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof createEventTypeInput>;
}): Promise<EventTypeOutput> {
  authorize(ctx, "eventTypes:write");
  const wanted = parseInput(createEventTypeInput, input);
  const { name, description } = wanted;
  const schema = wanted.schema && (await schemaText(ctx.workspace.id, wanted.schema));
  const example = exampleText(wanted.example);
  return withAudit({ ctx, scope: "eventTypes:write", action: "event_type.create" }, async (tx) => {
    const added = await insertEventType(tx, {
      workspaceId: ctx.workspace.id,
      name,
      description,
      schema,
      example,
    });
    if (!added)
      throw new AppError(
        "conflict",
        `name: ${name} is already in the catalogue; change that type, or choose another name`,
      );
    return {
      result: presentEventType(await requireEventType(ctx, tx, name)),
      targetId: name,
      targetName: name,
      changes: changesOf(null, { description, schema, example }),
    };
  });
}
