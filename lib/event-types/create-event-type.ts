import type { z } from "zod";
import { insertEventType } from "@/db/queries/event-types";
import type { createEventTypeInput, EventTypeOutput } from "../contract/event-types";
import { AppError } from "../core/errors";
import { change } from "../verbs/change";
import { authorize, type Context } from "../verbs/context";
import { exampleText, schemaText } from "./check-texts";
import { presentEventType, requireEventType } from "./get-event-type";

/**
 * Adds a type to the catalogue.
 *
 * @throws AppError `conflict` where the catalogue has it, `validation_failed` for a schema that cannot be used
 */
export async function createEventType({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof createEventTypeInput>;
}): Promise<EventTypeOutput> {
  authorize(ctx, "eventTypes:write");
  const { name, description } = input;
  const schema = input.schema && (await schemaText(ctx.workspace.id, input.schema));
  const example = exampleText(input.example);
  return change({ ctx, scope: "eventTypes:write", action: "event_type.create" }, async (tx) => {
    const added = await insertEventType(tx, {
      workspaceId: ctx.workspace.id,
      name,
      description,
      schema,
      example,
    });
    if (!added)
      throw new AppError("conflict", `name: ${name} is in the catalogue; change it, or take another name`);
    return {
      result: presentEventType(await requireEventType(ctx, tx, name)),
      targetId: name,
      details: { name, description, schema: input.schema !== null },
    };
  });
}
