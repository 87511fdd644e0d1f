import { database } from "@/db/connection/database";
import { findDueWork } from "@/db/queries/find-due-work";
import { deleteExpiredKeys, repairDueTimes } from "@/db/queries/repair-due-times";
import { selfTestSilentSeconds } from "../core/self-test";
import { log } from "../platform/log";
import { reportEngine, signalDueAt, signalEmails, signalReplays, signalSelfTest } from "../platform/signals";

/**
 * Runs every minute so that nothing depends on the arrival of signals: corrects due times, and signals for deliveries
 * that are due now or within the next minute, and for jobs, emails and self-tests that are due. A lost signal or a
 * killed process thus costs at most a minute. Expired leases count as none.
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
