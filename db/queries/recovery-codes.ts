import { and, eq, isNull, sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { recoveryCodes } from "../schema";

/** Replaces a user's codes, including used ones; an empty list deletes them. */
export async function replaceRecoveryCodes(
  db: Queryable,
  { userId, hashes }: { userId: string; hashes: readonly string[] },
): Promise<void> {
  await db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (hashes.length > 0) {
    await db.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash })));
  }
}

/** Uses a code. Returns whether it was valid. */
export async function takeRecoveryCode(
  db: Queryable,
  { userId, codeHash }: { userId: string; codeHash: string },
): Promise<boolean> {
  const rows = await db
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHash, codeHash),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ codeHash: recoveryCodes.codeHash });
  return rows.length > 0;
}

/** How many codes a user has left. */
export async function countRecoveryCodes(db: Queryable, userId: string): Promise<number> {
  return db.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
}
