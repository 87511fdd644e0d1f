import type { z } from "zod";
import { type EventRow, findEvents } from "@/db/queries/events";
import { authorize, type Context } from "../context";
import { pageFrom } from "../http/page";
import type { Page } from "../http/schemas";
import { presentTime } from "../http/time";
import { toPublicId } from "../ids";
import { timeOfId } from "../time-of-id.mjs";
import type { EventOutput, eventsQuery } from "./schemas";

/** Published events, newest first; tests apart. */
export async function listEvents({
  ctx,
  input,
}: {
  ctx: Context;
  input: z.output<typeof eventsQuery>;
}): Promise<Page<EventOutput>> {
  authorize(ctx, "events:read");
  return pageFrom("event", input, async (page) => {
    const rows = await findEvents(ctx.db, { workspaceId: ctx.workspace.id, type: input.type, ...page });
    return rows.map(presentEvent);
  });
}

export function presentEvent(row: EventRow): EventOutput {
  return {
    ...row,
    id: toPublicId("event", row.id),
    timestamp: presentTime(row.timestamp),
    createdAt: timeOfId(row.id).toISOString(),
  };
}
