import { database } from "@/db/connection/database";
import { findDueWork } from "@/db/queries/find-due-work";
import { deleteExpiredKeys, repairDueTimes } from "@/db/queries/repair-due-times";
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
  const { deliveriesInMs, ...due } = await findDueWork(db, { silentSeconds: selfTestSilentSeconds });
  if (deliveriesInMs !== null) signalDueAt(new Date(Date.now() + deliveriesInMs));
  if (due.replays) signalReplays();
  if (due.emails) signalEmails();
  if (due.selfTest) signalSelfTest();
  reportEngine({ lastSweepAt: new Date() });
  return { repaired, due: deliveriesInMs !== null && deliveriesInMs <= 0 };
}
