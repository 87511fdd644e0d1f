import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { memberships, sessions, users, workspaces } from "../schema";

/** Any number: setups that start at once wait for each other on it. */
const setupLock = 7_140_625_412;

/** Lets one setup at a time go on; held until the transaction ends. */
export async function lockSetup(db: Queryable): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${setupLock})`);
}

export async function anyUserExists(db: Queryable): Promise<boolean> {
  return (await db.select({ id: users.id }).from(users).limit(1)).length > 0;
}

export async function insertUser(db: Queryable, row: typeof users.$inferInsert): Promise<void> {
  await db.insert(users).values(row);
}

export async function findUserByEmail(db: Queryable, email: string) {
  const [row] = await db.select().from(users).where(eq(users.email, email));
  return row ?? null;
}

export async function findUser(db: Queryable, id: string) {
  const [row] = await db.select().from(users).where(eq(users.id, id));
  return row ?? null;
}

export async function insertSession(db: Queryable, row: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(row);
}

/** The user of a session that is neither revoked nor over, or `null`. */
export async function findSessionUser(db: Queryable, sessionId: string) {
  const [row] = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`now()`),
        isNull(users.disabledAt),
      ),
    );
  return row ?? null;
}

export async function revokeSession(db: Queryable, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
}

/** Workspaces of a user, with the role in each, by name. */
export async function findMemberships(db: Queryable, userId: string) {
  return db
    .select({
      id: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      retentionDays: workspaces.retentionDays,
      viewersSeePayloads: workspaces.viewersSeePayloads,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(eq(memberships.userId, userId))
    .orderBy(workspaces.name);
}
