import { eq } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { instance, instanceKeys } from "../schema";

/** The stored key check. If there is none yet, the given one is stored. */
export async function findOrInsertKeyCheck(db: Queryable, keyCheck: string): Promise<string> {
  await db.insert(instance).values({ keyCheck }).onConflictDoNothing();
  const [row] = await db.select().from(instance);
  return row?.keyCheck ?? keyCheck;
}

/** The installation's private key, encrypted; `null` if there is none yet. */
export async function findInstanceKey(db: Queryable, algorithm: string): Promise<string | null> {
  const [row] = await db.select().from(instanceKeys).where(eq(instanceKeys.algorithm, algorithm));
  return row?.privateKey ?? null;
}

/**
 * The stored private key. If there is none yet, the given one is stored. If two processes store at once, the second
 * waits for the first, and both get the first one's.
 */
export async function findOrInsertInstanceKey(
  db: Queryable,
  key: typeof instanceKeys.$inferInsert,
): Promise<string> {
  await db.insert(instanceKeys).values(key).onConflictDoNothing();
  return (await findInstanceKey(db, key.algorithm)) ?? key.privateKey;
}
