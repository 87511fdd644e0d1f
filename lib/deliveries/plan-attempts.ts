import type { RetryPolicy } from "../core/endpoints";
import { retryDelayMs } from "../core/retry-schedule";

/** How many attempts are predicted: for a first failure, all delays of the schedule except the daily one. */
const plannedMax = 4;

/**
 * When a delivery in its turn is sent next, and about when again as long as each attempt fails, without jitter, up to
 * the end of its policy.
 *
 * @param delivery.nextProbeAt while its webhook backs off: nothing is sent before that
 * @param delivery.automaticAttempts attempts of the schedule made so far
 * @param options.scale multiplies every delay (`POSTHORN_RETRY_SCALE`)
 */
export function planAttempts(
  delivery: { dueAt: Date; nextProbeAt: Date | null; automaticAttempts: number; policy: RetryPolicy },
  options: { scale: number },
): Date[] {
  const { dueAt, nextProbeAt, automaticAttempts, policy } = delivery;
  const left = policy.retries === null ? plannedMax : policy.retries + 1 - automaticAttempts;
  let atMs = Math.max(dueAt.getTime(), nextProbeAt?.getTime() ?? 0);
  return Array.from({ length: Math.max(0, Math.min(plannedMax, left)) }, (_, index) => {
    if (index > 0) atMs += retryDelayMs(automaticAttempts + index, { scale: options.scale, random: 0 });
    return new Date(atMs);
  });
}
