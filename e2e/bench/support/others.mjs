import { summarize } from "./summarize.mjs";

/** How the other endpoints are used while one of them is in trouble. */
export const othersPace = { eventsPerSecond: 200, eventsPerBatch: 20 };
export const othersCount = 19;

/**
 * What others' deliveries took without the trouble of one endpoint, and beside it.
 * @typedef {object} OthersPair
 * @property {import("./paced-load.mjs").PacedResult} without
 * @property {import("./paced-load.mjs").PacedResult} beside
 * @property {number} ratio of the p99 from publishing to receipt
 */

/** @typedef {import("./summarize.mjs").Summary} Summary */
/** @typedef {{ withoutP99Ms: Summary, besideP99Ms: Summary, ratio: Summary }} OthersSummary */

/**
 * Takes a pair, and begins with the other half each time.
 * @param {number} number of the pair
 * @param {() => Promise<import("./paced-load.mjs").PacedResult>} runWithout
 * @param {() => Promise<import("./paced-load.mjs").PacedResult>} runBeside
 * @returns {Promise<OthersPair>}
 */
export async function takePair(number, runWithout, runBeside) {
  const first = number % 2 === 1 ? await runWithout() : null;
  const beside = await runBeside();
  const without = first ?? (await runWithout());
  return { without, beside, ratio: beside.received.p99Ms / without.received.p99Ms };
}

/**
 * @param {OthersPair[]} pairs
 * @returns {OthersSummary}
 */
export function summarizeOthers(pairs) {
  return {
    withoutP99Ms: summarize(pairs.map(({ without }) => without.received.p99Ms)),
    besideP99Ms: summarize(pairs.map(({ beside }) => beside.received.p99Ms)),
    ratio: summarize(pairs.map(({ ratio }) => ratio)),
  };
}

/** @param {OthersPair} pair */
export function sayPair({ without, beside, ratio }) {
  return `others' p99 ${without.received.p99Ms} ms without, ${beside.received.p99Ms} ms beside, ratio ${ratio.toFixed(2)}`;
}
