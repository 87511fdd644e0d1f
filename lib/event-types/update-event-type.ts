import type { z } from "zod";
import { updateEventType as updateRow } from "@/db/queries/event-types";
import { change } from "../audit/change";
import { authorize, type Context } from "../context";
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
  authorize(ctx, "eventTypes:write");
  const { description } = input;
  const schema = input.schema && (await schemaText(ctx.workspace.id, input.schema));
  const example = input.example && exampleText(input.example);
  return change({ ctx, scope: "eventTypes:write", action: "event_type.update" }, async (tx) => {
    await requireEventType(ctx, tx, name);
    await updateRow(tx, {
      workspaceId: ctx.workspace.id,
      name,
      set: {
        ...(description === undefined ? {} : { description }),
        ...(schema === undefined ? {} : { schema }),
        ...(example === undefined ? {} : { example }),
      },
    });
    return {
      result: presentEventType(await requireEventType(ctx, tx, name)),
      targetId: name,
      details: { changed: Object.keys(input) },
    };
  });
}
