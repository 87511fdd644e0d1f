import { setTimeout as sleep } from "node:timers/promises";
import { deleteEndpoints, makeEndpoints } from "./endpoints.mjs";
import { processorTimeEach, readProcessorTime } from "./processor-time.mjs";
import { untilReceived } from "./receiver.mjs";
import { summarize } from "./summarize.mjs";
import { summarizeProcessorTime } from "./summarize-processor-time.mjs";

const endpointCount = 20;
const freshEvents = 1_000;
/** The bare server takes several times as many requests, so that both halves of a pair take a while. */
const bareTimes = 4;
const patienceMs = 10 * 60_000;

/** @typedef {import("./processor-time.mjs").ProcessorTime} ProcessorTime */
/** @typedef {import("./summarize.mjs").Summary} Summary */

/**
 * Events that were published one after the other to a Posthorn that had nothing else to do.
 * @typedef {object} Published
 * @property {number} accepted events a second, until the last answer
 * @property {number} recorded events a second, until the last delivery is recorded
 * @property {number} p50Ms of a request
 * @property {number} p99Ms
 * @property {ProcessorTime} processorTime microseconds an event, until recorded
 */

/**
 * @typedef {Published & { bare: number, bareP50Ms: number, bareP99Ms: number, ratio: number }} PublishingPair
 *   `bare`: events a second that the bare server accepts; `ratio`: what Posthorn accepts to it
 */

/**
 * @typedef {object} PublishingResult
 * @property {number} connections
 * @property {number} eventsPerRequest
 * @property {number} endpoints each event goes to one of them
 * @property {Published & { events: number }} fresh the first events of a fresh process
 * @property {PublishingPair[]} pairs
 * @property {{ accepted: Summary, recorded: Summary, bare: Summary, ratio: Summary, p50Ms: Summary, p99Ms: Summary,
 *   app: Summary | null, database: Summary | null }} summary `app`, `database`: processor time, microseconds an event
 */

/**
 * How fast events are accepted, delivered and recorded, beside how fast a bare Node HTTP server reads the same JSON,
 * pair by pair; and before that, by a process that was just started.
 * @param {import("../stage.mjs").Stage} stage
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.route
 * @param {(types: string[]) => string[]} options.bodiesFor bodies that take turns, each event for one endpoint
 * @param {number} options.eventsPerRequest
 * @param {number} options.connections
 * @param {number} options.pairs
 * @param {number} options.events of a pair
 * @param {(line: string) => void} options.say
 * @returns {Promise<PublishingResult>}
 */
export async function measurePublishing(stage, { name, route, bodiesFor, pairs, events, say, ...kind }) {
  const { posthorn, receiver } = stage;
  const { eventsPerRequest, connections } = kind;
  const endpoints = await makeEndpoints(stage, { name, count: endpointCount, url: receiver.url });
  const bodies = bodiesFor(endpoints.map(({ type }) => type));
  const load = { url: `${posthorn.api}${route}`, headers: posthorn.headers, bodies, connections };
  const bareLoad = { ...load, url: (await stage.bareServer()).url };
  const requestsFor = (/** @type {number} */ count) => Math.ceil(count / eventsPerRequest);
  const publish = (/** @type {number} */ count) =>
    publishOnce(stage, { ...load, requests: requestsFor(count) }, requestsFor(count) * eventsPerRequest);
  const publishBare = async () => {
    const requests = requestsFor(events) * bareTimes;
    const { seconds, p50Ms, p99Ms } = await stage.run({ ...bareLoad, requests });
    return { bare: (requests * eventsPerRequest) / seconds, bareP50Ms: p50Ms, bareP99Ms: p99Ms };
  };

  // Not counted: what makes the load is warm before the process that is not.
  await publishBare();
  await posthorn.restart();
  const fresh = { ...(await publish(freshEvents)), events: freshEvents };
  say(`${name}, first ${freshEvents} of a fresh process: ${sayPublished(fresh)}`);
  // Not counted: the code gets compiled.
  await publish(events);

  /** @type {PublishingPair[]} */
  const measured = [];
  for (let number = 1; number <= pairs; number += 1) {
    const first = number % 2 === 1 ? await publishBare() : null;
    const published = await publish(events);
    const bare = first ?? (await publishBare());
    stage.noteMemory();
    const pair = { ...published, ...bare, ratio: published.accepted / bare.bare };
    measured.push(pair);
    say(
      `${name} ${number}/${pairs}: ${sayPublished(pair)}; bare ${Math.round(pair.bare)}/s, ratio ${pair.ratio.toFixed(3)}`,
    );
  }
  await deleteEndpoints(stage, endpoints);
  return {
    ...kind,
    endpoints: endpointCount,
    fresh,
    pairs: measured,
    summary: summarizePairs(measured),
  };
}

/**
 * @param {import("../stage.mjs").Stage} stage
 * @param {import("../workers/load.mjs").Load} load
 * @param {number} events in it, one delivery each
 * @returns {Promise<Published>}
 */
async function publishOnce(stage, load, events) {
  const { posthorn, database, receiver } = stage;
  await receiver.reset();
  const before = readProcessorTime(posthorn.pids);
  const startedAt = performance.now();
  const { seconds, p50Ms, p99Ms } = await stage.run(load);
  if (!(await untilReceived(receiver, events, patienceMs)))
    throw new Error(`not all of ${events} deliveries came within ten minutes`);
  while (!(await database.isDrained())) await sleep(20);
  const recordedSeconds = (performance.now() - startedAt) / 1_000;
  const processorTime = processorTimeEach(before, readProcessorTime(posthorn.pids), events);
  return { accepted: events / seconds, recorded: events / recordedSeconds, p50Ms, p99Ms, processorTime };
}

/**
 * @param {PublishingPair[]} pairs
 * @returns {PublishingResult["summary"]}
 */
function summarizePairs(pairs) {
  const of = (/** @type {"accepted" | "recorded" | "bare" | "ratio" | "p50Ms" | "p99Ms"} */ name) =>
    summarize(pairs.map((pair) => pair[name]));
  return {
    accepted: of("accepted"),
    recorded: of("recorded"),
    bare: of("bare"),
    ratio: of("ratio"),
    p50Ms: of("p50Ms"),
    p99Ms: of("p99Ms"),
    ...summarizeProcessorTime(pairs),
  };
}

/** @param {Published} published */
function sayPublished({ accepted, recorded, processorTime }) {
  const time = processorTime
    ? `, app ${Math.round(processorTime.app)} us and database ${Math.round(processorTime.database)} us an event`
    : "";
  return `${Math.round(accepted)} events/s accepted, ${Math.round(recorded)}/s recorded${time}`;
}
