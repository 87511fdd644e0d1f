import type { Queryable } from "@/db/connection/client";
import { findEventType } from "@/db/queries/event-types";
import type { EventTypeOutput } from "../contract/event-types";
import { notFound } from "../core/errors";
import { rawJson } from "../verbs/answer-text";
import { authorize, type Context } from "../verbs/context";
import { versionOf } from "../verbs/version";

type EventTypeRow = NonNullable<Awaited<ReturnType<typeof findEventType>>>;

export async function getEventType({ ctx, name }: { ctx: Context; name: string }): Promise<EventTypeOutput> {
  authorize(ctx, "eventTypes:read");
  return presentEventType(await requireEventType(ctx, ctx.db, name));
}

/**
 * The row of a type.
 *
 * @param forChange locks it until the transaction ends
 * @throws AppError `not_found` if the catalogue has no such type
 */
export async function requireEventType(
  ctx: Context,
  db: Queryable,
  name: string,
  { forChange = false } = {},
): Promise<EventTypeRow> {
  const row = await findEventType(db, { workspaceId: ctx.workspace.id, name, forChange });
  if (!row) throw notFound("event type");
  return row;
}

export function presentEventType(row: EventTypeRow): EventTypeOutput {
  return {
    name: row.name,
    group: row.name.split(".")[0] ?? row.name,
    description: row.description,
    example: row.example,
    schema: row.schema === null ? null : rawJson(row.schema),
    createdAt: row.createdAt.toISOString(),
    version: eventTypeVersion(row),
  };
}

/** The version of what people change of a type. */
export function eventTypeVersion({ description, schema, example }: EventTypeRow): string {
  return versionOf({ description, schema, example });
}
