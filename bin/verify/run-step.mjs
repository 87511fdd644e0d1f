import { spawn } from "node:child_process";
import { checkout } from "../launcher/settings.mjs";

/**
 * How a step went.
 * @typedef {object} StepResult
 * @property {string} name
 * @property {number} seconds
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} output shown if something failed
 */

/** The process groups that run now, to be ended with the launcher. */
const groups = new Set();

/**
 * Runs a program of the checkout and collects what it writes.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function run(program, args, env) {
  return new Promise((resolve) => {
    // A group of its own, so that all it started can be ended with it.
    const child = spawn(program, args, {
      cwd: checkout,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    groups.add(child.pid);
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => {
      groups.delete(child.pid);
      resolve({ code, output });
    });
  });
}

/** Ends what `run` started and has not ended. */
export function endAll() {
  for (const group of groups) {
    try {
      process.kill(-group, "SIGTERM");
    } catch {
      // It ended meanwhile.
    }
  }
}

/**
 * Runs a step and measures it. A step that fails, or runs nothing, never counts as passed.
 * @param {string} name
 * @param {() => Promise<{ passed: number, failed: number, skipped?: number, output: string }>} work
 * @returns {Promise<StepResult>}
 */
export async function measure(name, work) {
  const startedAt = Date.now();
  const result = await work().catch((error) => ({
    passed: 0,
    failed: 1,
    output: String(error?.stack ?? error),
  }));
  const seconds = (Date.now() - startedAt) / 1000;
  return { name, seconds, skipped: 0, ...result };
}
