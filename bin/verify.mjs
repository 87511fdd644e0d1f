#!/usr/bin/env node
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { oldestMajor } from "../db/connection/oldest-major.mjs";
import { hasOlderPostgres } from "./embedded-postgres/binaries.mjs";
import { ensureInstalled } from "./launcher/install.mjs";
import { say } from "./launcher/progress.mjs";
import { assertNodeVersion } from "./launcher/settings.mjs";
import { findChromium } from "./verify/find-chromium.mjs";
import { endAll, measure } from "./verify/run-step.mjs";
import * as steps from "./verify/steps.mjs";

/** Settings of a user's own Posthorn, which the tests must neither use nor touch. */
const settingNames = /^(POSTHORN_|INNGEST_)|^(DATABASE_URL|APP_URL|HOST|PORT|SMTP_URL|NODE_ENV)$/;

/** Installs what the tests need, runs every check and test there is, and ends with one line that adds them up. */
async function verify() {
  const startedAt = Date.now();
  const ending = new AbortController();
  const tempDir = mkdtempSync(path.join(os.tmpdir(), "posthorn-verify-"));
  // PostgreSQL's account must be able to enter it if this runs as root.
  chmodSync(tempDir, 0o711);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      ending.abort();
      endAll();
    });
  }
  try {
    assertNodeVersion();
    await ensureInstalled(ending.signal);
    const env = await testEnvironment(tempDir);
    const results = await runSteps(env, tempDir, ending.signal);
    const failed = report(results, (Date.now() - startedAt) / 1000);
    process.exitCode = failed > 0 || ending.signal.aborted ? 1 : 0;
  } catch (error) {
    process.stderr.write(`posthorn: ${error instanceof Error ? error.message : error}\n`);
    say("0 passed, 1 failed");
    process.exitCode = 1;
  } finally {
    removeTempDir(tempDir);
  }
}

/**
 * What a step left running may write there still; that says nothing about the tests.
 * @param {string} tempDir
 */
function removeTempDir(tempDir) {
  try {
    rmSync(tempDir, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    process.stderr.write(`posthorn: ${tempDir} is left behind: ${error}\n`);
  }
}

/**
 * @param {string} tempDir
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function testEnvironment(tempDir) {
  const chromium = await findChromium();
  for (const name of Object.keys(process.env)) if (settingNames.test(name)) delete process.env[name];
  return { ...process.env, TMPDIR: tempDir, NEXT_TELEMETRY_DISABLED: "1", POSTHORN_CHROMIUM: chromium };
}

/**
 * Runs the steps. System tests mostly wait, and run beside those that keep the processors busy.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} tempDir
 * @param {AbortSignal} ending
 */
async function runSteps(env, tempDir, ending) {
  const oldest = hasOlderPostgres(oldestMajor) ? ["database-oldest"] : [];
  const databases = ["unit", "component", "database", ...oldest];
  /** @type {import("./verify/run-step.mjs").StepResult[]} */
  const results = [];
  const inTurn = async (/** @type {Record<string, () => Promise<steps.Counts>>} */ wanted) => {
    for (const [name, work] of Object.entries(wanted)) {
      if (ending.aborted) return;
      results.push(await measureAndSay(name, work));
    }
  };
  await Promise.all([
    inTurn({ types: () => steps.checkTypes(env) }),
    inTurn({
      biome: () => steps.checkStyle(env),
      knip: () => steps.checkDeadCode(env),
      layers: () => steps.checkLayers(env),
    }),
  ]);
  await inTurn({ build: () => steps.build(ending) });
  await Promise.all([
    inTurn({
      "unit, component and database tests": () => steps.runVitest(databases, env, tempDir),
      "browser tests": () => steps.runPlaywright(env, tempDir),
    }),
    inTurn({
      "system tests": () => steps.runVitest(["system"], env, tempDir),
      "fault tests": () => steps.runVitest(["faults"], env, tempDir),
    }),
  ]);
  if (oldest.length === 0) {
    const skipped = { passed: 0, failed: 0, skipped: 1, output: "" };
    await inTurn({ [`PostgreSQL ${oldestMajor} (none here)`]: async () => skipped });
  }
  return results;
}

/**
 * @param {string} name
 * @param {() => Promise<steps.Counts>} work
 */
async function measureAndSay(name, work) {
  const result = await measure(name, work);
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
  say(`${name}: ${result.passed} passed, ${result.failed} failed${skipped} (${result.seconds.toFixed(1)} s)`);
  if (result.failed > 0) say(`\n${result.output.trim()}\n`);
  return result;
}

/**
 * Prints the table and, last, the line that CI reads.
 * @param {import("./verify/run-step.mjs").StepResult[]} results
 * @param {number} seconds
 * @returns {number} how many failed
 */
function report(results, seconds) {
  const sum = (/** @type {"passed" | "failed" | "skipped"} */ key) =>
    results.reduce((all, step) => all + step[key], 0);
  const row = (/** @type {(string | number)[]} */ [name = "", ...cells]) =>
    `${String(name).padEnd(36)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;
  say(`\n${row(["", "seconds", "passed", "failed", "skipped"])}`);
  for (const step of results) {
    say(row([step.name, step.seconds.toFixed(1), step.passed, step.failed, step.skipped]));
  }
  say(row(["all", seconds.toFixed(1), sum("passed"), sum("failed"), sum("skipped")]));
  const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
  say(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
  return results.length === 0 ? 1 : sum("failed");
}

await verify();
