import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { askHealth } from "../../bin/launcher/health.mjs";
import { freePort } from "./free-port.mjs";

/**
 * The processes of a Posthorn; 0 for one that has not started, or that it does not run.
 * @typedef {{ launcher: number, app: number, postgres: number }} PosthornProcesses
 */

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Exit */

/**
 * A Posthorn that was started as a user starts it, from the build that is there.
 * @typedef {object} Posthorn
 * @property {string} url
 * @property {number} port
 * @property {number} pid the launcher's
 * @property {string} dataDir
 * @property {() => PosthornProcesses} processes
 * @property {() => string} output all that it wrote so far
 * @property {() => Promise<Exit>} stop ends it in order; a data folder that was made for it goes, too
 * @property {(signal: NodeJS.Signals) => void} kill signals the launcher alone
 * @property {() => Promise<Exit>} waitForExit
 * @property {() => Promise<void>} waitUntilReady waits until it answers at `/api/health`; throws with its output if
 *   it ends before
 */

/**
 * @typedef {object} StartOptions
 * @property {number} [port]
 * @property {string} [dataDir] kept by `stop`; without it, a new one in the system's temporary folder
 * @property {Record<string, string | undefined>} [env]
 * @property {string} [checkout] the folder of another version, built
 */

const ownCheckout = fileURLToPath(new URL("../..", import.meta.url));
const ownVariables =
  /^(POSTHORN_|INNGEST_|PG|npm_)|^(DATABASE_URL|APP_URL|HOST|PORT|SMTP_URL|EMAIL_FROM|NODE_ENV|NODE_OPTIONS|VITEST.*)$/;

/**
 * Starts Posthorn, on a free port and with a data folder of its own by default, and waits until it answers.
 * @param {StartOptions} [options]
 * @returns {Promise<Posthorn>}
 */
export async function startPosthorn(options = {}) {
  const posthorn = await launchPosthorn(options);
  await posthorn.waitUntilReady();
  return posthorn;
}

/**
 * Starts Posthorn without waiting for anything: for starts that are meant to fail.
 * @param {StartOptions} [options]
 * @returns {Promise<Posthorn>}
 */
export async function launchPosthorn(options = {}) {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? makeDataDir();
  const checkout = options.checkout ?? ownCheckout;
  const inherited = Object.entries(process.env).filter(([name]) => !ownVariables.test(name));
  const child = spawn(process.execPath, [path.join(checkout, "bin", "up.mjs"), "--no-build"], {
    cwd: checkout,
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: "production",
      PORT: String(port),
      POSTHORN_DATA_DIR: dataDir,
      // No proxy has to learn that it stops.
      POSTHORN_STOP_DELAY_SECONDS: "0",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      output += chunk;
    });
  }
  /** @type {PosthornProcesses} */
  let processes = { launcher: child.pid ?? 0, app: 0, postgres: 0 };
  child.on("message", (message) => {
    processes = /** @type {PosthornProcesses} */ (message);
  });
  /** @type {Promise<Exit>} */
  const exited = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;

  return {
    url: options.env?.APP_URL ?? `http://localhost:${port}`,
    port,
    pid: child.pid ?? 0,
    dataDir,
    processes: () => processes,
    output: () => output,
    kill: (signal) => {
      child.kill(signal);
    },
    waitForExit: () => exited,
    stop: async () => {
      if (!hasExited()) child.kill("SIGTERM");
      const exit = await exited;
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
      return exit;
    },
    waitUntilReady: async () => {
      while (!(await askHealth(port))) {
        if (hasExited()) throw new Error(`Posthorn ended instead of starting:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

/** A new folder, which PostgreSQL's account can enter too if the tests run as root. */
export function makeDataDir() {
  const dir = mkdtempSync(path.join(os.tmpdir(), "posthorn-e2e-"));
  chmodSync(dir, 0o711);
  return dir;
}
