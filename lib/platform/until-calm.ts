import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

const lookEveryMs = 50;
/** A thread counts as calm if it is busy for at most this part of its time. */
const busyPart = 0.5;

/**
 * Waits until this thread is mostly idle.
 *
 * @param withinMs resolves after this time in any case
 */
export async function untilCalm(withinMs: number): Promise<void> {
  const endAt = performance.now() + withinMs;
  let before = performance.eventLoopUtilization();
  while (performance.now() < endAt) {
    await sleep(lookEveryMs);
    const now = performance.eventLoopUtilization();
    if (performance.eventLoopUtilization(now, before).utilization < busyPart) return;
    before = now;
  }
}
