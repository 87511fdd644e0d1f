import { openAppProcesses } from "../support/app-processes.mjs";
import { createBenchDatabase, openBenchDatabase } from "../support/bench-database.mjs";
import { drainOnce } from "../support/drain-once.mjs";
import { deleteEndpoints, makeEndpoints } from "../support/endpoints.mjs";
import { publishHeld } from "../support/held.mjs";
import { readProcessorTime } from "../support/processor-time.mjs";
import { summarize } from "../support/summarize.mjs";

const endpointCount = 40;
/** Requests in flight of a process: so few that neither the processor nor the endpoints' own limits decide. */
const concurrency = 32;

/** @typedef {import("../support/summarize.mjs").Summary} Summary */
/** @typedef {{ drain: number, processorUs: number | null }} ProcessesArm deliveries a second; of app and database, each */
/** @typedef {{ one: ProcessesArm, two: ProcessesArm, ratio: number, processorRatio: number | null }} ProcessesPair */

/**
 * @typedef {object} ProcessesResult
 * @property {number} deliveries
 * @property {number} endpoints
 * @property {number} concurrency
 * @property {ProcessesPair[]} pairs
 * @property {{ one: ProcessesArm, two: ProcessesArm, ratio: Summary, processorRatio: Summary | null }} summary
 */

/**
 * How fast what is due is sent by two processes that share a database, beside one, to a receiver that takes 50 ms for each,
 * and what processor time a delivery takes. A third process answers requests; what is enabled there wakes those that deliver.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, deliveries: number, say: (line: string) => void }} options
 * @returns {Promise<ProcessesResult>}
 */
export async function measureProcesses(stage, { pairs, deliveries, say }) {
  const { lifecycle, receiver } = stage;
  const databaseUrl = await createBenchDatabase(stage.posthorn.databaseUrl, "processes");
  const database = openBenchDatabase(databaseUrl);
  lifecycle.onEnd(database.close);
  const processes = await openAppProcesses(lifecycle, databaseUrl);
  const shared = {
    ...stage,
    database,
    posthorn: { ...stage.posthorn, ...processes.posthorn },
    receiver: { ...receiver, url: receiver.slowUrl },
  };
  const endpoints = await makeEndpoints(shared, {
    name: "processes",
    count: endpointCount,
    url: receiver.slowUrl,
  });

  /** @param {number} workers @returns {Promise<ProcessesArm>} */
  const measure = async (workers) => {
    const started = await Promise.all(
      Array.from({ length: workers }, () => processes.startWorker(concurrency)),
    );
    const { database: databasePid } = stage.posthorn.pids;
    const processorMs = () =>
      sumOf(started.map(({ pid }) => readProcessorTime({ app: pid, database: databasePid })));
    const send = async (/** @type {number} */ count) => {
      await publishHeld(shared, endpoints, count);
      const before = processorMs();
      const { drain } = await drainOnce(shared, endpoints, count);
      const after = processorMs();
      const isKnown = before !== null && after !== null;
      return { drain, processorUs: isKnown ? ((after - before) * 1_000) / count : null };
    };
    // Not counted: the code of each process gets compiled, which takes as much of each.
    await send(workers * Math.ceil(deliveries / 2));
    const measured = await send(deliveries);
    await Promise.all(started.map(({ stop }) => stop()));
    return measured;
  };
  /** @type {ProcessesPair[]} */
  const measured = [];
  for (let number = 1; number <= pairs; number += 1) {
    /** @type {[ProcessesArm, ProcessesArm]} */
    const [one, two] =
      number % 2 === 1
        ? [await measure(1), await measure(2)]
        : /** @type {[ProcessesArm, ProcessesArm]} */ ([await measure(2), await measure(1)].toReversed());
    const pair = pairOf(one, two);
    measured.push(pair);
    say(
      `processes ${number}/${pairs}: one ${Math.round(one.drain)}/s, two ${Math.round(two.drain)}/s, ratio ${pair.ratio.toFixed(2)}; processor time ${us(one)} and ${us(two)} us a delivery`,
    );
  }
  await deleteEndpoints(shared, endpoints);
  const meanOf = (/** @type {"one" | "two"} */ arm) => ({
    drain: summarize(measured.map((pair) => pair[arm].drain)).mean,
    processorUs: summarizeKnown(measured.map((pair) => pair[arm].processorUs))?.mean ?? null,
  });
  return {
    deliveries,
    endpoints: endpointCount,
    concurrency,
    pairs: measured,
    summary: {
      one: meanOf("one"),
      two: meanOf("two"),
      ratio: summarize(measured.map(({ ratio }) => ratio)),
      processorRatio: summarizeKnown(measured.map(({ processorRatio }) => processorRatio)),
    },
  };
}

/**
 * @param {import("../support/processor-time.mjs").ProcessorTime[]} times of each process, beside the same database
 * @returns {number | null} milliseconds of all processes and the database
 */
function sumOf(times) {
  return times.reduce(
    (/** @type {number | null} */ sum, time, place) =>
      sum === null || time === null ? null : sum + time.app + (place === 0 ? time.database : 0),
    0,
  );
}

/**
 * @param {ProcessesArm} one
 * @param {ProcessesArm} two
 * @returns {ProcessesPair}
 */
function pairOf(one, two) {
  const isKnown = one.processorUs !== null && two.processorUs !== null;
  return {
    one,
    two,
    ratio: two.drain / one.drain,
    processorRatio: isKnown ? Number(two.processorUs) / Number(one.processorUs) : null,
  };
}

/** @param {ProcessesArm} arm */
function us({ processorUs }) {
  return processorUs === null ? "unknown" : Math.round(processorUs);
}

/** @param {(number | null)[]} values */
function summarizeKnown(values) {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? summarize(known) : null;
}
