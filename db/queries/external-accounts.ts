import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { externalAccounts } from "../schema";

type Identity = { provider: string; subject: string };

/** The user who signs in with an account of a provider. */
export async function findExternalAccount(db: Queryable, { provider, subject }: Identity) {
  const [row] = await db
    .select()
    .from(externalAccounts)
    .where(and(eq(externalAccounts.provider, provider), eq(externalAccounts.subject, subject)));
  return row ?? null;
}

export async function findExternalAccounts(db: Queryable, userId: string) {
  return db
    .select()
    .from(externalAccounts)
    .where(eq(externalAccounts.userId, userId))
    .orderBy(externalAccounts.createdAt);
}

/** Links an account. Returns `false` if it was linked already. */
export async function insertExternalAccount(
  db: Queryable,
  row: Identity & { userId: string; email: string },
): Promise<boolean> {
  const rows = await db
    .insert(externalAccounts)
    .values({ ...row, lastUsedAt: sql`now()` })
    .onConflictDoNothing()
    .returning({ subject: externalAccounts.subject });
  return rows.length > 0;
}

export async function touchExternalAccount(
  db: Queryable,
  { provider, subject, email }: Identity & { email: string | undefined },
): Promise<void> {
  await db
    .update(externalAccounts)
    .set({ lastUsedAt: sql`now()`, ...(email ? { email } : {}) })
    .where(and(eq(externalAccounts.provider, provider), eq(externalAccounts.subject, subject)));
}

/** Unlinks a user's accounts of one provider, or of all. Returns how many there were. */
export async function deleteExternalAccounts(
  db: Queryable,
  { userId, provider }: { userId: string; provider?: string },
): Promise<number> {
  const rows = await db
    .delete(externalAccounts)
    .where(
      and(
        eq(externalAccounts.userId, userId),
        provider === undefined ? undefined : eq(externalAccounts.provider, provider),
      ),
    )
    .returning({ subject: externalAccounts.subject });
  return rows.length;
}
