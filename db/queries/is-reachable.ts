import { sql } from "drizzle-orm";
import type { Queryable } from "../client";

/** Whether the database answers; throws what the connection says where it does not. */
export async function isReachable(db: Queryable): Promise<boolean> {
  await db.execute(sql`select 1`);
  return true;
}
