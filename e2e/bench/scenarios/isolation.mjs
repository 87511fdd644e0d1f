import { setTimeout as sleep } from "node:timers/promises";
import { deleteEndpoints, makeEndpoints } from "../support/endpoints.mjs";
import { enableAll, publishHeld } from "../support/held.mjs";
import { othersCount, othersPace, sayPair, summarizeOthers, takePair } from "../support/others.mjs";
import { runPaced } from "../support/paced-load.mjs";

/** @typedef {import("../support/others.mjs").OthersPair} OthersPair */

/** @typedef {{ due: number, pairs: OthersPair[], summary: import("../support/others.mjs").OthersSummary }} IsolationResult */

/**
 * What others' deliveries take beside an endpoint that accepts connections and never answers, with many deliveries
 * due for it: from when it is enabled, so that its attempts hang, time out, and it backs off.
 * @param {import("../stage.mjs").Stage} stage
 * @param {{ pairs: number, due: number, seconds: number, say: (line: string) => void }} options
 * @returns {Promise<IsolationResult>}
 */
export async function measureIsolation(stage, { pairs, due, seconds, say }) {
  const { receiver, database } = stage;
  const silent = await stage.startReceiver();
  const others = await makeEndpoints(stage, {
    name: "beside",
    count: othersCount,
    url: receiver.timedUrl,
  });
  const stalled = await makeEndpoints(stage, { name: "stalled", count: 1, url: silent.silentUrl });
  await publishHeld(stage, stalled, due);

  const run = () => runPaced(stage, { ...othersPace, types: others.map(({ type }) => type), seconds });
  const runBeside = async () => {
    await enableAll(stage, stalled);
    const result = await run();
    if ((await silent.counts()).requests === 0)
      throw new Error("the endpoint that never answers got nothing");
    await silent.reset();
    await publishHeld(stage, stalled, 0);
    // What hangs ends after 15 s.
    while (await database.hasLeases()) await sleep(100);
    return result;
  };
  // Not counted: everybody's code gets compiled.
  await run();
  /** @type {OthersPair[]} */
  const measured = [];
  for (let number = 1; number <= pairs; number += 1) {
    const pair = await takePair(number, run, runBeside);
    stage.noteMemory();
    measured.push(pair);
    say(`isolation ${number}/${pairs}: ${sayPair(pair)}`);
  }
  await deleteEndpoints(stage, [...others, ...stalled]);
  while (!(await database.isDrained())) await sleep(100);
  return { due, pairs: measured, summary: summarizeOthers(measured) };
}
