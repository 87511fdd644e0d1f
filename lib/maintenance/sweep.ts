import { database } from "@/db/connection/database";
import { isEmailDue } from "@/db/queries/emails";
import { nextDueInMs } from "@/db/queries/next-due-in-ms";
import { deleteExpiredKeys, repairDueTimes } from "@/db/queries/repair-due-times";
import { nextReplayInMs } from "@/db/queries/replays";
import { isSelfTestDue } from "@/db/queries/self-tests";
import { selfTestSilentSeconds } from "../core/self-test";
import { log } from "../platform/log";
import { reportEngine, signalDueAt, signalEmails, signalReplays, signalSelfTest } from "../platform/signals";

/**
 * What runs each minute so that nothing depends on a signal's arrival: sets due times right, signals for deliveries
 * that are due or fall due within the next minute, and for jobs, emails and self-tests that are due. A lost signal or a killed
 * process so costs a minute at most. Lapsed leases count as none.
 *
 * @returns how many endpoints' due times were wrong, and whether a delivery is due now
 */
export async function sweep(): Promise<{ repaired: number; due: boolean }> {
  const { db, sql } = database();
  const repaired = await repairDueTimes(sql);
  if (repaired > 0) log().warn({ repaired }, "due times of endpoints were corrected");
  await deleteExpiredKeys(sql);
  const inMs = await nextDueInMs(sql);
  if (inMs !== null) signalDueAt(new Date(Date.now() + inMs));
  if ((await nextReplayInMs(db)) === 0) signalReplays();
  if (await isEmailDue(db)) signalEmails();
  if (await isSelfTestDue(db, selfTestSilentSeconds)) signalSelfTest();
  reportEngine({ lastSweepAt: new Date() });
  return { repaired, due: inMs !== null && inMs <= 0 };
}
