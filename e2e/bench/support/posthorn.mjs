import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { freePort } from "../../support/free-port.mjs";
import { prepareStatementCounts } from "./bench-database.mjs";

/** Settings of a user's own Posthorn, which a benchmark must neither use nor touch. */
const settingNames = /^(POSTHORN_|INNGEST_)|^(DATABASE_URL|APP_URL|HOST|PORT|SMTP_URL|NODE_ENV)$/;
/** Next reads a checkout's `.env` too, but not over what is set. */
const unset = {
  DATABASE_URL: "",
  APP_URL: "",
  INNGEST_BASE_URL: "",
  INNGEST_EVENT_KEY: "",
  INNGEST_SIGNING_KEY: "",
};

/** A request to the API that was answered with an error. */
export class RefusedRequest extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * A Posthorn with a data folder of its own, set up, and with an API key.
 * @typedef {object} Posthorn
 * @property {string} api such as `http://127.0.0.1:4000/api/v1`
 * @property {Record<string, string>} headers of a request to it
 * @property {string} databaseUrl
 * @property {{ app: number, database: number }} pids
 * @property {() => Promise<void>} restart ends the app's process in order, and starts a fresh one
 * @property {Promise<never>} ended fails when the app ends by itself
 * @property {(method: string, route: string, body?: unknown) => Promise<Record<string, unknown>>} request
 *   throws RefusedRequest unless the response is 2xx
 */

/**
 * Starts the built app beside an embedded database that waits for the disk, as `npm run up` does.
 * @param {import("../../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 * @param {{ root: string, major: number | undefined, dataDir?: string | undefined,
 *   beforeApp?: ((databaseUrl: string) => Promise<void>) | undefined }} options `root`: the tree whose app and database it
 *   is; `major`: an older PostgreSQL than the embedded one; `dataDir`: a folder that stays, with what is in it
 * @returns {Promise<Posthorn>}
 */
export async function startPosthorn(lifecycle, { root, major, dataDir: kept, beforeApp }) {
  const { startEmbeddedPostgres, App, claimDataFolder } = await loadLauncher(root);
  for (const name of Object.keys(process.env)) if (settingNames.test(name)) delete process.env[name];
  const dataDir = kept ?? mkdtempSync(path.join(os.tmpdir(), "posthorn-bench-"));
  mkdirSync(dataDir, { recursive: true });
  // PostgreSQL's account must be able to enter it if this runs as root.
  chmodSync(dataDir, 0o711);
  if (!kept) lifecycle.onEnd(async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

  const port = await freePort();
  const settings = {
    port,
    hostname: "127.0.0.1",
    url: `http://127.0.0.1:${port}`,
    databaseUrl: undefined,
    dataDir,
  };
  const { folder } = await claimDataFolder(settings, lifecycle);
  let server = await startEmbeddedPostgres(folder, { major });
  lifecycle.onEnd(() => server.stop());
  if (await prepareStatementCounts(server.url)) {
    await server.stop();
    server = await startEmbeddedPostgres(folder, { major });
  }
  await beforeApp?.(server.url);

  const apiKey = `phk_${randomBytes(24).toString("hex")}`;
  const app = new App({
    settings,
    dev: false,
    env: {
      ...unset,
      POSTHORN_DATA_DIR: folder.dataDir,
      POSTHORN_EMBEDDED_URL: server.url,
      POSTHORN_LOG_LEVEL: "warn",
      POSTHORN_BOOTSTRAP_EMAIL: "owner@example.com",
      POSTHORN_BOOTSTRAP_PASSWORD: randomBytes(12).toString("hex"),
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
    },
  });
  lifecycle.onEnd(() => app.stop(lifecycle.hurry));
  /** @type {(error: Error) => void} */
  let fail = () => {};
  /** @type {Promise<never>} */
  const ended = new Promise((_, reject) => {
    fail = reject;
  });
  let stopping = false;
  const start = async () => {
    const { ended, ready } = app.start();
    ended.then(() => {
      if (!stopping) fail(new Error("the app ended in the middle; what it wrote is above"));
    }, fail);
    if (!(await ready)) throw new Error("the app ended while it started; what it wrote is above");
  };
  await start();

  return {
    ...apiOf(settings.url, apiKey),
    databaseUrl: server.url,
    get pids() {
      return { app: app.pid ?? 0, database: server.pid };
    },
    restart: async () => {
      stopping = true;
      await app.stop(lifecycle.hurry);
      stopping = false;
      await start();
    },
    ended,
  };
}

/**
 * The API of one that runs.
 * @param {string} url
 * @param {string} apiKey
 * @returns {Pick<Posthorn, "api" | "headers" | "request">}
 */
export function apiOf(url, apiKey) {
  const api = `${url}/api/v1`;
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  return {
    api,
    headers,
    request: async (method, route, body) => {
      const response = await fetch(`${api}${route}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) {
        throw new RefusedRequest(
          response.status,
          `${method} ${route} was answered ${response.status}: ${text}`,
        );
      }
      return JSON.parse(text);
    },
  };
}

/**
 * What starts the app and the database of a tree.
 * @param {string} root
 */
async function loadLauncher(root) {
  const load = (/** @type {string} */ file) => import(pathToFileURL(path.join(root, "bin", file)).href);
  const { startEmbeddedPostgres } =
    /** @type {typeof import("../../../bin/embedded-postgres/embedded-postgres.mjs")} */ (
      await load("embedded-postgres/embedded-postgres.mjs")
    );
  const { App } = /** @type {typeof import("../../../bin/launcher/app.mjs")} */ (
    await load("launcher/app.mjs")
  );
  const { claimDataFolder } = /** @type {typeof import("../../../bin/launcher/database.mjs")} */ (
    await load("launcher/database.mjs")
  );
  return { startEmbeddedPostgres, App, claimDataFolder };
}
