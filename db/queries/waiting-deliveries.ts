import { sql } from "drizzle-orm";
import { waitingCountMax } from "../../lib/core/endpoints";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import type { Queryable } from "../connection/client";
import { inTurn } from "../fragments/in-turn";

/**
 * What waits for an endpoint: the number of deliveries, counted up to `waitingCountMax` + 1, and how long the oldest
 * of these has waited.
 */
export type Waiting = { endpointId: string; n: number; oldestAt: Date };

const turn = { endpoint: "p.id", generation: "p.generation" };
const some = (leased: boolean) => `
  select q.delivery_id from delivery_queue q
  where ${inTurn(turn, { leased })} and q.pending and not q.test
  limit ${waitingCountMax + 1}`;

/**
 * Pending deliveries of enabled endpoints that are neither held nor tests, whether they are due now or later. Each
 * endpoint costs at most `waitingCountMax` rows, however many wait.
 *
 * @returns the endpoints with waiting deliveries
 */
export async function findWaiting(db: Queryable, ids: string[]): Promise<Waiting[]> {
  if (ids.length === 0) return [];
  const rows = await db.execute<{ endpointId: string; n: number; oldest: string }>(sql`
    select p.id as "endpointId", w.n, w.oldest
    from endpoints p join endpoint_states s on s.endpoint_id = p.id
    cross join lateral (
      select count(*)::int as n, min(delivery_id::text) as oldest
      from ((${sql.raw(some(false))}) union all (${sql.raw(some(true))})) one
    ) w
    where p.id in ${ids} and s.disabled_at is null and w.n > 0`);
  return rows.map(({ endpointId, n, oldest }) => ({ endpointId, n, oldestAt: timeOfId(oldest) }));
}
