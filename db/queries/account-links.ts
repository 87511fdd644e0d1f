import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { AccountLinkKind } from "../../lib/core/account";
import type { Queryable } from "../connection/client";
import { accountLinks } from "../schema";

type NewLink = {
  id: string;
  userId: string;
  kind: AccountLinkKind;
  tokenHash: string;
  email: string;
  minutes: number;
};

/** Stores a link that can be used for so many minutes, by the database's clock. */
export async function insertAccountLink(db: Queryable, { minutes, ...row }: NewLink): Promise<void> {
  await db
    .insert(accountLinks)
    .values({ ...row, expiresAt: sql`now() + make_interval(mins => ${minutes}::int)` });
}

/** A link's state, whether it can still be used or not. */
export async function findAccountLink(db: Queryable, tokenHash: string) {
  const [row] = await db
    .select({
      id: accountLinks.id,
      kind: accountLinks.kind,
      userId: accountLinks.userId,
      email: accountLinks.email,
      isUsed: sql<boolean>`${accountLinks.usedAt} is not null`,
      isExpired: sql<boolean>`${accountLinks.expiresAt} <= now()`,
    })
    .from(accountLinks)
    .where(eq(accountLinks.tokenHash, tokenHash));
  return row ?? null;
}
export type AccountLinkRow = NonNullable<Awaited<ReturnType<typeof findAccountLink>>>;

/**
 * Uses a link, if it is still valid. If several try at once, one succeeds.
 *
 * @returns whether this call used it
 */
export async function takeAccountLink(db: Queryable, id: string): Promise<boolean> {
  const rows = await db
    .update(accountLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(accountLinks.id, id), isNull(accountLinks.usedAt), gt(accountLinks.expiresAt, sql`now()`)))
    .returning({ id: accountLinks.id });
  return rows.length > 0;
}

/** A user's newest link of a kind that can still be used. */
export async function findOpenLink(
  db: Queryable,
  { userId, kind }: { userId: string; kind: AccountLinkKind },
) {
  const [row] = await db
    .select({ email: accountLinks.email })
    .from(accountLinks)
    .where(
      and(
        eq(accountLinks.userId, userId),
        eq(accountLinks.kind, kind),
        isNull(accountLinks.usedAt),
        gt(accountLinks.expiresAt, sql`now()`),
      ),
    )
    .orderBy(desc(accountLinks.id))
    .limit(1);
  return row ?? null;
}

/** Ends the validity of a user's links, of one kind or of all. */
export async function endAccountLinks(
  db: Queryable,
  { userId, kind }: { userId: string; kind?: AccountLinkKind },
): Promise<void> {
  await db
    .update(accountLinks)
    .set({ expiresAt: sql`now()` })
    .where(
      and(
        eq(accountLinks.userId, userId),
        isNull(accountLinks.usedAt),
        kind ? eq(accountLinks.kind, kind) : undefined,
      ),
    );
}
