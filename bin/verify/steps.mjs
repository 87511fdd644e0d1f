import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ensureBuilt, nextProgram } from "../launcher/build.mjs";
import { checkout } from "../launcher/settings.mjs";
import { run } from "./run-step.mjs";

/** @typedef {{ passed: number, failed: number, skipped?: number, output: string }} Counts */

const bin = (/** @type {string} */ file) => path.join(checkout, "node_modules", file);

/**
 * Checks that pass or fail as a whole: every command in turn must succeed.
 * @param {string[][]} commands each the arguments of Node
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Counts>}
 */
async function check(commands, env) {
  for (const args of commands) {
    const { code, output } = await run(process.execPath, args, env);
    if (code !== 0) return { passed: 0, failed: 1, output };
  }
  return { passed: 1, failed: 0, output: "" };
}

/** @param {NodeJS.ProcessEnv} env */
export const checkStyle = (env) =>
  check([[bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"]], env);

/**
 * The types of the routes are made first, which a build would do.
 * @param {NodeJS.ProcessEnv} env
 */
export const checkTypes = (env) =>
  check(
    [
      [nextProgram, "typegen"],
      [bin("typescript/bin/tsc"), "--noEmit"],
    ],
    env,
  );

/** @param {NodeJS.ProcessEnv} env */
export const checkDeadCode = (env) => check([[bin("knip/bin/knip.js"), "--no-progress"]], env);

/** @param {NodeJS.ProcessEnv} env */
export const checkLayers = (env) =>
  check([[bin("dependency-cruiser/bin/dependency-cruise.mjs"), "--progress", "none", "."]], env);

/**
 * @param {AbortSignal} ending
 * @returns {Promise<Counts>}
 */
export async function build(ending) {
  await ensureBuilt(ending);
  return { passed: 1, failed: 0, output: "" };
}

/**
 * @param {string[]} projects of vitest.config.ts
 * @param {NodeJS.ProcessEnv} env
 * @param {string} tempDir
 * @returns {Promise<Counts>}
 */
export async function runVitest(projects, env, tempDir) {
  const file = path.join(tempDir, `vitest-${projects.join("-")}.json`);
  const chosen = projects.flatMap((project) => ["--project", project]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { code, output } = await run(
    process.execPath,
    [bin("vitest/vitest.mjs"), "run", ...chosen, ...reporters],
    env,
  );
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, testResults: { status: string, assertionResults: unknown[] }[] } | null} */
  const report = readJson(file);
  if (!report) return { passed: 0, failed: 1, output };
  // A file that could not even be loaded has no tests to count.
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests,
  };
  return { ...atLeastOne(counts, code), output };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} tempDir
 * @returns {Promise<Counts>}
 */
export async function runPlaywright(env, tempDir) {
  const file = path.join(tempDir, "playwright.json");
  const { code, output } = await run(
    process.execPath,
    [bin("@playwright/test/cli.js"), "test", "--reporter=list,json"],
    { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  );
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } } | null} */
  const report = readJson(file);
  if (!report) return { passed: 0, failed: 1, output };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { ...atLeastOne({ passed: expected + flaky, failed: unexpected, skipped }, code), output };
}

/**
 * A runner that failed for another reason than a test, or that ran none, has failed.
 * @param {{ passed: number, failed: number, skipped: number }} counts
 * @param {number | null} code
 */
function atLeastOne(counts, code) {
  const isWrong = code !== 0 || counts.passed === 0;
  return { ...counts, failed: isWrong ? Math.max(1, counts.failed) : counts.failed };
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
