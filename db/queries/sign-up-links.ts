import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { signUpLinks } from "../schema";

/** Stores a link for an address, and ends the validity of earlier ones. */
export async function insertSignUpLink(
  db: Queryable,
  { minutes, ...row }: { id: string; email: string; tokenHash: string; minutes: number },
): Promise<void> {
  await db
    .update(signUpLinks)
    .set({ expiresAt: sql`now()` })
    .where(and(eq(signUpLinks.email, row.email), isNull(signUpLinks.usedAt)));
  await db
    .insert(signUpLinks)
    .values({ ...row, expiresAt: sql`now() + make_interval(mins => ${minutes}::int)` });
}

/** A link's state, whether it can still be used or not. */
export async function findSignUpLink(db: Queryable, tokenHash: string) {
  const [row] = await db
    .select({
      id: signUpLinks.id,
      email: signUpLinks.email,
      isUsed: sql<boolean>`${signUpLinks.usedAt} is not null`,
      isExpired: sql<boolean>`${signUpLinks.expiresAt} <= now()`,
    })
    .from(signUpLinks)
    .where(eq(signUpLinks.tokenHash, tokenHash));
  return row ?? null;
}

/** Uses a link, if it is still valid. If several try at once, one succeeds. @returns whether this call used it */
export async function takeSignUpLink(db: Queryable, id: string): Promise<boolean> {
  const rows = await db
    .update(signUpLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(signUpLinks.id, id), isNull(signUpLinks.usedAt), gt(signUpLinks.expiresAt, sql`now()`)))
    .returning({ id: signUpLinks.id });
  return rows.length > 0;
}
