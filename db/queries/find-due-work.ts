import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { emailIsDue } from "./emails";
import { nextDueInMsText } from "./next-due-in-ms";
import { readyReplays } from "./replays";
import { selfTestsToBeTaken } from "./self-tests";

export type DueWork = {
  /** Deliveries: in how many milliseconds, as in `nextDueInMs`. */
  deliveriesInMs: number | null;
  replays: boolean;
  emails: boolean;
  selfTest: boolean;
};

/**
 * The work that is due, in one statement: it runs every minute, and mostly there is nothing.
 *
 * @param params.silentSeconds a self-test is continued if its process has been silent for so long
 */
export async function findDueWork(db: Queryable, params: { silentSeconds: number }): Promise<DueWork> {
  const [row] = await db.execute<DueWork>(sql`
    select (${sql.raw(nextDueInMsText)}) as "deliveriesInMs",
      exists (${readyReplays(db)}) as replays,
      ${emailIsDue} as emails,
      exists (${selfTestsToBeTaken(db, params.silentSeconds)}) as "selfTest"`);
  return row ?? { deliveriesInMs: null, replays: false, emails: false, selfTest: false };
}
