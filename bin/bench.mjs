#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { compare, formatComparison } from "../e2e/bench/compare.mjs";
import { readOptions, usage } from "../e2e/bench/options.mjs";
import { play } from "../e2e/bench/play.mjs";
import { describeMachine, formatMachine, formatReport } from "../e2e/bench/report.mjs";
import { openStage } from "../e2e/bench/stage.mjs";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { Lifecycle } from "./launcher/lifecycle.mjs";
import { prepare } from "./launcher/prepare.mjs";
import { say } from "./launcher/progress.mjs";
import { reportError } from "./launcher/report-error.mjs";
import { assertNodeVersion } from "./launcher/settings.mjs";

/** Measures the built app, on a database of its own that goes afterwards, and prints a table. */
async function bench() {
  const lifecycle = new Lifecycle();
  lifecycle.endOnSignals(() => 130);
  try {
    assertNodeVersion();
    const options = readOptions(process.argv.slice(2));
    if (options.help) return say(usage);
    const about = { startedAt: new Date().toISOString(), machine: describeMachine() };
    await prepare({ build: options.build, ending: lifecycle.ending });
    const report = { ...about, ...(await measure(lifecycle, options)) };
    say(`\n${formatMachine(about.machine)}\n\n${report.text}`);
    const { text: _, ...data } = report;
    if (options.json) writeFileSync(options.json, `${JSON.stringify(data, null, 2)}\n`);
    await lifecycle.end(0);
  } catch (error) {
    if (!lifecycle.ending.aborted) reportError(error);
    await lifecycle.end(error instanceof StartError ? error.exitCode : 1);
  }
}

/**
 * @param {Lifecycle} lifecycle
 * @param {import("../e2e/bench/options.mjs").BenchOptions} options
 * @returns {Promise<{ text: string } & Record<string, unknown>>} what was found, and as `text` for people
 */
async function measure(lifecycle, options) {
  if (options.compare !== undefined) {
    const comparison = await compare(lifecycle, { ...options, compare: options.compare }, say);
    return { ...comparison, text: formatComparison(comparison) };
  }
  const stage = await openStage(lifecycle, options);
  const measured = await Promise.race([stage.posthorn.ended, play(stage, options, say)]);
  const found = { ...measured, memory: stage.memory };
  return { ...found, text: formatReport(found) };
}

await bench();
