import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { answerCalls } from "../../support/worker-process.mjs";
import { openLatencies } from "../support/latencies.mjs";

/** A request without any answer is given up after this. */
const patienceMs = 30_000;

/**
 * Events one a request at a pace that does not wait for answers.
 * @typedef {object} Flood
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string[]} bodies that take turns
 * @property {number} perSecond
 * @property {number} seconds
 * @property {number} connections at most: a request that finds none free is not sent, and counted
 */

/**
 * @typedef {object} FloodResult
 * @property {number} offered requests that were sent
 * @property {number} unsent for want of a connection
 * @property {string[]} accepted ids of the events that were answered 202
 * @property {Record<string, number>} refused by status and whether it says `Retry-After`, such as "503 with Retry-After"
 * @property {Record<string, number>} broken requests without an answer, by what happened
 * @property {{ p50Ms: number, p99Ms: number }} acceptedLatency
 */

answerCalls({ run });

/**
 * @param {Flood} flood
 * @returns {Promise<FloodResult>}
 */
async function run({ url, headers, bodies, perSecond, seconds, connections }) {
  const { origin, pathname } = new URL(url);
  const timeouts = { headersTimeout: patienceMs, bodyTimeout: patienceMs };
  const pool = new Pool(origin, { connections, pipelining: 1, ...timeouts });
  const latencies = openLatencies();
  /** @type {FloodResult} */
  const result = {
    offered: 0,
    unsent: 0,
    accepted: [],
    refused: {},
    broken: {},
    acceptedLatency: { p50Ms: Number.NaN, p99Ms: Number.NaN },
  };
  const send = async () => {
    const body = bodies[result.offered++ % bodies.length] ?? "";
    const before = performance.now();
    try {
      const answer = await pool.request({ path: pathname, method: "POST", headers, body });
      const text = await answer.body.text();
      if (answer.statusCode === 202) {
        latencies.record(performance.now() - before);
        result.accepted.push(String(JSON.parse(text).id));
      } else {
        const retryAfter = answer.headers["retry-after"] === undefined ? "without" : "with";
        add(result.refused, `${answer.statusCode} ${retryAfter} Retry-After`);
      }
    } catch (error) {
      add(result.broken, codeOf(error));
    }
  };

  /** @type {Set<Promise<void>>} */
  const underWay = new Set();
  const startedAt = performance.now();
  for (let due = 0; due < perSecond * seconds; ) {
    const wanted = Math.min(perSecond * seconds, ((performance.now() - startedAt) / 1_000) * perSecond);
    for (; due < wanted; due += 1) {
      if (underWay.size >= connections) {
        result.unsent += 1;
        continue;
      }
      const request = send().finally(() => underWay.delete(request));
      underWay.add(request);
    }
    await sleep(1);
  }
  await Promise.all(underWay);
  await pool.destroy();
  result.acceptedLatency = { p50Ms: latencies.percentileMs(0.5), p99Ms: latencies.percentileMs(0.99) };
  return result;
}

/**
 * @param {Record<string, number>} counts
 * @param {string} name
 */
function add(counts, name) {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
