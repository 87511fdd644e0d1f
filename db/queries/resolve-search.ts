import { sql } from "drizzle-orm";
import { isTransaction, type Queryable } from "../connection/client";
import { ScanTooSlow } from "./bounded-scan";
import type { DeliveryFilter } from "./deliveries";
import type { IndexedRange } from "./payload-index";
import { searchPayloads } from "./search-payloads";

/** The most events that a search may find, and how long it may search. */
type SearchBounds = { eventsMax: number; budgetMs: number };
/** For a request, which also has to read the log. */
const requestSearch: SearchBounds = { eventsMax: 500, budgetMs: 250 };
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
  { eventsMax, budgetMs }: SearchBounds = requestSearch,
): Promise<ResolvedSearch> {
  const { search, workspaceId, belowId } = filter;
  if (!search?.payload || "text" in search.payload || search.isScanned) return { filter, indexed: null };
  const { payload, idempotencyKey } = search;
  const lookUpPayloads = () =>
    searchPayloads(db, { workspaceId, payload, belowId, limit: eventsMax + 1, budgetMs }).catch(
      (error: unknown) => {
        if (error instanceof ScanTooSlow) return null;
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
  if (found === null || found.next !== null)
    return { filter: { ...filter, search: { ...search, isScanned: true } }, indexed: found?.indexed ?? null };
  const ids = new Set([...found.ids, ...keyed.map(({ id }) => id)]);
  return { filter: { ...filter, search: undefined, eventIds: [...ids] }, indexed: found.indexed };
}
