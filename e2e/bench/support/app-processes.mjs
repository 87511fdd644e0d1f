import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { App } from "../../../bin/launcher/app.mjs";
import { freePort } from "../../support/free-port.mjs";
import { apiOf } from "./posthorn.mjs";

/** @typedef {{ pid: number, stop: () => Promise<void> }} AppProcess */

/**
 * App processes that share a database of its own: one that answers requests, and as many that deliver as are started.
 * @param {import("../../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 * @param {string} databaseUrl
 */
export async function openAppProcesses(lifecycle, databaseUrl) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "posthorn-bench-processes-"));
  lifecycle.onEnd(async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const apiKey = `phk_${randomBytes(24).toString("hex")}`;
  const secrets = {
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    POSTHORN_AUTH_SECRET: randomBytes(32).toString("hex"),
    POSTHORN_BOOTSTRAP_EMAIL: "owner@example.com",
    POSTHORN_BOOTSTRAP_PASSWORD: randomBytes(12).toString("hex"),
    POSTHORN_BOOTSTRAP_API_KEY: apiKey,
  };
  /** @param {Record<string, string>} env */
  const start = async (env) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const app = new App({
      settings: { port, hostname: "127.0.0.1", url, databaseUrl, dataDir },
      dev: false,
      env: {
        ...secrets,
        APP_URL: "",
        DATABASE_URL: databaseUrl,
        POSTHORN_DATA_DIR: dataDir,
        POSTHORN_LOG_LEVEL: "warn",
        POSTHORN_STOP_DELAY_SECONDS: "0",
        ...env,
      },
    });
    lifecycle.onEnd(() => app.stop(lifecycle.hurry));
    if (!(await app.start().ready))
      throw new Error("a process ended while it started; what it wrote is above");
    return { url, pid: app.pid ?? 0, stop: () => app.stop(lifecycle.hurry) };
  };
  const web = await start({ POSTHORN_ROLE: "web" });
  return {
    posthorn: apiOf(web.url, apiKey),
    /**
     * @param {number} concurrency requests in flight
     * @returns {Promise<AppProcess>}
     */
    startWorker: (concurrency) =>
      start({ POSTHORN_ROLE: "worker", POSTHORN_CONCURRENCY: String(concurrency) }),
  };
}
