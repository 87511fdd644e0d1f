import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { askHealth } from "./health.mjs";
import { say } from "./progress.mjs";
import { checkout } from "./settings.mjs";

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Ending */

/** Beyond the delay before it begins to end. */
const stopPatienceMs = 25_000;

/**
 * Threads of libuv's pool. Node resolves names there, at most half of them at a time, beside files and compression:
 * with its 4, two names whose server does not answer held up all others.
 */
export const poolThreads = 64;

/** The program of the app's process, to be run by Node. */
const serveProgram = fileURLToPath(new URL("serve.mjs", import.meta.url));

/** The app as a process beside the database. */
export class App {
  /** @type {import("node:child_process").ChildProcess | null} */
  #child = null;
  /** An app that is started again gives back what the one before was sending. */
  #processId = randomUUID();
  #settings;
  #dev;
  #env;

  /**
   * @param {{ settings: import("./settings.mjs").LaunchSettings, dev: boolean, env: Record<string, string> }} options
   *   `env` is added to the environment of the launcher
   */
  constructor({ settings, dev, env }) {
    this.#settings = settings;
    this.#dev = dev;
    this.#env = env;
  }

  get pid() {
    return this.#child?.pid;
  }

  /**
   * Starts it.
   * @returns {{ ended: Promise<Ending>, ready: Promise<import("./health.mjs").Health | null> }} `ready`gives null
   *   if it ended before it was ready
   */
  start() {
    const { port, hostname } = this.#settings;
    const child = spawn(
      process.execPath,
      [serveProgram, "--port", `${port}`, "--hostname", hostname, ...(this.#dev ? ["--dev"] : [])],
      {
        cwd: checkout,
        env: {
          ...process.env,
          NODE_ENV: this.#dev ? "development" : "production",
          NEXT_TELEMETRY_DISABLED: "1",
          NEXT_MANUAL_SIG_HANDLE: "true",
          PORT: `${port}`,
          POSTHORN_PROCESS_ID: this.#processId,
          // A process of several threads keeps some 10 MB more with glibc's own number, eight for each core.
          MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX || "2",
          UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE || `${poolThreads}`,
          ...this.#env,
        },
        // Over the channel the app learns that the launcher was killed, and shuts down.
        stdio: ["ignore", "inherit", "inherit", "ipc"],
        // Ctrl+C in a terminal must reach the launcher alone.
        detached: true,
        windowsHide: true,
      },
    );
    this.#child = child;
    /** @type {Promise<Ending>} */
    const ended = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code, signal) => resolve({ code, signal }));
    });
    return { ended, ready: this.#becomesReady(child) };
  }

  /**
   * Asks it to end, and kills it if it takes too long.
   * @param {AbortSignal} hurry
   */
  async stop(hurry) {
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const delayMs = (Number(process.env.POSTHORN_STOP_DELAY_SECONDS) || 0) * 1_000;
    await Promise.race([
      ended,
      sleep(delayMs + stopPatienceMs, undefined, { signal: hurry }).catch(() => {}),
    ]);
    if (!hasEnded(child)) {
      say("The app did not stop in time and is being killed.");
      child.kill("SIGKILL");
      await ended;
    }
  }

  /** @param {import("node:child_process").ChildProcess} child */
  async #becomesReady(child) {
    const remindAt = Date.now() + 30_000;
    let reminded = false;
    while (!hasEnded(child)) {
      const health = await askHealth(this.#settings.port, this.#settings.hostname);
      if (health) return health;
      if (!reminded && Date.now() > remindAt) {
        reminded = true;
        say("Still starting…");
      }
      await sleep(50);
    }
    return null;
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}
