import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Queryable } from "../client";
import { events } from "../schema";

/**
 * When an event happened, by its producer: any year. Read as seconds, since PostgreSQL's text of a date is not always
 * one of JavaScript's, which reads year 50 as 1950 and no offset of the 19th century.
 */
export const happenedAt = sql`extract(epoch from ${events.timestamp})`.mapWith(
  (seconds: string) => new Date(Math.round(Number(seconds) * 1_000)),
);

const row = {
  id: events.id,
  type: events.type,
  test: events.test,
  idempotencyKey: events.idempotencyKey,
  timestamp: happenedAt,
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
