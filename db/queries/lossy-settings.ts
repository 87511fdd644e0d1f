import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";

/** Server settings without which committed data is lost if the machine fails. */
const safeSettings = ["fsync", "full_page_writes"] as const;
export type LossySetting = (typeof safeSettings)[number];

/** Which of them are off. A connection cannot turn them on for itself. Throws the connection's error if it is lost. */
export async function findLossySettings(db: Queryable): Promise<LossySetting[]> {
  const [row] = await db.execute<Record<LossySetting, string>>(
    sql`select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes`,
  );
  return safeSettings.filter((name) => row?.[name] === "off");
}
