import { eq, like, or, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { formerSlugs, memberships, workspaces } from "../schema";

export async function insertWorkspace(db: Queryable, row: typeof workspaces.$inferInsert): Promise<void> {
  await db.insert(workspaces).values(row);
}

export async function insertMembership(db: Queryable, row: typeof memberships.$inferInsert): Promise<void> {
  await db.insert(memberships).values(row);
}

/** A workspace. With `forChange` it is locked until the transaction ends. */
export async function findWorkspace(db: Queryable, id: string, { forChange = false } = {}) {
  const query = db.select().from(workspaces).where(eq(workspaces.id, id));
  const [row] = await (forChange ? query.for("no key update") : query);
  return row ?? null;
}

/** The changed row, or `null` if there is no such workspace. */
export async function updateWorkspace(
  db: Queryable,
  params: {
    id: string;
    set: Partial<
      Pick<
        typeof workspaces.$inferInsert,
        "name" | "slug" | "retryPolicy" | "refuseUnknownTypes" | "refuseInvalidData" | "viewersSeePayloads"
      >
    >;
  },
) {
  const [row] = await db.update(workspaces).set(params.set).where(eq(workspaces.id, params.id)).returning();
  return row ?? null;
}

/** Slugs that equal the given one, or begin with it and a dash. */
export async function findSlugsLike(db: Queryable, slug: string): Promise<string[]> {
  const rows = await db
    .select({ slug: workspaces.slug })
    .from(workspaces)
    .where(or(eq(workspaces.slug, slug), like(workspaces.slug, `${slug}-%`)));
  return rows.map((row) => row.slug);
}

/** Any number: the key of the lock that must be held to take a slug. */
const slugsLock = 7_140_625_414;

/** Lets one transaction at a time look for a slug and take it. The lock is held until the transaction ends. */
export async function lockSlugs(db: Queryable): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${slugsLock})`);
}

export async function isSlugTaken(db: Queryable, slug: string): Promise<boolean> {
  const found = await db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.slug, slug));
  return found.length > 0;
}

/** Makes a workspace's former slug lead to it, and its new slug lead only to it. */
export async function keepFormerSlug(
  db: Queryable,
  { workspaceId, former, slug }: { workspaceId: string; former: string; slug: string },
): Promise<void> {
  await dropFormerSlug(db, slug);
  await db
    .insert(formerSlugs)
    .values({ slug: former, workspaceId })
    .onConflictDoUpdate({ target: formerSlugs.slug, set: { workspaceId } });
}

/** The workspace that formerly had a slug, if no workspace has it now. */
export async function findWorkspaceOfFormerSlug(db: Queryable, slug: string): Promise<string | null> {
  const [row] = await db
    .select({ id: formerSlugs.workspaceId })
    .from(formerSlugs)
    .where(eq(formerSlugs.slug, slug));
  return row?.id ?? null;
}

/** Removes a slug from the former slugs of all workspaces. */
export async function dropFormerSlug(db: Queryable, slug: string): Promise<void> {
  await db.delete(formerSlugs).where(eq(formerSlugs.slug, slug));
}

export async function findEndpointLimit(db: Queryable, workspaceId: string): Promise<number> {
  const [row] = await db
    .select({ limit: workspaces.endpointLimit })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  return row?.limit ?? 0;
}

/** The same, with the row locked until the transaction ends, so that two additions cannot both take the last place. */
export async function lockEndpointLimit(db: Queryable, workspaceId: string): Promise<number> {
  const [row] = await db
    .select({ limit: workspaces.endpointLimit })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for("no key update");
  return row?.limit ?? 0;
}
