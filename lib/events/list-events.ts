import type { z } from "zod";
import { findStatuses } from "@/db/queries/deliveries";
import { type EventRow, findEvents } from "@/db/queries/events";
import { type EventOutput, eventsQuery } from "../contract/events";
import type { Page } from "../contract/shared";
import type { DeliveryStatus } from "../core/deliveries";
import { fromPublicId, idAt, toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import { presentTime } from "../core/time";
import { timeOfId } from "../core/time-of-id.mjs";
import { statusOf } from "../deliveries/present-delivery";
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
    const workspaceId = ctx.workspace.id;
    const rows = await findEvents(ctx.db, { workspaceId, ...eventFilter(query), ...page });
    const eventIds = rows.filter(({ deliveries }) => deliveries > 0).map((row) => row.id);
    const sent = await findStatuses(ctx.db, { workspaceId, eventIds });
    return rows.map((row) =>
      presentEvent(
        row,
        sent.filter(({ eventId }) => eventId === row.id),
      ),
    );
  });
}

function eventFilter({ type, from, to, q }: z.output<typeof eventsQuery>) {
  const search = q?.trim();
  const eventId = search ? fromPublicId("event", search) : null;
  return {
    types: type,
    fromId: from ? idAt(new Date(from)) : undefined,
    belowId: to ? idAt(new Date(to)) : undefined,
    eventId: eventId ?? undefined,
    idempotencyKey: eventId ? undefined : search || undefined,
  };
}

/** @param sent the status of each of its deliveries */
export function presentEvent(row: EventRow, sent: Parameters<typeof statusOf>[0][]): EventOutput {
  const found = sent.map(statusOf);
  const count = (status: DeliveryStatus) => found.filter((one) => one === status).length;
  return {
    ...row,
    statuses: {
      pending: count("pending"),
      held: count("held"),
      succeeded: count("succeeded"),
      failed: count("failed"),
      discarded: count("discarded"),
    },
    id: toPublicId("event", row.id),
    timestamp: presentTime(row.timestamp),
    createdAt: timeOfId(row.id).toISOString(),
  };
}
