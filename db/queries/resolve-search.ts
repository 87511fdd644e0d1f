import { sql } from "drizzle-orm";
import { idAt, noId } from "../../lib/core/ids";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import { isTransaction, type Queryable } from "../connection/client";
import { ScanTooSlow } from "./bounded-scan";
import { firstDeliveryIdAfter } from "./create-partitions";
import type { DeliveryFilter } from "./deliveries";
import type { IndexedRange } from "./payload-index";
import { searchPayloads } from "./search-payloads";

/** The most events that a search may find, and how long it may search. */
type SearchBounds = { eventsMax: number; budgetMs: number };
/** For a request, which also has to read the log. */
export const requestSearch: SearchBounds = { eventsMax: 500, budgetMs: 250 };
/** For a job or an export. */
export const jobSearch: SearchBounds = { eventsMax: 5_000, budgetMs: 3_000 };

/** A filter whose search is resolved, and what the index of payloads covers, if the search used it. */
export type ResolvedSearch = { filter: DeliveryFilter; indexed: IndexedRange | null };

/**
 * Finds the events whose payloads a filter asks for, so that their deliveries are found by an index. If there are too
 * many, or it would take too long, the payload of each delivery is read instead.
 */
export async function resolveSearch(
  db: Queryable,
  filter: DeliveryFilter,
  bounds: SearchBounds = requestSearch,
): Promise<ResolvedSearch> {
  const found = await findEvents(db, filter, bounds);
  if (found === null) return { filter, indexed: null };
  return found.next === null ? ofEvents(filter, found) : scanned(filter, found);
}

/**
 * Like `resolveSearch`, for a scan from the newest delivery on. If there are too many events, the newest of them are
 * found, as long as they go further back than deliveries may be made after their events.
 *
 * @param after where the scan begins: below this id
 * @returns also `next`: the filter leaves out everything below this id, where the scan goes on; `null` if it leaves
 *   nothing out
 */
export async function resolveNewest(
  db: Queryable,
  filter: DeliveryFilter,
  after: string | null,
): Promise<ResolvedSearch & { next: string | null }> {
  const { fromId = noId, belowId = idAt(new Date()) } = filter;
  const below = after !== null && after < belowId ? after : belowId;
  // An event's id is smaller than those of its deliveries.
  const found = await findEvents(db, after === null ? filter : { ...filter, belowId: below }, requestSearch);
  if (found === null) return { filter, indexed: null, next: null };
  if (found.next === null) return { ...ofEvents(filter, found), next: null };
  const next = firstDeliveryIdAfter(timeOfId(found.next));
  if (next >= below) return { ...scanned(filter, found), next: null };
  if (next <= fromId) return { ...ofEvents(filter, found), next: null };
  return { ...ofEvents({ ...filter, fromId: next }, found), next };
}

/** Above the ids of all events. */
const lastId = idAt(new Date(2 ** 47));

/** `next` as of `searchPayloads`; above all ids if nothing was found in time. */
type FoundEvents = { ids: string[]; next: string | null; indexed: IndexedRange | null };

/** The events that a filter's search finds, newest first, and those with its key; `null` if it looks for none. */
async function findEvents(
  db: Queryable,
  { search, workspaceId, belowId }: DeliveryFilter,
  { eventsMax, budgetMs }: SearchBounds,
): Promise<FoundEvents | null> {
  if (!search?.payload || "text" in search.payload || search.isScanned) return null;
  const { payload, idempotencyKey } = search;
  const lookUpPayloads = () =>
    searchPayloads(db, { workspaceId, payload, belowId, limit: eventsMax + 1, budgetMs }).catch(
      (error: unknown): FoundEvents => {
        if (error instanceof ScanTooSlow) return { ids: [], next: lastId, indexed: null };
        throw error;
      },
    );
  const lookUpKey = () =>
    db.execute<{ id: string }>(sql`
      select id from events where workspace_id = ${workspaceId} and idempotency_key = ${idempotencyKey}`);
  // A transaction has one connection, and each statement of a search in it may be rolled back to a savepoint.
  const [found, keyed] = isTransaction(db)
    ? [await lookUpPayloads(), await lookUpKey()]
    : await Promise.all([lookUpPayloads(), lookUpKey()]);
  return { ...found, ids: [...new Set([...found.ids, ...keyed.map(({ id }) => id)])] };
}

const ofEvents = (filter: DeliveryFilter, { ids, indexed }: FoundEvents): ResolvedSearch => ({
  filter: { ...filter, search: undefined, eventIds: ids },
  indexed,
});

const scanned = ({ search, ...filter }: DeliveryFilter, { indexed }: FoundEvents): ResolvedSearch => ({
  filter: { ...filter, search: search && { ...search, isScanned: true } },
  indexed,
});
