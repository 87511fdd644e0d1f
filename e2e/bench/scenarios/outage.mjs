import { setTimeout as sleep } from "node:timers/promises";
import { deleteEndpoints, makeEndpoints } from "../support/endpoints.mjs";
import { enableAll, publishHeld } from "../support/held.mjs";
import { othersCount, othersPace, sayPair, summarizeOthers, takePair } from "../support/others.mjs";
import { runPaced } from "../support/paced-load.mjs";
import { untilReceived } from "../support/receiver.mjs";
import { summarize } from "../support/summarize.mjs";

const patienceMs = 10 * 60_000;

/** @typedef {import("../support/others.mjs").OthersPair & { drainSeconds: number }} OutagePair */

/**
 * @typedef {object} OutageResult
 * @property {number} held
 * @property {OutagePair[]} pairs
 * @property {import("../support/others.mjs").OthersSummary & { drainSeconds: import("../support/summarize.mjs").Summary }} summary
 */

/**
 * How long an endpoint takes to get what was held for it, from enabling it to the last receipt, and what others'
 * deliveries take meanwhile.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, held: number, seconds: number, say: (line: string) => void }} options `seconds` of a run
 *   without
 * @returns {Promise<OutageResult>}
 */
export async function measureOutage(stage, { pairs, held, seconds, say }) {
  const { database } = stage;
  const recovered = await stage.startReceiver();
  const others = await makeEndpoints(stage, {
    name: "during",
    count: othersCount,
    url: stage.receiver.timedUrl,
  });
  const down = await makeEndpoints(stage, { name: "outage", count: 1, url: recovered.url });
  const pace = { ...othersPace, types: others.map(({ type }) => type) };
  const runWithout = () => runPaced(stage, { ...pace, seconds });
  // Not counted: everybody's code gets compiled.
  await runWithout();

  /** @type {OutagePair[]} */
  const measured = [];
  for (let number = 1; number <= pairs; number += 1) {
    await publishHeld(stage, down, held);
    await recovered.reset();
    let drainSeconds = Number.NaN;
    const drain = async () => {
      const startedAt = performance.now();
      await enableAll(stage, down);
      if (!(await untilReceived(recovered, held, patienceMs)))
        throw new Error(`not all of ${held} held deliveries came within ten minutes`);
      drainSeconds = (performance.now() - startedAt) / 1_000;
    };
    const pair = await takePair(number, runWithout, async () => {
      const result = await runPaced(stage, { ...pace, seconds: patienceMs / 1_000, until: drain });
      while (!(await database.isDrained())) await sleep(20);
      return result;
    });
    stage.noteMemory();
    measured.push({ ...pair, drainSeconds });
    say(`outage ${number}/${pairs}: ${held} drained in ${drainSeconds.toFixed(1)} s, ${sayPair(pair)}`);
  }
  await deleteEndpoints(stage, [...others, ...down]);
  return {
    held,
    pairs: measured,
    summary: {
      ...summarizeOthers(measured),
      drainSeconds: summarize(measured.map((pair) => pair.drainSeconds)),
    },
  };
}
