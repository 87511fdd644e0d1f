import { and, desc, eq, lt } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { userActivity } from "../schema";

export async function insertUserActivity(
  db: Queryable,
  row: typeof userActivity.$inferInsert,
): Promise<void> {
  await db.insert(userActivity).values(row);
}

/** What happened to an account, newest first, from below the cursor. */
export async function findUserActivity(
  db: Queryable,
  params: { userId: string; limit: number; before: string | null },
) {
  return db
    .select()
    .from(userActivity)
    .where(
      and(
        eq(userActivity.userId, params.userId),
        params.before ? lt(userActivity.id, params.before) : undefined,
      ),
    )
    .orderBy(desc(userActivity.id))
    .limit(params.limit);
}
export type UserActivityRow = Awaited<ReturnType<typeof findUserActivity>>[number];
