import { setTimeout as sleep } from "node:timers/promises";
import { drainOnce } from "../support/drain-once.mjs";
import { deleteEndpoints, makeEndpoints } from "../support/endpoints.mjs";
import { publishHeld } from "../support/held.mjs";
import { untilReceived } from "../support/receiver.mjs";
import { summarize } from "../support/summarize.mjs";

const patienceMs = 10 * 60_000;
const sampleEveryMs = 1_000;
/** One webhook that had an outage, and many that had it at once. */
const endpointCounts = [1, 20];

/**
 * @typedef {object} ReplayPair
 * @property {number} drain deliveries a second, until recorded
 * @property {number} replay the same ones once more, from asking for it to the last record
 * @property {number} ratio
 * @property {{ before: number, most: number }} memory of the app, bytes: before the replay, and the most during it
 */

/** @typedef {import("../support/summarize.mjs").Summary} Summary */

/**
 * @typedef {object} ReplayResult
 * @property {number} deliveries
 * @property {{ endpoints: number, pairs: ReplayPair[], summary: { drain: Summary, replay: Summary, ratio: Summary } }[]} runs
 */

/**
 * How fast deliveries that have ended are sent once more by a job, beside how fast they were sent when they were due.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, deliveries: number, say: (line: string) => void }} options
 * @returns {Promise<ReplayResult>}
 */
export async function measureReplay(stage, { pairs, deliveries, say }) {
  /** @type {ReplayResult["runs"]} */
  const runs = [];
  for (const count of endpointCounts) {
    const endpoints = await makeEndpoints(stage, {
      name: `replay_${count}`,
      count,
      url: stage.receiver.url,
    });
    // The first round is not counted: everybody's code gets compiled.
    await measurePair(stage, endpoints, Math.ceil(deliveries / 5));
    /** @type {ReplayPair[]} */
    const measured = [];
    for (let number = 1; number <= pairs; number += 1) {
      const pair = await measurePair(stage, endpoints, deliveries);
      measured.push(pair);
      say(
        `replay ${number}/${pairs}, ${count} endpoints: drain ${Math.round(pair.drain)}/s, replay ${Math.round(pair.replay)}/s, ratio ${pair.ratio.toFixed(3)}`,
      );
    }
    await deleteEndpoints(stage, endpoints);
    runs.push({
      endpoints: count,
      pairs: measured,
      summary: {
        drain: summarize(measured.map(({ drain }) => drain)),
        replay: summarize(measured.map(({ replay }) => replay)),
        ratio: summarize(measured.map(({ ratio }) => ratio)),
      },
    });
  }
  return { deliveries, runs };
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("../support/endpoints.mjs").Endpoint[]} endpoints
 * @param {number} count
 * @returns {Promise<ReplayPair>}
 */
async function measurePair(stage, endpoints, count) {
  const from = new Date().toISOString();
  await publishHeld(stage, endpoints, count);
  const { drain } = await drainOnce(stage, endpoints, count);
  const { replay, memory } = await replayOnce(stage, endpoints, { from, count });
  return { drain, replay, ratio: replay / drain, memory };
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("../support/endpoints.mjs").Endpoint[]} endpoints
 * @param {{ from: string, count: number }} what `from`: no earlier ones; `count` of them have ended
 * @returns {Promise<{ replay: number, memory: { before: number, most: number } }>}
 */
async function replayOnce(stage, endpoints, { from, count }) {
  const { database, posthorn, receiver } = stage;
  await receiver.reset();
  const before = stage.noteMemory().app;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, stage.noteMemory().app);
  }, sampleEveryMs);
  try {
    const startedAt = performance.now();
    const filter = { endpointId: endpoints.map(({ id }) => id), from };
    const { id, total } = await posthorn.request("POST", "/replays", { filter });
    if (total !== count) throw new Error(`${count} deliveries were to be replayed, and ${total} matched`);
    if (!(await untilReceived(receiver, count, patienceMs)))
      throw new Error(`not all of ${count} deliveries came within ten minutes`);
    while (!(await database.isDrained())) await sleep(5);
    const replay = (count * 1_000) / (performance.now() - startedAt);
    await assertDone(posthorn, String(id), count);
    return { replay, memory: { before, most: Math.max(most, stage.noteMemory().app) } };
  } finally {
    clearInterval(watch);
  }
}

/**
 * @param {import("../support/posthorn.mjs").Posthorn} posthorn
 * @param {string} id
 * @param {number} count
 */
async function assertDone(posthorn, id, count) {
  let job = await posthorn.request("GET", `/replays/${id}`);
  // The chunk that finds nothing left is the last one.
  while (job.status === "running") {
    await sleep(20);
    job = await posthorn.request("GET", `/replays/${id}`);
  }
  if (job.status !== "done" || job.done !== count || job.skipped !== 0)
    throw new Error(`a replay of ${count} deliveries ended as ${JSON.stringify(job)}`);
}
