import { type EventRow, findEvents } from "@/db/queries/events";
import { type EventOutput, eventsQuery } from "../contract/events";
import type { Page } from "../contract/shared";
import { toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { presentTime } from "../core/time";
import { timeOfId } from "../core/time-of-id.mjs";
import { authorize, type Context } from "../verbs/context";
import { pageFrom } from "../verbs/page";

/** Published events, newest first; tests apart. */
export async function listEvents({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof eventsQuery>;
}): Promise<Page<EventOutput>> {
  authorize(ctx, "events:read");
  const query = parseInput(eventsQuery, input);
  return pageFrom("event", query, async (page) => {
    const rows = await findEvents(ctx.db, { workspaceId: ctx.workspace.id, type: query.type, ...page });
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
