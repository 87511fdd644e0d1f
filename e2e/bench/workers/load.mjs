import { Pool } from "undici";
import { answerCalls } from "../../support/worker-process.mjs";
import { openLatencies } from "../support/latencies.mjs";

/**
 * Requests over a number of connections, with one request at a time on each.
 * @typedef {object} Load
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string[]} bodies that take turns
 * @property {number} connections
 * @property {number} requests
 * @property {number} [status] that every answer has to have; any of 2xx if it is left out
 */

/** @typedef {{ seconds: number, p50Ms: number, p99Ms: number }} LoadResult */

/** Connections are kept from one load to the next, as a producer would. @type {Map<string, Pool>} */
const pools = new Map();

answerCalls({ run });

/**
 * Throws if an answer has another status than it has to.
 * @param {Load} load
 * @returns {Promise<LoadResult>}
 */
async function run({ url, headers, bodies, connections, requests, status }) {
  const { origin, pathname } = new URL(url);
  const key = `${origin} ${connections}`;
  const pool = pools.get(key) ?? new Pool(origin, { connections, pipelining: 1 });
  pools.set(key, pool);
  const latencies = openLatencies();
  let sent = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (sent < requests) {
        const body = bodies[sent++ % bodies.length] ?? "";
        const before = performance.now();
        const answer = await pool.request({ path: pathname, method: "POST", headers, body });
        if (status ? answer.statusCode !== status : answer.statusCode >= 300)
          throw new Error(`${url}: ${answer.statusCode} ${await answer.body.text()}`);
        await answer.body.dump();
        latencies.record(performance.now() - before);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, p50Ms: latencies.percentileMs(0.5), p99Ms: latencies.percentileMs(0.99) };
}
