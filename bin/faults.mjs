#!/usr/bin/env node
import { readOptions, usage } from "../e2e/faults/options.mjs";
import { formatReport } from "../e2e/faults/report.mjs";
import { isUnharmed, obstacleTo, playScenario } from "../e2e/faults/scenarios.mjs";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { Lifecycle } from "./launcher/lifecycle.mjs";
import { prepare } from "./launcher/prepare.mjs";
import { say } from "./launcher/progress.mjs";
import { reportError } from "./launcher/report-error.mjs";
import { assertNodeVersion } from "./launcher/settings.mjs";

/** Breaks the built app and its database in every way under load, and counts what was lost: nothing, or it fails. */
async function faults() {
  const lifecycle = new Lifecycle();
  lifecycle.endOnSignals(() => 130);
  try {
    assertNodeVersion();
    const options = readOptions(process.argv.slice(2));
    if (options.help) return say(usage);
    await prepare({ build: options.build, ending: lifecycle.ending });
    say(`Seed ${options.seed} (--seed ${options.seed} makes the same choices again).`);

    const played = await play(options, lifecycle);
    say(`\n${formatReport(played)}`);
    await lifecycle.end(played.every(isUnharmed) ? 0 : 1);
  } catch (error) {
    if (!lifecycle.ending.aborted) reportError(error);
    await lifecycle.end(error instanceof StartError ? error.exitCode : 1);
  }
}

/**
 * @param {import("../e2e/faults/options.mjs").FaultOptions} options
 * @param {Lifecycle} lifecycle
 */
async function play({ names, kills, seed }, lifecycle) {
  const played = [];
  for (const name of names) {
    lifecycle.ending.throwIfAborted();
    const obstacle = obstacleTo(name);
    if (obstacle) {
      say(`\n${name}: skipped: ${obstacle}`);
      continue;
    }
    say(`\n${name}`);
    played.push(await playScenario({ name, seed, kills, say, onEnd: (close) => lifecycle.onEnd(close) }));
  }
  return played;
}

await faults();
