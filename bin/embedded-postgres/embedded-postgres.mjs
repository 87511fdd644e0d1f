import { findBinaries } from "./binaries.mjs";
import { databaseName, ensureCluster, readPassword } from "./cluster.mjs";
import { recordedServer } from "./running-server.mjs";
import { startServer } from "./server.mjs";
import { StartError } from "./start-error.mjs";

/**
 * The embedded PostgreSQL server, and how to reach it.
 * @typedef {import("./server.mjs").Server & { url: string }} EmbeddedPostgres
 */

/**
 * Starts the PostgreSQL of a data folder, making its cluster the first time. Whoever calls this holds the folder's
 * lock.
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {{ durable?: boolean, major?: number | undefined }} [options] `durable: false` never waits for the disk;
 *   `major`: an older PostgreSQL than the embedded one; both for tests
 * @returns {Promise<EmbeddedPostgres>}
 */
export async function startEmbeddedPostgres(folder, { durable = true, major } = {}) {
  const binaries = findBinaries(folder.account, major);
  const password = await ensureCluster(folder, binaries, { durable });
  const server = await startServer(folder, binaries, { password, durable });
  return { ...server, url: urlOf(server, password) };
}

/**
 * How to reach the server that another process, which holds the folder's lock, runs.
 * @param {import("./data-folder.mjs").DataFolder} folder
 */
export function urlOfRunning(folder) {
  const server = recordedServer(folder);
  if (!server) throw new StartError("Posthorn is starting or stopping. Try again in a moment.");
  return urlOf(server, readPassword(folder));
}

/**
 * The host of a URL cannot be a folder, so a socket's folder is the parameter `host`, as in libpq.
 * @param {{ host: string, port: number }} server
 * @param {string} password
 */
function urlOf({ host, port }, password) {
  const login = `postgres://${databaseName}:${password}`;
  if (!host.startsWith("/")) return `${login}@${host}:${port}/${databaseName}`;
  return `${login}@localhost:${port}/${databaseName}?host=${encodeURIComponent(host)}`;
}
