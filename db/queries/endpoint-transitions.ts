import { and, desc, eq, lt } from "drizzle-orm";
import type { Queryable } from "../client";
import { endpointTransitions } from "../schema";

/** What changed a webhook's state, newest first, from below the cursor. */
export async function findTransitions(
  db: Queryable,
  params: { workspaceId: string; endpointId: string; limit: number; before: string | null },
) {
  return db
    .select()
    .from(endpointTransitions)
    .where(
      and(
        eq(endpointTransitions.workspaceId, params.workspaceId),
        eq(endpointTransitions.endpointId, params.endpointId),
        params.before ? lt(endpointTransitions.id, params.before) : undefined,
      ),
    )
    .orderBy(desc(endpointTransitions.id))
    .limit(params.limit);
}
