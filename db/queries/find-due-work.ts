import { sql } from "drizzle-orm";
import type { Queryable } from "../connection/client";
import { emailIsDue } from "./emails";
import { nextDueInMsText } from "./next-due-in-ms";
import { readyReplays } from "./replays";
import { selfTestsToBeTaken } from "./self-tests";

export type DueWork = {
  /** Deliveries: in how many milliseconds, as `nextDueInMs` says it. */
  deliveriesInMs: number | null;
  replays: boolean;
  emails: boolean;
  selfTest: boolean;
};

/**
 * What there is to be done, by one statement: each minute somebody asks, and mostly there is nothing.
 *
 * @param params.silentSeconds a self-test whose process was not heard of for so long is to be taken up
 */
export async function findDueWork(db: Queryable, params: { silentSeconds: number }): Promise<DueWork> {
  const [row] = await db.execute<DueWork>(sql`
    select (${sql.raw(nextDueInMsText)}) as "deliveriesInMs",
      exists (${readyReplays(db)}) as replays,
      ${emailIsDue} as emails,
      exists (${selfTestsToBeTaken(db, params.silentSeconds)}) as "selfTest"`);
  return row ?? { deliveriesInMs: null, replays: false, emails: false, selfTest: false };
}
