import type { Queryable } from "../client";
import { instance } from "../schema";

/** The stored key check, writing the given one where there is none yet. */
export async function findOrInsertKeyCheck(db: Queryable, keyCheck: string): Promise<string> {
  await db.insert(instance).values({ keyCheck }).onConflictDoNothing();
  const [row] = await db.select().from(instance);
  return row?.keyCheck ?? keyCheck;
}
