import { and, eq, gt } from "drizzle-orm";
import type { Queryable } from "../client";
import { eventTypes } from "../schema";

/** Adds types to the catalogue; those it has stay as they are. */
export async function insertEventTypes(
  db: Queryable,
  rows: (typeof eventTypes.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await db.insert(eventTypes).values(rows).onConflictDoNothing();
}

/** The catalogue by name, from above the cursor. */
export async function findEventTypes(
  db: Queryable,
  params: { workspaceId: string; limit: number; after: string | null },
) {
  return db
    .select()
    .from(eventTypes)
    .where(
      and(
        eq(eventTypes.workspaceId, params.workspaceId),
        params.after ? gt(eventTypes.name, params.after) : undefined,
      ),
    )
    .orderBy(eventTypes.name)
    .limit(params.limit);
}

export async function findEventType(db: Queryable, params: { workspaceId: string; name: string }) {
  const [row] = await db
    .select()
    .from(eventTypes)
    .where(and(eq(eventTypes.workspaceId, params.workspaceId), eq(eventTypes.name, params.name)));
  return row ?? null;
}
