import { existsSync } from "node:fs";
import path from "node:path";
import { loadEnvFile } from "node:process";
import { fileURLToPath } from "node:url";
import { bareHost, ownUrl } from "../../lib/platform/own-url.mjs";
import { StartError } from "../embedded-postgres/start-error.mjs";

/** The exit code for settings that are wrong (EX_CONFIG of sysexits.h); the app uses it too. */
export const configurationExitCode = 78;

/** The app's exit code for what passes by itself (EX_TEMPFAIL), such as a database that went away. */
export const temporaryExitCode = 75;

export const checkout = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/**
 * The settings that decide what is started; the app reads and checks all of them.
 * @typedef {object} LaunchSettings
 * @property {number} port
 * @property {string} hostname to listen on, an address or a name: `HOST`, else this machine only, unless `APP_URL` says
 *   how others reach it
 * @property {string} url where a browser finds it
 * @property {string | undefined} databaseUrl
 * @property {string | undefined} dataDir as it was given
 */

/**
 * Reads the environment, and the `.env` files that the app reads as well.
 * @returns {LaunchSettings}
 */
export function readSettings() {
  for (const name of [".env.local", ".env"]) {
    const file = path.join(checkout, name);
    if (existsSync(file)) loadEnvFile(file);
  }
  const { PORT, HOST, APP_URL, DATABASE_URL, POSTHORN_DATA_DIR } = process.env;
  const port = Number(PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(`PORT is "${PORT}", but must be a number from 1 to 65535.`, {
      exitCode: configurationExitCode,
    });
  }
  return {
    port,
    hostname: bareHost(HOST || (APP_URL ? "0.0.0.0" : "127.0.0.1")),
    url: APP_URL ? originOf(APP_URL) : urlOf(HOST, port),
    databaseUrl: DATABASE_URL || undefined,
    dataDir: POSTHORN_DATA_DIR || undefined,
  };
}

/**
 * @param {string} appUrl the app says what is wrong with it
 */
function originOf(appUrl) {
  return URL.canParse(appUrl) ? new URL(appUrl).origin : appUrl;
}

/**
 * @param {string | undefined} host
 * @param {number} port
 */
function urlOf(host, port) {
  try {
    return ownUrl({ host, port });
  } catch {
    throw wrongHost(host, "is no address and no name");
  }
}

/**
 * What to say of a `HOST` that cannot be listened on.
 * @param {string | undefined} host
 * @param {string} what
 */
export function wrongHost(host, what) {
  return new StartError(
    `HOST is "${host}", which ${what}. It must be an address of this machine to listen on, like 127.0.0.1 (this machine only), 0.0.0.0 or :: (all addresses).`,
    { exitCode: configurationExitCode },
  );
}

/** Throws if Node is older than package.json requires. */
export function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StartError(`Posthorn needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
}
