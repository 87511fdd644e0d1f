import { and, asc, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { WorkspaceCreators } from "../../lib/core/workspaces";
import type { Queryable } from "../connection/client";
import { instance, memberships, sessions, users, workspaceDeletions, workspaces } from "../schema";

/** Whether a user is an operator and not disabled. */
export async function isOperator(db: Queryable, userId: string): Promise<boolean> {
  const [row] = await db
    .select({ isOperator: users.isOperator })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  return row?.isOperator ?? false;
}

export async function findWorkspaceCreators(db: Queryable): Promise<WorkspaceCreators> {
  const [row] = await db.select({ creators: instance.workspaceCreators }).from(instance);
  return row?.creators ?? "operators";
}

export async function updateWorkspaceCreators(db: Queryable, creators: WorkspaceCreators): Promise<void> {
  await db.update(instance).set({ workspaceCreators: creators });
}

/** The server's version, and the size of the database in bytes. */
export async function describeDatabase(db: Queryable): Promise<{ version: string; bytes: number }> {
  const [row] = await db.execute<{ version: string; bytes: string }>(sql`
    select current_setting('server_version') as version, pg_database_size(current_database())::text as bytes`);
  return { version: row?.version ?? "", bytes: Number(row?.bytes ?? 0) };
}

/** Every workspace that has members, by name; those of self-tests have none. */
export async function findWorkspaces(db: Queryable) {
  return db
    .select({
      id: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      endpointLimit: workspaces.endpointLimit,
      createdAt: workspaces.createdAt,
      members: sql<number>`(select count(*)::int from memberships m where m.workspace_id = workspaces.id)`,
      webhooks: sql<number>`(
        select count(*)::int from endpoints e where e.workspace_id = workspaces.id and e.deleted_at is null)`,
    })
    .from(workspaces)
    .where(
      and(
        isNull(workspaces.deletedAt),
        sql`exists (select from memberships m where m.workspace_id = workspaces.id)`,
      ),
    )
    .orderBy(asc(workspaces.name), asc(workspaces.id))
    .limit(1_000);
}

/** Deleted workspaces, the most recently deleted first. */
export async function findWorkspaceDeletions(db: Queryable) {
  return db.select().from(workspaceDeletions).orderBy(desc(workspaceDeletions.createdAt)).limit(100);
}

/** Sets the limit of webhooks and returns the previous one; `null` if there is no such workspace. */
export async function setEndpointLimit(
  db: Queryable,
  { id, endpointLimit }: { id: string; endpointLimit: number },
): Promise<number | null> {
  const [before] = await db
    .select({ limit: workspaces.endpointLimit })
    .from(workspaces)
    .where(and(eq(workspaces.id, id), isNull(workspaces.deletedAt)))
    .for("no key update");
  if (!before) return null;
  await db.update(workspaces).set({ endpointLimit }).where(eq(workspaces.id, id));
  return before.limit;
}

/** People, newest first, from below the cursor. */
export async function findUsers(db: Queryable, { limit, before }: { limit: number; before: string | null }) {
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      isOperator: users.isOperator,
      disabledAt: users.disabledAt,
      createdAt: users.createdAt,
      workspaces: sql<number>`(select count(*)::int from memberships m where m.user_id = users.id)`,
      sessions: sql<number>`(
        select count(*)::int from sessions s
        where s.user_id = users.id and s.revoked_at is null and s.expires_at > now())`,
    })
    .from(users)
    .where(before ? lt(users.id, before) : undefined)
    .orderBy(desc(users.id))
    .limit(limit);
}

/** Any number: the key of the lock that changes of the instance's operators wait for. */
const operatorsLock = 7_140_625_413;

/** A person, with changes of the instance's operators locked until the transaction ends; `null` if there is none. */
export async function lockOperators(db: Queryable, userId: string) {
  await db.execute(sql`select pg_advisory_xact_lock(${operatorsLock})`);
  const [row] = await db
    .select({ id: users.id, name: users.name, isOperator: users.isOperator, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.id, userId));
  const others = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.isOperator, true), isNull(users.disabledAt), sql`${users.id} <> ${userId}`))
    .limit(1);
  return row ? { ...row, hasOthers: others.length > 0 } : null;
}

export async function setUserRights(
  db: Queryable,
  userId: string,
  { isOperator, disabled }: { isOperator?: boolean | undefined; disabled?: boolean | undefined },
): Promise<void> {
  await db
    .update(users)
    .set({
      ...(isOperator === undefined ? {} : { isOperator }),
      ...(disabled === undefined ? {} : { disabledAt: disabled ? sql`coalesce(disabled_at, now())` : null }),
    })
    .where(eq(users.id, userId));
}

/** Ends all sessions of a person. @returns how many there were */
export async function endSessionsOf(db: Queryable, userId: string): Promise<number> {
  const ended = await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`)))
    .returning({ id: sessions.id });
  return ended.length;
}

/** A user's workspaces, by name, with how many webhooks of each fail or are disabled. */
export async function findOwnWorkspaces(db: Queryable, userId: string) {
  return db
    .select({
      slug: workspaces.slug,
      name: workspaces.name,
      needSomeone: sql<number>`(
        select count(*)::int from endpoints e join endpoint_states s on s.endpoint_id = e.id
        where e.workspace_id = workspaces.id and e.deleted_at is null
          and (s.disabled_at is not null or s.consecutive_failures > 0))`,
    })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .where(eq(memberships.userId, userId))
    .orderBy(workspaces.name);
}
