import type { z } from "zod";
import { updateEventType as updateRow } from "@/db/queries/event-types";
import { change } from "../audit/change";
import type { Context } from "../context";
import { exampleText, schemaText } from "./check-texts";
import { presentEventType, requireEventType } from "./get-event-type";
import type { EventTypeOutput, updateEventTypeInput } from "./schemas";

/**
 * Changes what is given of a type. Its name stays: webhooks subscribe to it.
 *
 * @throws AppError `validation_failed` for a schema that cannot be used
 */
export async function updateEventType({
  ctx,
  name,
  input,
}: {
  ctx: Context;
  name: string;
  input: z.output<typeof updateEventTypeInput>;
}): Promise<EventTypeOutput> {
  const { description, schema, example } = input;
  return change({ ctx, scope: "eventTypes:write", action: "event_type.update" }, async (tx) => {
    await requireEventType(ctx, tx, name);
    await updateRow(tx, {
      workspaceId: ctx.workspace.id,
      name,
      set: {
        ...(description === undefined ? {} : { description }),
        ...(schema === undefined ? {} : { schema: schema && schemaText(schema) }),
        ...(example === undefined ? {} : { example: exampleText(example) }),
      },
    });
    return {
      result: presentEventType(await requireEventType(ctx, tx, name)),
      targetId: name,
      details: { changed: Object.keys(input) },
    };
  });
}
