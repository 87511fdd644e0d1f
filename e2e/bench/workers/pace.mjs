import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { answerCalls } from "../../support/worker-process.mjs";
import { makeEvent } from "../support/event.mjs";
import { openLatencies } from "../support/latencies.mjs";

/**
 * Batches of events, or events one by one, at a pace that does not wait for answers. The types take turns.
 * @typedef {object} Pace
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string[]} types
 * @property {number} eventsPerSecond
 * @property {number} eventsPerBatch 1: an event by itself, and not a batch of one
 * @property {number} seconds at most
 */

/** @typedef {{ events: number, p50Ms: number, p99Ms: number }} PaceResult latencies of the requests */

/** The same GET again and again, a pause after each. @typedef {{ url: string, headers: Record<string, string>, pauseMs: number }} Watch */
/** @typedef {{ requests: number, p50Ms: number, p95Ms: number }} WatchResult */

/** @type {Map<string, Pool>} */
const pools = new Map();
let stopped = false;

answerCalls({
  publish,
  watch,
  stop: () => {
    stopped = true;
  },
});

/**
 * Until its time is over, or `stop`. Throws if a response is not 2xx.
 * @param {Pace} pace
 * @returns {Promise<PaceResult>}
 */
async function publish({ url, headers, types, eventsPerSecond, eventsPerBatch, seconds }) {
  stopped = false;
  const everyMs = (eventsPerBatch * 1_000) / eventsPerSecond;
  /** @type {Promise<number>[]} */
  const requests = [];
  const startedAt = performance.now();
  while (!stopped && requests.length * everyMs < seconds * 1_000) {
    await sleep(Math.max(0, startedAt + requests.length * everyMs - performance.now()));
    const sentAt = Date.now();
    const events = Array.from({ length: eventsPerBatch }, (_, place) => {
      const { type, data } = makeEvent(
        types[(requests.length * eventsPerBatch + place) % types.length] ?? "",
      );
      return { type, data: { ...data, sentAt } };
    });
    const body = JSON.stringify(eventsPerBatch === 1 ? events[0] : { events });
    const request = time(url, { method: "POST", headers, body });
    // It is thrown below.
    request.catch(() => {
      stopped = true;
    });
    requests.push(request);
  }
  const latencies = openLatencies();
  for (const ms of await Promise.all(requests)) latencies.record(ms);
  return {
    events: requests.length * eventsPerBatch,
    p50Ms: latencies.percentileMs(0.5),
    p99Ms: latencies.percentileMs(0.99),
  };
}

/**
 * Until `stop`.
 * @param {Watch} watch
 * @returns {Promise<WatchResult>}
 */
async function watch({ url, headers, pauseMs }) {
  stopped = false;
  const latencies = openLatencies();
  let requests = 0;
  do {
    latencies.record(await time(url, { method: "GET", headers }));
    requests += 1;
    await sleep(pauseMs);
  } while (!stopped);
  return { requests, p50Ms: latencies.percentileMs(0.5), p95Ms: latencies.percentileMs(0.95) };
}

/**
 * @param {string} url
 * @param {{ method: "GET" | "POST", headers: Record<string, string>, body?: string }} request
 * @returns {Promise<number>} milliseconds until the answer was there whole
 */
async function time(url, request) {
  const { origin, pathname, search } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { pipelining: 1 });
  pools.set(origin, pool);
  const before = performance.now();
  const answer = await pool.request({ ...request, path: pathname + search });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${await answer.body.text()}`);
  await answer.body.dump();
  return performance.now() - before;
}
