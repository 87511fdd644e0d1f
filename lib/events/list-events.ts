import type { z } from "zod";
import { findStatuses } from "@/db/queries/deliveries";
import { type EventFilter, type EventRow, findEvents } from "@/db/queries/events";
import type { IndexedRange } from "@/db/queries/payload-index";
import { searchPayloads } from "@/db/queries/search-payloads";
import { type EventOutput, type EventsPage, eventsQuery } from "../contract/events";
import type { DeliveryStatus } from "../core/deliveries";
import { fromPublicId, idAt, toPublicId } from "../core/ids";
import { type Input, parseInput } from "../core/parse-input";
import type { PayloadSearch } from "../core/payload-search";
import { presentTime } from "../core/time";
import { timeOfId } from "../core/time-of-id.mjs";
import { statusOf } from "../deliveries/present-delivery";
import { authorize, type Context } from "../verbs/context";
import { describePayloadIndex } from "../verbs/describe-payload-index";
import { findInPayloads } from "../verbs/find-in-payloads";
import { pageFrom } from "../verbs/page";
import { withinTime } from "../verbs/within-time";

/**
 * Published events, newest first, without tests. A search in payloads stops after a moment, says how far back it has
 * looked, and continues from there by its cursor.
 *
 * @throws AppError `validation_failed` if the cursor is invalid, `forbidden` for a text search in payloads that the
 *   actor may not see, `unavailable` if the database takes too long
 */
export async function listEvents({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input<typeof eventsQuery>;
}): Promise<EventsPage> {
  authorize(ctx, "events:read");
  const query = parseInput(eventsQuery, input);
  const filter = eventFilter(ctx, query);
  const { idempotencyKey: search } = filter;
  const payload = search === undefined ? null : findInPayloads(ctx, search);
  /** The event below which the search continues. */
  let next: string | null = null;
  let indexed: IndexedRange | null = null;
  const page = await pageFrom("event", query, async ({ limit, before }) => {
    const found = payload
      ? await withinTime(() => searchPage(ctx, { filter, payload, limit, before }))
      : { rows: await findEvents(ctx.db, { ...filter, limit, before }), next: null, indexed: null };
    ({ next, indexed } = found);
    return present(ctx, found.rows);
  });
  const lookedBack = page.nextCursor === null ? next : null;
  return {
    data: page.data,
    nextCursor: page.nextCursor ?? (lookedBack && toPublicId("event", lookedBack)),
    lookedBackTo: lookedBack && timeOfId(lookedBack).toISOString(),
    payloadIndex: describePayloadIndex(indexed),
  };
}

/** Events with the payload or the key. */
async function searchPage(
  ctx: Context,
  {
    filter,
    payload,
    limit,
    before,
  }: { filter: EventFilter; payload: PayloadSearch; limit: number; before: string | null },
): Promise<{ rows: EventRow[]; next: string | null; indexed: IndexedRange | null }> {
  const { idempotencyKey, ...others } = filter;
  const { types, fromId, belowId } = filter;
  const [keyed, { ids, next, indexed }] = await Promise.all([
    idempotencyKey === undefined ? [] : findEvents(ctx.db, { ...filter, limit, before }),
    searchPayloads(ctx.db, {
      workspaceId: ctx.workspace.id,
      payload,
      fromId,
      belowId: [before, belowId].filter((id) => typeof id === "string").sort()[0],
      types,
      tests: false,
      limit,
    }),
  ]);
  const rows = ids.length === 0 ? [] : await findEvents(ctx.db, { ...others, ids, limit, before });
  // Older events with the key are found once the search has come that far.
  const reached = keyed.filter(({ id }) => next === null || id >= next);
  const all = new Map([...reached, ...rows].map((row) => [row.id, row]));
  return { rows: [...all.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit), next, indexed };
}

async function present(ctx: Context, rows: EventRow[]): Promise<EventOutput[]> {
  const eventIds = rows.filter(({ deliveries }) => deliveries > 0).map((row) => row.id);
  const sent = await findStatuses(ctx.db, { workspaceId: ctx.workspace.id, eventIds });
  return rows.map((row) =>
    presentEvent(
      row,
      sent.filter(({ eventId }) => eventId === row.id),
    ),
  );
}

function eventFilter(ctx: Context, { type, from, to, q }: z.output<typeof eventsQuery>): EventFilter {
  const search = q?.trim();
  const eventId = search ? fromPublicId("event", search) : null;
  return {
    workspaceId: ctx.workspace.id,
    types: type,
    fromId: from ? idAt(new Date(from)) : undefined,
    belowId: to ? idAt(new Date(to)) : undefined,
    ids: eventId ? [eventId] : undefined,
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
