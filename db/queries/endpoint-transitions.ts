import { and, desc, eq, gte, inArray, lt } from "drizzle-orm";
import type { Queryable } from "../connection/client";
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
export type TransitionRow = Awaited<ReturnType<typeof findTransitions>>[number];

/**
 * The last change of a webhook's state before a moment, given as the first id of that moment; `null` if none is kept.
 */
export async function findTransitionBefore(
  db: Queryable,
  params: { workspaceId: string; endpointId: string; beforeId: string },
): Promise<TransitionRow | null> {
  const { beforeId: before, ...of } = params;
  const [found] = await findTransitions(db, { ...of, limit: 1, before });
  return found ?? null;
}

/**
 * Transitions not notified yet, oldest first, locked until the transaction ends. It waits for locked rows, so that
 * the result of an earlier transition is known when a later one is handled.
 */
export async function lockTransitionsToNotify(db: Queryable, limit: number): Promise<TransitionRow[]> {
  return db
    .select()
    .from(endpointTransitions)
    .where(eq(endpointTransitions.notified, false))
    .orderBy(endpointTransitions.id)
    .limit(limit)
    .for("update");
}

/** Records that the emails of these transitions are written, or that none are needed. */
export async function markNotified(db: Queryable, ids: string[]): Promise<void> {
  await db.update(endpointTransitions).set({ notified: true }).where(inArray(endpointTransitions.id, ids));
}

/** The start of the failure streak before a transition: its `failing` row, or `null`. */
export async function findStreakBefore(
  db: Queryable,
  { endpointId, id }: Pick<TransitionRow, "endpointId" | "id">,
): Promise<TransitionRow | null> {
  const [found] = await db
    .select()
    .from(endpointTransitions)
    .where(
      and(
        eq(endpointTransitions.endpointId, endpointId),
        eq(endpointTransitions.kind, "failing"),
        lt(endpointTransitions.id, id),
      ),
    )
    .orderBy(desc(endpointTransitions.id))
    .limit(1);
  return found ?? null;
}

/** Changes of the state of webhooks (`null`: of all) within a range of ids, newest first. */
export async function findTransitionsBetween(
  db: Queryable,
  params: {
    workspaceId: string;
    endpointIds: string[] | null;
    fromId: string;
    belowId: string;
    limit: number;
  },
): Promise<TransitionRow[]> {
  return db
    .select()
    .from(endpointTransitions)
    .where(
      and(
        eq(endpointTransitions.workspaceId, params.workspaceId),
        params.endpointIds ? inArray(endpointTransitions.endpointId, params.endpointIds) : undefined,
        gte(endpointTransitions.id, params.fromId),
        lt(endpointTransitions.id, params.belowId),
      ),
    )
    .orderBy(desc(endpointTransitions.id))
    .limit(params.limit);
}
