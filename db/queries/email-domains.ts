import { and, asc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { JoiningRole } from "../../lib/core/email-domains";
import type { Queryable } from "../connection/client";
import { emailDomains, memberships, removedMembers, users, workspaces } from "../schema";

type Named = { workspaceId: string; id: string };

const isNamed = ({ workspaceId, id }: Named) =>
  and(eq(emailDomains.workspaceId, workspaceId), eq(emailDomains.id, id));

const columns = {
  id: emailDomains.id,
  domain: emailDomains.domain,
  role: emailDomains.role,
  address: emailDomains.address,
  addedBy: users.name,
  verifiedAt: emailDomains.verifiedAt,
  expiresAt: emailDomains.expiresAt,
  expired: sql<boolean>`${emailDomains.verifiedAt} is null and ${emailDomains.expiresAt} <= now()`,
  createdAt: emailDomains.createdAt,
};

/** A workspace's email domains, by name, or the given one. */
export async function findEmailDomains(db: Queryable, params: { workspaceId: string; id?: string }) {
  return db
    .select(columns)
    .from(emailDomains)
    .leftJoin(users, eq(users.id, emailDomains.addedBy))
    .where(
      and(
        eq(emailDomains.workspaceId, params.workspaceId),
        params.id ? eq(emailDomains.id, params.id) : undefined,
      ),
    )
    .orderBy(asc(emailDomains.domain));
}
export type EmailDomainRow = Awaited<ReturnType<typeof findEmailDomains>>[number];

type NewLink = { tokenHash: string; days: number };

const inDays = (days: number) => sql`now() + make_interval(days => ${days}::int)`;

/** Stores a domain that is not verified yet. @returns `false` if the workspace already has it */
export async function insertEmailDomain(
  db: Queryable,
  { days, ...row }: Omit<typeof emailDomains.$inferInsert, "expiresAt"> & NewLink,
): Promise<boolean> {
  const inserted = await db
    .insert(emailDomains)
    .values({ ...row, expiresAt: inDays(days) })
    .onConflictDoNothing()
    .returning({ id: emailDomains.id });
  return inserted.length > 0;
}

/** Gives an unverified domain another link and a new deadline. @returns whether it exists */
export async function renewVerification(
  db: Queryable,
  { tokenHash, days, ...named }: NewLink & Named,
): Promise<boolean> {
  const renewed = await db
    .update(emailDomains)
    .set({ tokenHash, expiresAt: inDays(days) })
    .where(and(isNamed(named), isNull(emailDomains.verifiedAt)))
    .returning({ id: emailDomains.id });
  return renewed.length > 0;
}

/** A domain, locked until the transaction ends. */
export async function lockEmailDomain(db: Queryable, named: Named) {
  const [row] = await db.select().from(emailDomains).where(isNamed(named)).for("no key update");
  return row ?? null;
}

export async function setJoiningRole(
  db: Queryable,
  { role, ...named }: Named & { role: JoiningRole },
): Promise<void> {
  await db.update(emailDomains).set({ role }).where(isNamed(named));
}

export async function deleteEmailDomain(db: Queryable, named: Named): Promise<void> {
  await db.delete(emailDomains).where(isNamed(named));
}

/** A domain by its link, whatever its state, with its workspace; `null` if there is none. */
export async function findEmailDomainByToken(db: Queryable, tokenHash: string) {
  const [row] = await db
    .select({
      ...columns,
      workspace: { id: workspaces.id, slug: workspaces.slug, name: workspaces.name },
    })
    .from(emailDomains)
    .innerJoin(workspaces, and(eq(workspaces.id, emailDomains.workspaceId), isNull(workspaces.deletedAt)))
    .leftJoin(users, eq(users.id, emailDomains.addedBy))
    .where(eq(emailDomains.tokenHash, tokenHash));
  return row ?? null;
}

/** Verifies a domain by its link. If two do it at once, one gets `false`, as does one that is too late. */
export async function verifyEmailDomain(db: Queryable, tokenHash: string): Promise<boolean> {
  const verified = await db
    .update(emailDomains)
    .set({ verifiedAt: sql`now()` })
    .where(
      and(
        eq(emailDomains.tokenHash, tokenHash),
        isNull(emailDomains.verifiedAt),
        gt(emailDomains.expiresAt, sql`now()`),
      ),
    )
    .returning({ id: emailDomains.id });
  return verified.length > 0;
}

/** Whether people at a domain may join any workspace on their own. */
export async function isVerifiedDomain(db: Queryable, domain: string): Promise<boolean> {
  const found = await db
    .select({ id: emailDomains.id })
    .from(emailDomains)
    .innerJoin(workspaces, and(eq(workspaces.id, emailDomains.workspaceId), isNull(workspaces.deletedAt)))
    .where(and(eq(emailDomains.domain, domain), isNotNull(emailDomains.verifiedAt)))
    .limit(1);
  return found.length > 0;
}

/**
 * The workspaces that a person with an address at a domain may join and is not a member of, by name; without those
 * that an owner removed them from.
 */
export async function findJoinableWorkspaces(
  db: Queryable,
  { userId, domain }: { userId: string; domain: string },
) {
  const isTheirs = (table: typeof memberships | typeof removedMembers) =>
    and(eq(table.workspaceId, workspaces.id), eq(table.userId, userId));
  return db
    .select({
      id: workspaces.id,
      slug: workspaces.slug,
      name: workspaces.name,
      role: emailDomains.role,
      domain: emailDomains.domain,
    })
    .from(emailDomains)
    .innerJoin(workspaces, and(eq(workspaces.id, emailDomains.workspaceId), isNull(workspaces.deletedAt)))
    .leftJoin(memberships, isTheirs(memberships))
    .leftJoin(removedMembers, isTheirs(removedMembers))
    .where(
      and(
        eq(emailDomains.domain, domain),
        isNotNull(emailDomains.verifiedAt),
        isNull(memberships.userId),
        isNull(removedMembers.userId),
      ),
    )
    .orderBy(asc(workspaces.name), asc(workspaces.id));
}
