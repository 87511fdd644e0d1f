#!/usr/bin/env node
import { setTimeout as sleep } from "node:timers/promises";
import { dataDirFor } from "./embedded-postgres/data-folder.mjs";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { App } from "./launcher/app.mjs";
import { asText, Backoff } from "./launcher/backoff.mjs";
import { claimDataFolder, runDatabase } from "./launcher/database.mjs";
import { Lifecycle } from "./launcher/lifecycle.mjs";
import { addressOf, assertPortFree } from "./launcher/port.mjs";
import { prepare } from "./launcher/prepare.mjs";
import { say } from "./launcher/progress.mjs";
import { reportError } from "./launcher/report-error.mjs";
import {
  assertNodeVersion,
  checkout,
  configurationExitCode,
  readSettings,
  temporaryExitCode,
} from "./launcher/settings.mjs";
import { setupLink } from "./launcher/setup-link.mjs";

/** How long an app whose launcher was killed may take to leave its port. */
const orphanPatienceMs = 30_000;
/** How often an app that never ran may fail to start, for a reason that it does not name. */
const failedStartsMax = 3;

/**
 * Starts Posthorn: installs and builds what is not up to date, starts the database that it brings along unless
 * DATABASE_URL names another, and the app beside it; keeps both running, and ends them in order.
 *
 * `--dev` runs the app from its sources. `--no-build` takes what is installed and built as it is (for tests).
 */
async function up() {
  const startedAt = Date.now();
  const dev = process.argv.includes("--dev");
  const lifecycle = new Lifecycle();
  let isReady = false;
  let hasStarted = false;
  lifecycle.endOnSignals(() => (hasStarted ? 0 : 130));
  try {
    assertNodeVersion();
    const settings = readSettings();
    settings.hostname = await addressOf(settings.hostname);
    const claim = settings.databaseUrl ? null : await claimDataFolder(settings, lifecycle);
    await assertPortFree({ ...settings, waitMs: claim?.wasKilled ? orphanPatienceMs : 0 });
    const pids = { launcher: process.pid, app: 0, postgres: 0 };
    const noteStart = (/** @type {"app" | "postgres"} */ part, /** @type {number} */ pid) => {
      pids[part] = pid;
      // Whoever started this with a channel, as the tests do, learns which processes there are.
      if (process.connected) process.send?.(pids);
    };
    const dataDir = claim?.folder.dataDir ?? dataDirFor({ checkout, chosen: settings.dataDir });
    /** @type {Record<string, string>} */
    const env = { POSTHORN_DATA_DIR: dataDir };
    const startDatabase = async () => {
      if (!claim) return;
      env.POSTHORN_EMBEDDED_URL = await runDatabase(claim.folder, lifecycle, (pid) =>
        noteStart("postgres", pid),
      );
    };
    await prepare({
      dev,
      build: !process.argv.includes("--no-build"),
      ending: lifecycle.ending,
      installed: startDatabase,
    });
    lifecycle.ending.throwIfAborted();
    const app = new App({ settings, dev, env });
    lifecycle.onEnd(() => app.stop(lifecycle.hurry));
    hasStarted = true;
    await keepRunning(
      app,
      lifecycle,
      (pid) => noteStart("app", pid),
      (health) => {
        if (isReady) say("The app is running again.");
        else
          welcome({
            url: settings.url,
            isWorker: health.role === "worker",
            setup: health.setup === "done" ? null : setupLink(settings.url, dataDir),
            seconds: (Date.now() - startedAt) / 1000,
          });
        isReady = true;
      },
    );
  } catch (error) {
    if (!lifecycle.ending.aborted) reportError(error);
    await lifecycle.end(error instanceof StartError ? error.exitCode : 1);
  }
}

/**
 * Runs the app until it is stopped, or says by its exit code that starting it again would not help.
 * @param {App} app
 * @param {Lifecycle} lifecycle
 * @param {(pid: number) => void} onStart
 * @param {(health: import("./launcher/health.mjs").Health) => void} onReady
 */
async function keepRunning(app, lifecycle, onStart, onReady) {
  const backoff = new Backoff();
  let wasReady = false;
  let failedStarts = 0;
  for (;;) {
    lifecycle.ending.throwIfAborted();
    const { ended, ready } = app.start();
    if (app.pid) onStart(app.pid);
    void ready.then((health) => {
      if (!health || lifecycle.ending.aborted) return;
      wasReady = true;
      backoff.isWell();
      onReady(health);
    });
    const { code, signal } = await ended;
    lifecycle.ending.throwIfAborted();
    // The app has said on its standard error what is wrong. Once it ran with them, its settings are right, and what
    // keeps it from starting, such as a database that is away, may pass.
    if (!wasReady && code === configurationExitCode) return lifecycle.end(code);
    if (!wasReady && code !== null && code !== temporaryExitCode) {
      failedStarts += 1;
      if (failedStarts === failedStartsMax)
        throw new StartError(`The app exited during startup (exit code ${code}). Its output is above.`);
    }
    const delayMs = backoff.nextDelayMs();
    say(`The app exited ${endOf(code, signal)}; restarting it ${asText(delayMs)}.`);
    await sleep(delayMs, undefined, { signal: lifecycle.ending });
  }
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function endOf(code, signal) {
  return code === temporaryExitCode
    ? "because the database went away"
    : `unexpectedly (${signal ?? `exit code ${code}`})`;
}

/**
 * @param {{ url: string, isWorker: boolean, setup: string | null, seconds: number }} options `setup`: where the first
 *   account is made
 */
function welcome({ url, isWorker, setup, seconds }) {
  const started = `(started in ${seconds.toFixed(1)} s). Ctrl+C stops it.`;
  if (isWorker) return say(`\nA worker of Posthorn runs; its state is at ${url}/api/health ${started}`);
  say(`\nPosthorn runs at ${url} ${started}`);
  if (!setup) return;
  say(`
Next:
  1. Open ${setup} and make your account.
  2. Add a webhook with the URL that is to receive events, and send it a test event.
  3. Make an API key under Developers, and publish:

     curl ${url}/api/v1/events -H "Authorization: Bearer phk_..." -H "Content-Type: application/json" \\
       -d '{ "type": "customer.created", "data": { "id": "cus_1" } }'
`);
}

await up();
