import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../connection/client";
import { memberships, savedViews } from "../schema";

type Owner = { workspaceId: string; userId: string };

const columns = {
  id: savedViews.id,
  name: savedViews.name,
  log: savedViews.log,
  query: savedViews.query,
  createdAt: savedViews.createdAt,
};

const isOf = ({ workspaceId, userId }: Owner) =>
  and(eq(savedViews.workspaceId, workspaceId), eq(savedViews.userId, userId));

/** The views that a member saved in a workspace, by name. */
export async function findSavedViews(db: Queryable, owner: Owner) {
  return db
    .select(columns)
    .from(savedViews)
    .where(isOf(owner))
    .orderBy(asc(sql`lower(${savedViews.name})`), asc(savedViews.id));
}

/** A member's view with that id, or `null`. */
export async function findSavedView(db: Queryable, { id, ...owner }: Owner & { id: string }) {
  const [row] = await db
    .select(columns)
    .from(savedViews)
    .where(and(isOf(owner), eq(savedViews.id, id)));
  return row ?? null;
}

/** Lets one request at a time change a member's views, so that their number and names stay valid. */
export async function lockSavedViews(tx: Transaction, { workspaceId, userId }: Owner): Promise<void> {
  await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId)))
    .for("no key update");
}

/** Whether another of a member's views has the name, in any case. */
export async function isSavedViewNameTaken(
  db: Queryable,
  { name, exceptId, ...owner }: Owner & { name: string; exceptId?: string },
): Promise<boolean> {
  const found = await db
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(
      and(
        isOf(owner),
        sql`lower(${savedViews.name}) = lower(${name})`,
        exceptId ? ne(savedViews.id, exceptId) : undefined,
      ),
    );
  return found.length > 0;
}

export async function insertSavedView(
  db: Queryable,
  row: Omit<typeof savedViews.$inferInsert, "createdAt">,
): Promise<void> {
  await db.insert(savedViews).values(row);
}

export async function updateSavedView(
  db: Queryable,
  { id, set, ...owner }: Owner & { id: string; set: { name: string; query: string } },
): Promise<void> {
  await db
    .update(savedViews)
    .set(set)
    .where(and(isOf(owner), eq(savedViews.id, id)));
}

/** @returns `false` if the member has no view with that id */
export async function deleteSavedView(
  db: Queryable,
  { id, ...owner }: Owner & { id: string },
): Promise<boolean> {
  const deleted = await db
    .delete(savedViews)
    .where(and(isOf(owner), eq(savedViews.id, id)))
    .returning({ id: savedViews.id });
  return deleted.length > 0;
}
