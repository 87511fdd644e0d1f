import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { nextProgram } from "../../../bin/launcher/build.mjs";
import { runQuietly } from "../../../bin/launcher/run-quietly.mjs";
import { checkout } from "../../../bin/launcher/settings.mjs";
import { freePort } from "../../support/free-port.mjs";

const source = fileURLToPath(new URL("../bare-app", import.meta.url));

/**
 * Builds and starts a Next app with a single route, which reads JSON and answers: the yardstick of the API's routes.
 * @param {import("../../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 * @returns {Promise<{ url: string }>} of the route
 */
export async function startBareApp(lifecycle) {
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ("production"), NEXT_TELEMETRY_DISABLED: "1" };
  // Inside the checkout, Next would take the checkout's instrumentation and proxy for the bare app's.
  const folder = mkdtempSync(path.join(os.tmpdir(), "posthorn-bench-bare-"));
  lifecycle.onEnd(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  cpSync(source, folder, { recursive: true });
  symlinkSync(path.join(checkout, "node_modules"), path.join(folder, "node_modules"), "junction");
  await runQuietly(process.execPath, [nextProgram, "build", folder], {
    what: "next build of the bare app",
    env,
    ending: lifecycle.ending,
  });

  const port = await freePort();
  const child = spawn(
    process.execPath,
    [nextProgram, "start", folder, "--port", `${port}`, "--hostname", "127.0.0.1"],
    { env, stdio: ["ignore", "ignore", "inherit"] },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  lifecycle.onEnd(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const url = `http://127.0.0.1:${port}/api/bare`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error("the bare app ended instead of starting");
    await sleep(50, undefined, { signal: lifecycle.ending });
  }
  return { url };
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url, { method: "POST", body: "{}" });
    await response.arrayBuffer();
    return response.status === 202;
  } catch {
    return false;
  }
}
