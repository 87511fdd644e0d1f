import { eq } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { instance, instanceKeys } from "../schema";

/** The stored key check, writing the given one if there is none yet. */
export async function findOrInsertKeyCheck(db: Queryable, keyCheck: string): Promise<string> {
  await db.insert(instance).values({ keyCheck }).onConflictDoNothing();
  const [row] = await db.select().from(instance);
  return row?.keyCheck ?? keyCheck;
}

/** The installation's private key, encrypted; `null` if none was made yet. */
export async function findInstanceKey(db: Queryable, algorithm: string): Promise<string | null> {
  const [row] = await db.select().from(instanceKeys).where(eq(instanceKeys.algorithm, algorithm));
  return row?.privateKey ?? null;
}

/**
 * The stored private key, writing the given one if there is none yet: of two processes that write at once, the
 * second waits for the first, and both get that one's.
 */
export async function findOrInsertInstanceKey(
  db: Queryable,
  key: typeof instanceKeys.$inferInsert,
): Promise<string> {
  await db.insert(instanceKeys).values(key).onConflictDoNothing();
  return (await findInstanceKey(db, key.algorithm)) ?? key.privateKey;
}
