import { untilReceived } from "./receiver.mjs";

/** How long deliveries may take before they count as missing. */
const patienceMs = 60_000;

/**
 * What became of events that were published at a pace, each of which made one delivery.
 * @typedef {object} PacedResult
 * @property {number} events published
 * @property {{ p50Ms: number, p99Ms: number }} publish latency of a request
 * @property {{ p50Ms: number, p99Ms: number }} received from when the request was sent until the delivery came
 * @property {number} missing deliveries that had not come a minute after the last request
 * @property {number} repeated deliveries' requests beyond the first
 */

/**
 * Publishes at a pace to endpoints on the stage's timed URL, and waits until all has come.
 * @param {import("../stage.mjs").Stage} stage
 * @param {object} options
 * @param {string[]} options.types
 * @param {number} options.eventsPerSecond
 * @param {number} options.eventsPerBatch
 * @param {number} options.seconds at most
 * @param {() => Promise<unknown>} [options.until] begun with it, and ends it
 * @returns {Promise<PacedResult>}
 */
export async function runPaced(stage, { until, ...pace }) {
  const { posthorn, receiver, pacer } = stage;
  await receiver.reset();
  const publishing = pacer.publish({
    ...pace,
    url: `${posthorn.api}${pace.eventsPerBatch === 1 ? "/events" : "/events/batch"}`,
    headers: posthorn.headers,
  });
  if (until) {
    await Promise.all([until().finally(pacer.stop), publishing]);
  }
  const { events, ...publish } = await publishing;
  await untilReceived(receiver, events, patienceMs);
  const { requests, deliveries } = await receiver.counts();
  return {
    events,
    publish,
    received: await receiver.latencies(),
    missing: events - deliveries,
    repeated: requests - deliveries,
  };
}
