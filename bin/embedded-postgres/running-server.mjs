import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { databaseName } from "./cluster.mjs";
import { isPostgres, isRunning, waitForEnd } from "./processes.mjs";
import { errorCode, StartError } from "./start-error.mjs";

const patienceMs = 10_000;
const waitForEndMs = 30_000;

/**
 * Finds the server that still runs on a folder after its launcher was killed. One that does not answer is asked to
 * shut down; a process that got the server's number after it is left alone.
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {string} password
 * @returns {Promise<{ pid: number, host: string, port: number } | null>} null when none runs
 */
export async function adoptRunning(folder, password) {
  const pidFile = pidFileOf(folder);
  const recorded = recordedServer(folder);
  if (!recorded) return null;
  const { pid, host, port } = recorded;
  const deadline = Date.now() + patienceMs;
  while (isRunning(pid) && isPostgres(pid)) {
    if (await answers({ host, port, password })) return recorded;
    if (Date.now() > deadline) await end(folder, pid);
    else await sleep(100);
  }
  rmSync(pidFile, { force: true });
  return null;
}

/** @param {import("./data-folder.mjs").DataFolder} folder */
function pidFileOf(folder) {
  return path.join(folder.clusterDir, "postmaster.pid");
}

/**
 * The server that noted itself in a folder, whether it still runs or not.
 * @param {import("./data-folder.mjs").DataFolder} folder
 */
export function recordedServer(folder) {
  return readPidFile(pidFileOf(folder));
}

/**
 * Its lines: process, data folder, start time, port, socket folder, address, shared memory, state.
 * @param {string} file
 */
function readPidFile(file) {
  let lines;
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const [port, socketDir, address] = lines.slice(3, 6);
  return { pid, port: Number(port), host: socketDir || address || "127.0.0.1" };
}

/**
 * @param {{ host: string, port: number, password: string }} login
 * @returns {Promise<boolean>} false while it starts, shuts down, or has no socket
 */
async function answers({ host, port, password }) {
  const { default: postgres } = await import("postgres");
  const sql = postgres({
    host,
    port,
    password,
    username: databaseName,
    database: databaseName,
    max: 1,
    connect_timeout: 2,
    onnotice: () => {},
  });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    if (errorCode(error) === "28P01") {
      throw new StartError(
        `A PostgreSQL server runs on the data folder and does not take the password kept beside it (${host}). Put back postgres.password from a copy, or set POSTHORN_DATA_DIR to another folder.`,
        { cause: error },
      );
    }
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {number} pid
 */
async function end(folder, pid) {
  process.kill(pid, "SIGINT");
  if (await waitForEnd(pid, waitForEndMs)) return;
  throw new StartError(
    `A PostgreSQL server (process ${pid}) still runs on ${folder.clusterDir} and neither answers nor stops. End it (kill -QUIT ${pid}) and start again.`,
  );
}
