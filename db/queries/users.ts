import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { externalAccounts, memberships, users, workspaces } from "../schema";

/** Any number: the key of the lock that setups wait for. */
const setupLock = 7_140_625_412;

/** Lets one setup at a time proceed. The lock is held until the transaction ends. */
export async function lockSetup(db: Queryable): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${setupLock})`);
}

/** Lets one transaction at a time assign an address to a user. The lock is held until the transaction ends. */
export async function lockAddress(db: Queryable, email: string): Promise<void> {
  await db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`address ${email.toLowerCase()}`}, 0))`,
  );
}

export async function anyUserExists(db: Queryable): Promise<boolean> {
  return (await db.select({ id: users.id }).from(users).limit(1)).length > 0;
}

export async function insertUser(db: Queryable, row: typeof users.$inferInsert): Promise<void> {
  await db.insert(users).values(row);
}

/** By the address, in any case. */
export async function findUserByEmail(db: Queryable, email: string) {
  const [row] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  return row ?? null;
}

export async function findUser(db: Queryable, id: string) {
  const [row] = await db.select().from(users).where(eq(users.id, id));
  return row ?? null;
}
export type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>;

/** Like `findUser`, with the row locked. */
export async function lockUser(db: Queryable, id: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, id)).for("update");
  return row ?? null;
}

export type UserChange = Partial<Omit<typeof users.$inferInsert, "id" | "createdAt">>;

export async function updateUser(db: Queryable, id: string, change: UserChange): Promise<void> {
  await db.update(users).set(change).where(eq(users.id, id));
}

/** Records that a user opened a link sent to an address: it is confirmed, if it is still the address of the account. */
export async function confirmUserEmail(
  db: Queryable,
  { id, email }: { id: string; email: string },
): Promise<void> {
  await db
    .update(users)
    .set({ emailVerifiedAt: sql`now()` })
    .where(and(eq(users.id, id), eq(sql`lower(${users.email})`, email.toLowerCase())));
}

/**
 * Like `confirmUserEmail`, for a user who only signs in by a link sent to the address. If the address was not
 * confirmed before, another person may have created the account. While it has a password, a second factor or a
 * provider's account, that person would share it, so the address stays unconfirmed.
 */
export async function confirmUnsharedEmail(
  db: Queryable,
  { id, email }: { id: string; email: string },
): Promise<void> {
  const isUnshared = sql`(${users.emailVerifiedAt} is not null or ${users.passwordHash} = ''
    and ${users.totpEnabledAt} is null
    and not exists (select from ${externalAccounts} where ${externalAccounts.userId} = ${users.id}))`;
  await db
    .update(users)
    .set({ emailVerifiedAt: sql`now()` })
    .where(and(eq(users.id, id), eq(sql`lower(${users.email})`, email.toLowerCase()), isUnshared));
}

/** A user's workspaces, by name, with the role in each. */
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
