import { setTimeout as sleep } from "node:timers/promises";

/**
 * Something that webhooks lead to, in a process of its own.
 * @typedef {object} Receiver
 * @property {string} url
 * @property {string} timedUrl measures latencies, for events whose data has `sentAt` (milliseconds since 1970)
 * @property {string} slowUrl answers after 50 ms
 * @property {string} silentUrl never answers
 * @property {string} refusingUrl answers 500
 * @property {() => Promise<{ requests: number, deliveries: number }>} counts since the last reset; `deliveries` differ
 *   in their `webhook-id`
 * @property {() => Promise<{ p50Ms: number, p99Ms: number }>} latencies from `sentAt` until a delivery came first
 * @property {() => Promise<unknown>} reset
 */

/**
 * @param {import("../../support/worker-process.mjs").WorkerProcess} worker of receiver.mjs
 * @returns {Promise<Receiver>}
 */
export async function openReceiver(worker) {
  const origin = `http://127.0.0.1:${await worker.call("listen")}`;
  return {
    url: `${origin}/webhooks`,
    timedUrl: `${origin}/timed`,
    slowUrl: `${origin}/slow`,
    silentUrl: `${origin}/silent`,
    refusingUrl: `${origin}/refusing`,
    counts: async () => /** @type {{ requests: number, deliveries: number }} */ (await worker.call("counts")),
    latencies: async () => /** @type {{ p50Ms: number, p99Ms: number }} */ (await worker.call("latencies")),
    reset: () => worker.call("reset"),
  };
}

/**
 * Asks the receiver, so that the database has nothing to do with the measurement.
 * @param {Receiver} receiver
 * @param {number} count
 * @param {number} patienceMs
 * @returns {Promise<boolean>} whether so many deliveries came in time
 */
export async function untilReceived(receiver, count, patienceMs) {
  const deadline = Date.now() + patienceMs;
  while ((await receiver.counts()).deliveries < count) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
