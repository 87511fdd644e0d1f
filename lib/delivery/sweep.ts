import { database } from "@/db/connection/database";
import { nextDueInMs } from "@/db/queries/next-due-in-ms";
import { deleteExpiredKeys, repairDueTimes } from "@/db/queries/repair-due-times";
import { log } from "../platform/log";
import { signalDueAt } from "../platform/signals";

/**
 * What runs each minute so that nothing depends on a signal's arrival: sets due times right, signals for what falls
 * due within the next minute, and finds what lapsed leases left behind (a lapsed lease counts as none).
 *
 * @returns whether anything is due now
 */
export async function sweep(): Promise<{ repaired: number; due: boolean }> {
  const { sql } = database();
  const repaired = await repairDueTimes(sql);
  if (repaired > 0) log().warn({ repaired }, "due times of endpoints were set right");
  await deleteExpiredKeys(sql);
  const inMs = await nextDueInMs(sql);
  if (inMs !== null && inMs > 0) signalDueAt(new Date(Date.now() + inMs));
  return { repaired, due: inMs !== null && inMs <= 0 };
}
