import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { invitations, users, workspaces } from "../schema";

const columns = {
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  invitedBy: users.name,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
  expired: sql<boolean>`${invitations.expiresAt} <= now()`,
};

const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

/** A workspace's invitations that were neither accepted nor revoked, newest first, or the given one. */
export async function findInvitations(
  db: Queryable,
  params: { workspaceId: string; id?: string; email?: string },
) {
  return db
    .select(columns)
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(
      and(
        eq(invitations.workspaceId, params.workspaceId),
        isOpen,
        params.id ? eq(invitations.id, params.id) : undefined,
        params.email ? eq(invitations.email, params.email) : undefined,
      ),
    )
    .orderBy(desc(invitations.id))
    .limit(1_000);
}

type NewLink = { tokenHash: string; days: number };

const inDays = (days: number) => sql`now() + make_interval(days => ${days}::int)`;

/** Stores an invitation. @returns `false` if the address already has an open one */
export async function insertInvitation(
  db: Queryable,
  { days, ...row }: Omit<typeof invitations.$inferInsert, "expiresAt"> & NewLink,
): Promise<boolean> {
  const inserted = await db
    .insert(invitations)
    .values({ ...row, expiresAt: inDays(days) })
    .onConflictDoNothing()
    .returning({ id: invitations.id });
  return inserted.length > 0;
}

/** Gives an open invitation another link and a new expiry. */
export async function renewInvitation(
  db: Queryable,
  { workspaceId, id, tokenHash, days }: NewLink & { workspaceId: string; id: string },
): Promise<void> {
  await db
    .update(invitations)
    .set({ tokenHash, expiresAt: inDays(days) })
    .where(and(eq(invitations.workspaceId, workspaceId), eq(invitations.id, id), isOpen));
}

/** Revokes an open invitation; `null` if there is none with that id. */
export async function revokeInvitation(db: Queryable, params: { workspaceId: string; id: string }) {
  const [row] = await db
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(invitations.workspaceId, params.workspaceId), eq(invitations.id, params.id), isOpen))
    .returning({ id: invitations.id, email: invitations.email });
  return row ?? null;
}

/** An invitation by its link, whatever its state, with its workspace; `null` if there is none. */
export async function findInvitationByToken(db: Queryable, tokenHash: string) {
  const [row] = await db
    .select({
      ...columns,
      acceptedAt: invitations.acceptedAt,
      revokedAt: invitations.revokedAt,
      workspace: { id: workspaces.id, slug: workspaces.slug, name: workspaces.name },
    })
    .from(invitations)
    .innerJoin(workspaces, and(eq(workspaces.id, invitations.workspaceId), isNull(workspaces.deletedAt)))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(eq(invitations.tokenHash, tokenHash));
  return row ?? null;
}

/** Uses an invitation. If two do so at once, one gets `false`, as it does if it was revoked or has expired. */
export async function acceptInvitation(db: Queryable, id: string): Promise<boolean> {
  const accepted = await db
    .update(invitations)
    .set({ acceptedAt: sql`now()` })
    .where(and(eq(invitations.id, id), isOpen, gt(invitations.expiresAt, sql`now()`)))
    .returning({ id: invitations.id });
  return accepted.length > 0;
}
