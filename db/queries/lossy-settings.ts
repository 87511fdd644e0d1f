import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";

/** Settings of the server without which it loses what it has committed when its machine fails. */
const safeSettings = ["fsync", "full_page_writes"] as const;
export type LossySetting = (typeof safeSettings)[number];

/** Which of them are off; no connection can turn them on for itself. Throws what the connection says if it is lost. */
export async function findLossySettings(db: Queryable): Promise<LossySetting[]> {
  const [row] = await db.execute<Record<LossySetting, string>>(
    sql`select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes`,
  );
  return safeSettings.filter((name) => row?.[name] === "off");
}
