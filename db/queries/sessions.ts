import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { sessions, users } from "../schema";

export async function insertSession(db: Queryable, row: typeof sessions.$inferInsert): Promise<void> {
  await db.insert(sessions).values(row);
}

/** Neither revoked nor expired. */
const isOpen = and(isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`));

/** The user of a session that is neither revoked nor expired, or `null`. */
export async function findSessionUser(db: Queryable, sessionId: string) {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      timeZone: users.timeZone,
      clock: users.clock,
      theme: users.theme,
      sessionId: sessions.id,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), isOpen, isNull(users.disabledAt)));
  return row ?? null;
}

/** A user's valid sessions, the most recently used first. */
export async function findSessions(db: Queryable, userId: string) {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isOpen))
    .orderBy(sql`coalesce(${sessions.lastSeenAt}, ${sessions.createdAt}) desc`, desc(sessions.id));
}
export type SessionRow = Awaited<ReturnType<typeof findSessions>>[number];

/** Records that a session is in use. */
export async function touchSession(
  db: Queryable,
  { id, network }: { id: string; network: string | null },
): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()`, ...(network ? { network } : {}) })
    .where(eq(sessions.id, id));
}

/** @returns the session's user, if it was valid until now */
export async function revokeSession(
  db: Queryable,
  sessionId: string,
  { userId }: { userId?: string } = {},
): Promise<string | null> {
  const [row] = await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.id, sessionId), isOpen, userId ? eq(sessions.userId, userId) : undefined))
    .returning({ userId: sessions.userId });
  return row?.userId ?? null;
}

/** Revokes a user's sessions, except one. Returns how many were valid. */
export async function revokeSessionsOf(
  db: Queryable,
  { userId, except }: { userId: string; except: string | null },
): Promise<number> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.userId, userId), isOpen, except ? ne(sessions.id, except) : undefined))
    .returning({ id: sessions.id });
  return rows.length;
}
