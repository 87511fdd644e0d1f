import { findEventTypes } from "@/db/queries/event-types";
import { authorize, type Context } from "../context";
import type { PageParams } from "../http/page";
import type { Page } from "../http/schemas";
import { presentEventType } from "./get-event-type";
import type { EventTypeOutput } from "./schemas";

/** The catalogue, by name. The cursor is the last name. */
export async function listEventTypes({
  ctx,
  input,
}: {
  ctx: Context;
  input: PageParams;
}): Promise<Page<EventTypeOutput>> {
  authorize(ctx, "eventTypes:read");
  const rows = await findEventTypes(ctx.db, {
    workspaceId: ctx.workspace.id,
    limit: input.limit + 1,
    after: input.cursor ?? null,
  });
  const data = rows.slice(0, input.limit).map(presentEventType);
  return { data, nextCursor: rows.length > input.limit ? (data.at(-1)?.name ?? null) : null };
}
