import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { ScanTooSlow } from "./bounded-scan";
import type { DeliveryFilter } from "./deliveries";
import { searchPayloads } from "./search-payloads";

/** Events that a search may have found, and how long it may look for them. */
type SearchBounds = { eventsMax: number; budgetMs: number };
/** Of a request, which is to look through the log as well. */
const requestSearch: SearchBounds = { eventsMax: 500, budgetMs: 250 };
/** Of a job or an export. */
export const jobSearch: SearchBounds = { eventsMax: 5_000, budgetMs: 3_000 };

/**
 * Looks up the events whose payloads a filter asks for, so that their deliveries are found by an index. If there are too
 * many, or it would take too long, the filter stays as it is: each delivery that is looked at has its payload read.
 */
export async function resolveSearch(
  db: Queryable,
  filter: DeliveryFilter,
  { eventsMax, budgetMs }: SearchBounds = requestSearch,
): Promise<DeliveryFilter> {
  const { search, workspaceId, belowId } = filter;
  if (!search?.payload || "text" in search.payload) return filter;
  const found = await searchPayloads(db, {
    workspaceId,
    payload: search.payload,
    belowId,
    limit: eventsMax + 1,
    budgetMs,
  }).catch((error: unknown) => {
    if (error instanceof ScanTooSlow) return null;
    throw error;
  });
  if (found === null || found.next !== null) return filter;
  const keyed = await db.execute<{ id: string }>(sql`
    select id from events where workspace_id = ${workspaceId} and idempotency_key = ${search.idempotencyKey}`);
  const ids = new Set([...found.ids, ...keyed.map(({ id }) => id)]);
  return { ...filter, search: undefined, eventIds: [...ids] };
}
