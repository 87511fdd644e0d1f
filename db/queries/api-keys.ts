import { and, desc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { apiKeys, memberships, users, workspaces } from "../schema";

/**
 * A key that is not revoked, with its workspace and its creator's role there: `null` if the creator is no longer a
 * member, or is Posthorn itself.
 */
export async function findApiKeyByHash(db: Queryable, hash: string) {
  const [row] = await db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      scopes: apiKeys.scopes,
      createdBy: apiKeys.createdBy,
      role: memberships.role,
      viewersSeePayloads: workspaces.viewersSeePayloads,
      workspace: { id: workspaces.id, slug: workspaces.slug, name: workspaces.name },
    })
    .from(apiKeys)
    .innerJoin(workspaces, eq(workspaces.id, apiKeys.workspaceId))
    .leftJoin(
      memberships,
      and(eq(memberships.workspaceId, apiKeys.workspaceId), eq(memberships.userId, apiKeys.createdBy)),
    )
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
    .where(
      and(
        eq(apiKeys.hash, hash),
        isNull(apiKeys.revokedAt),
        isNull(workspaces.deletedAt),
        isNull(users.disabledAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
      ),
    );
  return row ?? null;
}

export async function touchApiKey(db: Queryable, id: string, from: string | null): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: sql`now()`, lastUsedFrom: from }).where(eq(apiKeys.id, id));
}

export async function insertApiKey(db: Queryable, row: typeof apiKeys.$inferInsert): Promise<void> {
  await db.insert(apiKeys).values(row);
}

/** Keys that are not revoked, newest first, from below the cursor. */
export async function findApiKeys(
  db: Queryable,
  params: { workspaceId: string; limit: number; before: string | null; id?: string },
) {
  return db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      hint: apiKeys.hint,
      scopes: apiKeys.scopes,
      createdBy: users.name,
      createdAt: apiKeys.createdAt,
      lastUsedAt: apiKeys.lastUsedAt,
      lastUsedFrom: apiKeys.lastUsedFrom,
      expiresAt: apiKeys.expiresAt,
      replaced: sql<boolean>`${apiKeys.replacedBy} is not null`,
    })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
    .where(
      and(
        eq(apiKeys.workspaceId, params.workspaceId),
        isNull(apiKeys.revokedAt),
        params.before ? lt(apiKeys.id, params.before) : undefined,
        params.id ? eq(apiKeys.id, params.id) : undefined,
      ),
    )
    .orderBy(desc(apiKeys.id))
    .limit(params.limit);
}

/** A key in use, locked until the transaction ends; `null` if the workspace has no such key. */
export async function lockApiKey(db: Queryable, params: { workspaceId: string; id: string }) {
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.workspaceId, params.workspaceId),
        eq(apiKeys.id, params.id),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
      ),
    )
    .for("update");
  return row ?? null;
}

/** Lets a key expire after some hours, unless it expires sooner, and records the key that replaces it. */
export async function replaceApiKey(
  db: Queryable,
  { id, by, hours }: { id: string; by: string; hours: number },
): Promise<void> {
  const end = sql`now() + make_interval(hours => ${hours}::int)`;
  await db
    .update(apiKeys)
    .set({ replacedBy: by, expiresAt: sql`least(coalesce(${apiKeys.expiresAt}, ${end}), ${end})` })
    .where(eq(apiKeys.id, id));
}

/** Revokes a key; `null` if the workspace has no such key in use. */
export async function revokeApiKey(db: Queryable, params: { workspaceId: string; id: string }) {
  const [row] = await db
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(
      and(eq(apiKeys.workspaceId, params.workspaceId), eq(apiKeys.id, params.id), isNull(apiKeys.revokedAt)),
    )
    .returning({ id: apiKeys.id, name: apiKeys.name });
  return row ?? null;
}
