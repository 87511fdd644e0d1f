import { spawn } from "node:child_process";
import { StartError } from "../embedded-postgres/start-error.mjs";
import { checkout } from "./settings.mjs";

const keptOutput = 100_000;

/**
 * Runs a program in the checkout and keeps what it writes to itself, unless it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {{ what: string, env?: NodeJS.ProcessEnv, ending: AbortSignal, shell?: boolean }} options
 *   `what`: its name for the user; `ending`: stops it
 * @returns {Promise<void>}
 */
export function runQuietly(program, args, { what, env = process.env, ending, shell = false }) {
  ending.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: checkout, env, shell, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-keptOutput);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const stop = () => child.kill("SIGTERM");
    ending.addEventListener("abort", stop, { once: true });
    child.on("error", (error) =>
      reject(new StartError(`${what} did not start: ${error.message}`, { cause: error })),
    );
    child.on("close", (code, signal) => {
      ending.removeEventListener("abort", stop);
      if (code === 0) resolve();
      else reject(new StartError(`${what} failed (${signal ?? code}):\n\n${output.trim()}\n`));
    });
  });
}
