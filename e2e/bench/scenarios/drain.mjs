import { setTimeout as sleep } from "node:timers/promises";
import { bodyBytes, makeEvent } from "../support/event.mjs";
import { median } from "../support/statistics.mjs";

const endpointCount = 20;
const ceilingConnections = 64;
const eventsPerBatch = 500;
/** A drain looks on for 2 s; the next one is to start from a signal. */
const settleMs = 3_000;
const patienceMs = 10 * 60_000;

/**
 * @typedef {object} DrainPair
 * @property {number} ceiling requests a second of a bare HTTP client
 * @property {number} drain deliveries a second, until recorded
 * @property {number} ratio
 * @property {number} repeated deliveries that were sent more than once
 */

/** @typedef {{ deliveries: number, endpoints: number, pairs: DrainPair[], median: { ceiling: number, drain: number, ratio: number } }} DrainResult */

/**
 * How fast what is due is sent and recorded, beside how fast a bare HTTP client could send it. What is due was
 * published while the endpoints were disabled; the time runs from enabling the first to the last record.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, deliveries: number, say: (line: string) => void }} options
 * @returns {Promise<DrainResult>}
 */
export async function measureDrain(stage, { pairs, deliveries, say }) {
  await stage.database.setEndpointLimit(1_000);
  const endpoints = await makeEndpoints(stage);
  // The first round is not counted: everybody's code gets compiled.
  await measurePair(stage, endpoints, Math.ceil(deliveries / 5));

  /** @type {DrainPair[]} */
  const measured = [];
  for (let number = 1; number <= pairs; number += 1) {
    const pair = await measurePair(stage, endpoints, deliveries);
    measured.push(pair);
    say(
      `drain ${number}/${pairs}: ceiling ${Math.round(pair.ceiling)}/s, drain ${Math.round(pair.drain)}/s, ratio ${pair.ratio.toFixed(3)}`,
    );
  }
  return {
    deliveries,
    endpoints: endpointCount,
    pairs: measured,
    median: {
      ceiling: median(measured.map(({ ceiling }) => ceiling)),
      drain: median(measured.map(({ drain }) => drain)),
      ratio: median(measured.map(({ ratio }) => ratio)),
    },
  };
}

/** @typedef {{ id: string, type: string }} Endpoint */

/**
 * Each subscribes to a type of its own, so that an event is one delivery.
 * @param {import("../stage.mjs").Stage} stage
 */
async function makeEndpoints({ posthorn, receiverUrl }) {
  /** @type {Endpoint[]} */
  const endpoints = [];
  for (let number = 1; number <= endpointCount; number += 1) {
    const type = `bench.drain_${number}`;
    const { id } = await posthorn.request("POST", "/endpoints", { url: receiverUrl, eventTypes: [type] });
    endpoints.push({ id: String(id), type });
  }
  return endpoints;
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {Endpoint[]} endpoints
 * @param {number} count
 * @returns {Promise<DrainPair>}
 */
async function measurePair(stage, endpoints, count) {
  const { posthorn, database } = stage;
  for (const { id } of endpoints) await posthorn.request("POST", `/endpoints/${id}/disable`);
  await publish(stage, endpoints, count);
  await sleep(settleMs);

  const { seconds } = await stage.run({
    url: stage.receiverUrl,
    headers: { "content-type": "application/json" },
    body: "x".repeat(bodyBytes),
    connections: ceilingConnections,
    requests: count,
  });
  const ceiling = count / seconds;

  const before = await database.countSucceeded();
  await stage.resetReceived();
  const startedAt = performance.now();
  for (const { id } of endpoints) await posthorn.request("POST", `/endpoints/${id}/enable`);
  await untilReceived(stage, count);
  while (!(await database.isDrained())) await sleep(5);
  const drain = (count * 1_000) / (performance.now() - startedAt);

  stage.noteMemory();
  const succeeded = (await database.countSucceeded()) - before;
  if (succeeded !== count) throw new Error(`${count} deliveries were due, and ${succeeded} succeeded`);
  const { requests } = await stage.receivedCounts();
  return { ceiling, drain, ratio: drain / ceiling, repeated: requests - count };
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {Endpoint[]} endpoints
 * @param {number} count
 */
async function publish({ posthorn }, endpoints, count) {
  for (let from = 0; from < count; from += eventsPerBatch) {
    const events = Array.from({ length: Math.min(eventsPerBatch, count - from) }, (_, place) =>
      makeEvent(endpoints[(from + place) % endpoints.length]?.type ?? ""),
    );
    await posthorn.request("POST", "/events/batch", { events });
  }
}

/**
 * Asks the receiver, so that the database has nothing to do with the measurement until the end.
 * @param {import("../stage.mjs").Stage} stage
 * @param {number} count
 */
async function untilReceived(stage, count) {
  const deadline = Date.now() + patienceMs;
  while ((await stage.receivedCounts()).deliveries < count) {
    if (Date.now() > deadline) throw new Error(`not all of ${count} deliveries came within ten minutes`);
    await sleep(20);
  }
}
