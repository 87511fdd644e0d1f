import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

const lookEveryMs = 50;
/** The part of its time that a thread is busy when it has little to do. */
const busyPart = 0.5;

/**
 * Waits until this thread has little to do.
 *
 * @param withinMs resolves after so long in any case
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
