import { backoffFailures, backsOff, disableFailures } from "../core/endpoint-state";
import { retryDelayMs } from "../core/retry-schedule";

/**
 * About when an endpoint that backs off will be disabled if every probe fails: the next one at its time, each later
 * one after its delay of the schedule, without jitter. `null` for one that does not back off.
 *
 * @param options.scale multiplies every delay (`POSTHORN_RETRY_SCALE`)
 */
export function estimateDisabling(
  { consecutiveFailures, nextProbeAt }: { consecutiveFailures: number; nextProbeAt: Date | null },
  { scale, now }: { scale: number; now: Date },
): Date | null {
  if (nextProbeAt === null || !backsOff(consecutiveFailures)) return null;
  let atMs = Math.max(nextProbeAt.getTime(), now.getTime());
  for (let failures = consecutiveFailures + 1; failures < disableFailures; failures += 1) {
    atMs += retryDelayMs(failures - backoffFailures + 1, { scale, random: 0 });
  }
  return new Date(atMs);
}
