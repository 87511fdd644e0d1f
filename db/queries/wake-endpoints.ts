import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { nextClaimedAt } from "../fragments/next-claimed-at";

/**
 * Makes the next claim look at endpoints for which something was queued. A claim that began before, and cannot see
 * it, skips them, because `claimed_at` is no longer what it saw. They are updated in sorted order, so that two
 * processes cannot deadlock.
 */
export async function wakeEndpoints(db: Queryable, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.execute(sql`
    update endpoint_states s set next_due_at = now(),
      claimed_at = ${sql.raw(nextClaimedAt("s"))}
    from (
      select endpoint_id from endpoint_states where endpoint_id in ${ids} order by endpoint_id for no key update
    ) o where s.endpoint_id = o.endpoint_id`);
}
