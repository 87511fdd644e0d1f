import { and, desc, eq, lt } from "drizzle-orm";
import type { Queryable } from "../client";
import { events } from "../schema";

const row = {
  id: events.id,
  type: events.type,
  test: events.test,
  idempotencyKey: events.idempotencyKey,
  timestamp: events.timestamp,
  deliveries: events.deliveries,
  createdAt: events.createdAt,
};

/** Published events, newest first, from below the cursor; tests apart. */
export async function findEvents(
  db: Queryable,
  params: { workspaceId: string; type?: string; limit: number; before: string | null },
) {
  return db
    .select(row)
    .from(events)
    .where(
      and(
        eq(events.workspaceId, params.workspaceId),
        eq(events.test, false),
        params.type ? eq(events.type, params.type) : undefined,
        params.before ? lt(events.id, params.before) : undefined,
      ),
    )
    .orderBy(desc(events.id))
    .limit(params.limit);
}
export type EventRow = Awaited<ReturnType<typeof findEvents>>[number];

export async function findEvent(db: Queryable, params: { workspaceId: string; id: string }) {
  const [found] = await db
    .select({ ...row, body: events.body })
    .from(events)
    .where(and(eq(events.workspaceId, params.workspaceId), eq(events.id, params.id)));
  return found ?? null;
}
