import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { ApiKeyScope } from "../../lib/core/api-keys";
import type { Role } from "../../lib/core/roles";
import type { Queryable } from "../connection/client";
import { apiKeys, memberships, removedMembers, users } from "../schema";

type InWorkspace = { workspaceId: string; userId: string };

const isMember = ({ workspaceId, userId }: InWorkspace) =>
  and(eq(memberships.workspaceId, workspaceId), eq(memberships.userId, userId));

/** The most API keys of a member whose names and scopes are read. */
const keysMax = 100;

/** A workspace's members, or the given one, by name, with the API keys in use that they created, newest first. */
export async function findMembers(db: Queryable, params: { workspaceId: string; userId?: string }) {
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      joinedAt: memberships.createdAt,
      apiKeys: sql<number>`(
        select count(*)::int from api_keys k
        where k.workspace_id = ${memberships.workspaceId} and k.created_by = ${users.id}
          and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()))`,
      keys: sql<{ name: string; scopes: ApiKeyScope[] }[]>`(
        select coalesce(json_agg(json_build_object('name', k.name, 'scopes', k.scopes) order by k.id desc), '[]')
        from (
          select * from api_keys
          where workspace_id = ${memberships.workspaceId} and created_by = ${users.id}
            and revoked_at is null and (expires_at is null or expires_at > now())
          order by id desc limit ${keysMax}
        ) k)`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.workspaceId, params.workspaceId),
        params.userId ? eq(memberships.userId, params.userId) : undefined,
      ),
    )
    .orderBy(asc(users.name), asc(users.id))
    .limit(1_000);
}

/** Whether an address, in any case, is a member's. */
export async function isMemberAddress(
  db: Queryable,
  { workspaceId, email }: { workspaceId: string; email: string },
): Promise<boolean> {
  const found = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(sql`lower(${users.email})`, email.toLowerCase())))
    .limit(1);
  return found.length > 0;
}

/** How many owners a workspace has besides the given user. */
export async function countOtherOwners(db: Queryable, { workspaceId, userId }: InWorkspace): Promise<number> {
  const rows = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, "owner")));
  return rows.filter((row) => row.userId !== userId).length;
}

export async function setRole(db: Queryable, params: InWorkspace & { role: Role }): Promise<void> {
  await db.update(memberships).set({ role: params.role }).where(isMember(params));
}

/** Ends a membership, and revokes the API keys that the member created there. @returns how many keys */
export async function endMembership(db: Queryable, params: InWorkspace): Promise<number> {
  await db.delete(memberships).where(isMember(params));
  const ended = await db
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(apiKeys.workspaceId, params.workspaceId),
        eq(apiKeys.createdBy, params.userId),
        isNull(apiKeys.revokedAt),
      ),
    )
    .returning({ id: apiKeys.id });
  return ended.length;
}

/** Records that a member was removed, so that they cannot join again on their own. */
export async function noteRemoved(db: Queryable, params: InWorkspace): Promise<void> {
  await db.insert(removedMembers).values(params).onConflictDoNothing();
}

/** Forgets that a member was removed, because they are invited again. */
export async function forgetRemoved(db: Queryable, { workspaceId, userId }: InWorkspace): Promise<void> {
  await db
    .delete(removedMembers)
    .where(and(eq(removedMembers.workspaceId, workspaceId), eq(removedMembers.userId, userId)));
}
