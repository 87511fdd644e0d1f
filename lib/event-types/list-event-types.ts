import { findEventTypes } from "@/db/queries/event-types";
import type { EventTypeOutput } from "../contract/event-types";
import { type Page, pageQuery } from "../contract/shared";
import { type Input, parseInput } from "../core/parse-input";
import { authorize, type Context } from "../verbs/context";
import { presentEventType } from "./get-event-type";

/** The catalogue, by name. The cursor is the last name. */
export async function listEventTypes({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof pageQuery>;
}): Promise<Page<EventTypeOutput>> {
  authorize(ctx, "eventTypes:read");
  const { limit, cursor = null } = parseInput(pageQuery, input);
  const rows = await findEventTypes(ctx.db, {
    workspaceId: ctx.workspace.id,
    limit: limit + 1,
    after: cursor,
  });
  const data = rows.slice(0, limit).map(presentEventType);
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.name ?? null) : null };
}
