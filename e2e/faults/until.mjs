import { setTimeout as sleep } from "node:timers/promises";

/** Longer than the longest wait for a probe. */
const patienceMs = 60_000;

/**
 * Waits until something holds, or patience ends.
 * @param {() => Promise<boolean>} holds
 * @returns {Promise<boolean>} whether it held
 */
export async function until(holds) {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}
