import { setTimeout as sleep } from "node:timers/promises";
import { deleteEndpoints, makeEndpoints } from "../support/endpoints.mjs";
import { makeEvent } from "../support/event.mjs";
import { untilReceived } from "../support/receiver.mjs";

const endpointCount = 20;
const times = 10;
const capacityConnections = 32;
const connections = 1_000;
const memoryEveryMs = 500;
const patienceMs = 10 * 60_000;

/**
 * @typedef {object} OverloadResult
 * @property {number} seconds
 * @property {number} connections
 * @property {number} capacity events a second that are accepted over 32 connections, which wait for each answer
 * @property {number} offered requests sent
 * @property {number} unsent requests of the pace that found no connection free
 * @property {number} accepted answered 202
 * @property {Record<string, number>} refused by status and `Retry-After`
 * @property {Record<string, number>} broken without an answer, by what happened
 * @property {{ p50Ms: number, p99Ms: number }} acceptedLatency
 * @property {number} lost answered 202, and not in the database
 * @property {number} undelivered of these, ten minutes later
 * @property {number} memoryMax bytes of the app, sampled twice a second
 */

/**
 * Ten times as many events, one a request, as are accepted at full speed. The app must live through it: if it ends, so
 * does the run, with an error.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ events: number, seconds: number, say: (line: string) => void }} options `events` that capacity is measured by
 * @returns {Promise<OverloadResult>}
 */
export async function measureOverload(stage, { events, seconds, say }) {
  const { posthorn, database, receiver } = stage;
  const endpoints = await makeEndpoints(stage, {
    name: "overload",
    count: endpointCount,
    url: receiver.url,
  });
  const bodies = endpoints.map(({ type }) => JSON.stringify(makeEvent(type)));
  const target = { url: `${posthorn.api}/events`, headers: posthorn.headers, bodies };
  const load = { ...target, connections: capacityConnections, requests: events };
  // Not counted: the code gets compiled.
  await stage.run(load);
  const capacity = events / (await stage.run(load)).seconds;
  while (!(await database.isDrained())) await sleep(100);
  await receiver.reset();

  const worker = stage.startWorker("overload.mjs");
  const flooding = /** @type {Promise<import("../workers/overload.mjs").FloodResult>} */ (
    worker.call("run", { ...target, perSecond: capacity * times, seconds, connections })
  );
  let memoryMax = 0;
  const noteMemory = () => {
    memoryMax = Math.max(memoryMax, stage.noteMemory().app);
  };
  const timer = setInterval(noteMemory, memoryEveryMs);
  const { accepted, ...flood } = await flooding.finally(() => clearInterval(timer));
  await worker.stop();
  const lost = accepted.length - (await database.countEvents(accepted));
  // More may come: what had no answer may have been accepted too.
  await untilReceived(receiver, accepted.length, patienceMs);
  while (!(await database.isDrained())) await sleep(100);
  noteMemory();
  const { deliveries } = await receiver.counts();
  await deleteEndpoints(stage, endpoints);
  const undelivered = Math.max(0, accepted.length - deliveries);
  const counts = { accepted: accepted.length, lost, undelivered };
  const result = { seconds, connections, capacity, ...flood, ...counts, memoryMax };
  say(
    `overload: ${result.accepted} accepted of ${result.offered}, ${lost} lost, p99 ${Math.round(flood.acceptedLatency.p99Ms)} ms`,
  );
  return result;
}
