#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { StartError } from "../db/embedded/start-error.mjs";
import { readOptions, usage } from "../e2e/bench/options.mjs";
import { describeMachine, formatReport } from "../e2e/bench/report.mjs";
import { measureDrain } from "../e2e/bench/scenarios/drain.mjs";
import { measurePublish } from "../e2e/bench/scenarios/publish.mjs";
import { openStage } from "../e2e/bench/stage.mjs";
import { ensureBuilt, isBuilt } from "./launcher/build.mjs";
import { ensureInstalled } from "./launcher/install.mjs";
import { Lifecycle } from "./launcher/lifecycle.mjs";
import { say } from "./launcher/progress.mjs";
import { assertNodeVersion } from "./launcher/settings.mjs";

/** Measures the built app, on a database of its own that goes afterwards, and prints a table. */
async function bench() {
  const lifecycle = new Lifecycle();
  lifecycle.endOnSignals(() => 130);
  try {
    assertNodeVersion();
    const options = readOptions(process.argv.slice(2));
    if (options.help) return say(usage);
    const machine = describeMachine();
    const startedAt = new Date().toISOString();
    await prepare(options.build, lifecycle.ending);

    const stage = await openStage(lifecycle);
    const measured = await Promise.race([stage.posthorn.ended, play(stage, options)]);
    const report = { startedAt, machine, ...measured, memory: stage.memory };
    say(`\n${formatReport(report)}`);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    await lifecycle.end(0);
  } catch (error) {
    if (!lifecycle.ending.aborted) report(error);
    await lifecycle.end(error instanceof StartError ? error.exitCode : 1);
  }
}

/**
 * @param {boolean} build
 * @param {AbortSignal} ending
 */
async function prepare(build, ending) {
  if (!build) {
    if (!isBuilt()) throw new StartError("There is no build of the app. Start without --no-build.");
    return;
  }
  await ensureInstalled(ending);
  await ensureBuilt(ending);
}

/**
 * Plays the scenarios that were asked for, one after the other.
 * @param {import("../e2e/bench/stage.mjs").Stage} stage
 * @param {import("../e2e/bench/options.mjs").BenchOptions} options
 * @returns {Promise<Pick<import("../e2e/bench/report.mjs").BenchReport, "drain" | "publish">>}
 */
async function play(stage, { scenarios, pairs, deliveries, events }) {
  /** @type {Awaited<ReturnType<typeof play>>} */
  const measured = {};
  if (scenarios.includes("drain")) measured.drain = await measureDrain(stage, { pairs, deliveries, say });
  if (scenarios.includes("publish")) {
    measured.publish = await measurePublish(stage, { rounds: pairs, events, say });
  }
  return measured;
}

/** @param {unknown} error */
function report(error) {
  const text =
    error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`posthorn: ${text}\n`);
}

await bench();
