#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { readOptions, usage } from "../e2e/bench/options.mjs";
import { describeMachine, formatReport } from "../e2e/bench/report.mjs";
import { measureBatch } from "../e2e/bench/scenarios/batch.mjs";
import { measureClaims } from "../e2e/bench/scenarios/claims.mjs";
import { measureDrain } from "../e2e/bench/scenarios/drain.mjs";
import { measureIsolation } from "../e2e/bench/scenarios/isolation.mjs";
import { measureOutage } from "../e2e/bench/scenarios/outage.mjs";
import { measureProcesses } from "../e2e/bench/scenarios/processes.mjs";
import { measureSchemas } from "../e2e/bench/scenarios/schemas.mjs";
import { measureSignatures } from "../e2e/bench/scenarios/signatures.mjs";
import { measureSingle } from "../e2e/bench/scenarios/single.mjs";
import { measureSteady } from "../e2e/bench/scenarios/steady.mjs";
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
    const machine = describeMachine();
    const startedAt = new Date().toISOString();
    await prepare({ build: options.build, ending: lifecycle.ending });

    const stage = await openStage(lifecycle, options);
    const measured = await Promise.race([stage.posthorn.ended, play(stage, options)]);
    const report = { startedAt, machine, ...measured, memory: stage.memory };
    say(`\n${formatReport(report)}`);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    await lifecycle.end(0);
  } catch (error) {
    if (!lifecycle.ending.aborted) reportError(error);
    await lifecycle.end(error instanceof StartError ? error.exitCode : 1);
  }
}

/**
 * Plays the scenarios that were asked for, one after the other.
 * @param {import("../e2e/bench/stage.mjs").Stage} stage
 * @param {import("../e2e/bench/options.mjs").BenchOptions} options
 * @returns {Promise<import("../e2e/bench/report.mjs").Measured>}
 */
async function play(stage, { scenarios, pairs, deliveries, events, seconds, ...sizes }) {
  const { idleSeconds, runSeconds, due, held, queue } = sizes;
  /** @type {Awaited<ReturnType<typeof play>>} */
  const measured = {};
  if (scenarios.includes("drain")) measured.drain = await measureDrain(stage, { pairs, deliveries, say });
  if (scenarios.includes("single")) {
    measured.single = await measureSingle(stage, { pairs, events: events.single, say });
  }
  if (scenarios.includes("batch")) {
    measured.batch = await measureBatch(stage, { pairs, events: events.batch, say });
  }
  if (scenarios.includes("steady")) {
    measured.steady = await measureSteady(stage, { seconds, idleSeconds, say });
  }
  if (scenarios.includes("isolation")) {
    measured.isolation = await measureIsolation(stage, { pairs, due, seconds: runSeconds, say });
  }
  if (scenarios.includes("outage")) {
    measured.outage = await measureOutage(stage, { pairs, held, seconds: runSeconds, say });
  }
  if (scenarios.includes("schemas")) {
    measured.schemas = await measureSchemas(stage, { pairs, seconds: runSeconds, say });
  }
  if (scenarios.includes("signatures")) {
    measured.signatures = await measureSignatures(stage, { rounds: pairs, deliveries, say });
  }
  if (scenarios.includes("claims")) measured.claims = await measureClaims(stage, { ...queue, say });
  if (scenarios.includes("processes")) {
    measured.processes = await measureProcesses(stage, { pairs, deliveries: Math.ceil(deliveries / 2), say });
  }
  return measured;
}

await bench();
