import { database } from "@/db/connection/database";
import { nextDueInMs } from "@/db/queries/next-due-in-ms";
import { drainRunsHere } from "../../platform/signals";
import { deliverDue } from "./deliver-due";

/**
 * Drains here, once, if something has been due for that long, because its signal was lost or had no effect. A drain
 * that is running here shows that none was lost.
 *
 * @returns the drain's result, or `null` if nothing was late
 */
export async function drainOverdue({
  overdueMs,
}: {
  overdueMs: number;
}): Promise<{ delivered: number; more: boolean } | null> {
  if (drainRunsHere()) return null;
  const inMs = await nextDueInMs(database().engine);
  if (inMs === null || -inMs < overdueMs) return null;
  return deliverDue();
}
