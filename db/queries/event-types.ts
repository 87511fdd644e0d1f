import { and, eq, gt } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { eventTypes } from "../schema";

/** Adds types to the catalogue. Types that it already has stay unchanged. */
export async function insertEventTypes(
  db: Queryable,
  rows: (typeof eventTypes.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await db.insert(eventTypes).values(rows).onConflictDoNothing();
}

/** Adds a type; returns whether it is new. */
export async function insertEventType(db: Queryable, row: typeof eventTypes.$inferInsert): Promise<boolean> {
  const added = await db
    .insert(eventTypes)
    .values(row)
    .onConflictDoNothing()
    .returning({ name: eventTypes.name });
  return added.length > 0;
}

export async function updateEventType(
  db: Queryable,
  params: {
    workspaceId: string;
    name: string;
    set: Partial<Pick<typeof eventTypes.$inferInsert, "description" | "schema" | "example">>;
  },
): Promise<void> {
  await db.update(eventTypes).set(params.set).where(isType(params));
}

export async function deleteEventType(
  db: Queryable,
  params: { workspaceId: string; name: string },
): Promise<void> {
  await db.delete(eventTypes).where(isType(params));
}

/** The catalogue, by name, from above the cursor. */
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

/** A type of the catalogue. With `forChange` it is locked until the transaction ends. */
export async function findEventType(
  db: Queryable,
  params: { workspaceId: string; name: string; forChange?: boolean },
) {
  const query = db.select().from(eventTypes).where(isType(params));
  const [row] = await (params.forChange ? query.for("no key update") : query);
  return row ?? null;
}

function isType({ workspaceId, name }: { workspaceId: string; name: string }) {
  return and(eq(eventTypes.workspaceId, workspaceId), eq(eventTypes.name, name));
}
