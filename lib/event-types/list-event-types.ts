import { findEventTypes } from "@/db/queries/event-types";
import type { EventTypeOutput } from "../contract/event-types";
import type { Page } from "../contract/shared";
import { authorize, type Context } from "../verbs/context";
import type { PageParams } from "../verbs/page";
import { presentEventType } from "./get-event-type";

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
