#!/usr/bin/env node
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { StartError } from "./embedded-postgres/start-error.mjs";
import { askHealth } from "./launcher/health.mjs";
import { Lifecycle } from "./launcher/lifecycle.mjs";
import { say } from "./launcher/progress.mjs";
import { reportError } from "./launcher/report-error.mjs";
import { assertNodeVersion, readSettings } from "./launcher/settings.mjs";
import { openInstance } from "./seed/instance.mjs";
import { readOptions, usage } from "./seed/options.mjs";
import { startReceivers } from "./seed/receivers.mjs";
import { fillPast, fillPresent } from "./seed/traffic.mjs";
import { makeWebhooks } from "./seed/webhooks.mjs";

/** Fills a developer's Posthorn, so that every page of the dashboard has something to show. */
async function seed() {
  const lifecycle = new Lifecycle();
  let isFilled = false;
  lifecycle.endOnSignals(() => (isFilled ? 0 : 130));
  try {
    assertNodeVersion();
    const { help, quick, stay, yes } = readOptions(process.argv.slice(2));
    if (help) return say(usage);
    const settings = readSettings();
    const isStarted = await ensureRuns(settings, lifecycle);
    const instance = await openInstance(settings, { yes });
    const receivers = await startReceivers();
    lifecycle.onEnd(receivers.close);
    const stage = { instance, receivers, webhooks: await makeWebhooks(instance, receivers) };
    await fillPast(stage, quick ? { hours: 3, eventsPerHour: 20 } : { hours: 12, eventsPerHour: 60 });
    await fillPresent(stage, { rounds: quick ? 2 : 6, withTimeout: !quick });
    isFilled = true;

    say(`API key: ${instance.apiKey}`);
    if (stay) say("The receivers answer until Ctrl+C.");
    const isLeft = isStarted && !stay;
    say(`Filled. ${isLeft ? "After npm run up, the" : "The"} dashboard is at ${settings.url}`);
    if (!stay) await lifecycle.end(0);
  } catch (error) {
    if (!lifecycle.ending.aborted) reportError(error);
    await lifecycle.end(error instanceof StartError ? error.exitCode : 1);
  }
}

/**
 * Starts Posthorn, if it does not run. It ends with this process.
 * @param {import("./launcher/settings.mjs").LaunchSettings} settings
 * @param {Lifecycle} lifecycle
 * @returns {Promise<boolean>} whether it had to be started
 */
async function ensureRuns({ port, hostname, url }, lifecycle) {
  if (await askHealth(port, hostname)) return false;
  say(`No Posthorn is running at ${url}; starting it (the first start takes a few minutes).`);
  const child = spawn(process.execPath, [fileURLToPath(new URL("up.mjs", import.meta.url))], {
    // Its last line says that it runs and how to stop it, which is for who starts it.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  lifecycle.onEnd(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  while (!(await askHealth(port, hostname))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new StartError("Posthorn exited during startup. Its output is above.");
    }
    await sleep(100, undefined, { signal: lifecycle.ending });
  }
  return true;
}

await seed();
