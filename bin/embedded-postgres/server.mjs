import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { saysDiskFull } from "./cluster.mjs";
import { isRunning, isWindows, waitForEnd } from "./processes.mjs";
import { adoptRunning } from "./running-server.mjs";
import { serverEnv } from "./server-env.mjs";
import { serverSettings } from "./server-settings.mjs";
import { diskFullError, StartError } from "./start-error.mjs";

/**
 * A PostgreSQL server that runs.
 * @typedef {object} Server
 * @property {number} pid
 * @property {string} host the folder of its socket, or an address if the system has no Unix sockets
 * @property {number} port
 * @property {boolean} adopted whether it ran before this process started
 * @property {Promise<void>} ended settles when its process has ended
 * @property {() => Promise<void>} stop
 */

/** Names the socket only: there is no TCP if there are sockets. */
const socketPort = 5432;
const maxLogBytes = 5 * 1024 * 1024;
const waitForOldMs = 30_000;

/**
 * Starts the server of a folder, or takes over the one that still runs on it. Backends that outlive a killed server
 * keep its shared memory for a moment; they are waited for.
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {import("./binaries.mjs").Binaries} binaries
 * @param {{ password: string, durable: boolean }} options
 * @returns {Promise<Server>}
 */
export async function startServer(folder, binaries, { password, durable }) {
  const running = await adoptRunning(folder, password);
  if (running) {
    const ended = waitForEnd(running.pid, Infinity, 250).then(() => {});
    return { ...running, adopted: true, ended, stop: () => stop(folder, binaries, running.pid) };
  }

  const deadline = Date.now() + waitForOldMs;
  for (;;) {
    const started = await launch(folder, binaries, durable);
    if (!("output" in started)) return started;
    const { output, wasKilled } = started;
    const oldStillThere = /pre-existing shared memory block|lock file ".*" already exists/.test(output);
    if (!(oldStillThere || wasKilled) || Date.now() > deadline) throw startFailure(folder, output);
    await sleep(200);
  }
}

/**
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {import("./binaries.mjs").Binaries} binaries
 * @param {boolean} durable
 * @returns {Promise<Server | { output: string, wasKilled: boolean }>} what the server wrote, when it ended instead of
 *   starting
 */
async function launch(folder, binaries, durable) {
  const port = isWindows ? await freePort() : socketPort;
  const host = isWindows ? "127.0.0.1" : folder.runDir;
  removeStaleSocket(folder);
  const logFile = openLog(folder);
  const logStart = statSync(logFile).size;
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(
    binaries.postgres,
    ["-D", folder.clusterDir, ...serverSettings(folder, port, durable)],
    {
      cwd: "/",
      env: serverEnv(),
      stdio: ["ignore", log, log],
      // A session of its own: Ctrl+C in a terminal must reach the launcher alone, which stops the app first.
      detached: true,
      windowsHide: true,
      ...(folder.account && { uid: folder.account.uid, gid: folder.account.gid }),
    },
  );
  closeSync(log);
  let hasEnded = false;
  let wasKilled = false;
  /** @type {Promise<void>} */
  const ended = new Promise((resolve, reject) => {
    child.on("exit", (_code, signal) => {
      hasEnded = true;
      wasKilled = signal !== null;
      resolve();
    });
    child.on("error", reject);
  });
  while (!isReady(folder, child.pid)) {
    await Promise.race([ended, sleep(20)]);
    if (hasEnded) return { output: readFileSync(logFile).subarray(logStart).toString(), wasKilled };
  }
  const pid = child.pid ?? 0;
  return { pid, host, port, adopted: false, ended, stop: () => stop(folder, binaries, pid) };
}

/**
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {number | undefined} pid
 */
function isReady(folder, pid) {
  try {
    const lines = readFileSync(path.join(folder.clusterDir, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid && (lines[7] ?? "").startsWith("ready");
  } catch {
    return false;
  }
}

/**
 * The lock on the folder is held and no server runs on it, so a socket that is there is left over; PostgreSQL itself
 * would refuse to start if the process id in its lock file now belongs to another process.
 * @param {import("./data-folder.mjs").DataFolder} folder
 */
function removeStaleSocket(folder) {
  if (isWindows) return;
  for (const suffix of ["", ".lock"]) {
    rmSync(path.join(folder.runDir, `.s.PGSQL.${socketPort}${suffix}`), { force: true });
  }
}

/** @param {import("./data-folder.mjs").DataFolder} folder */
function openLog(folder) {
  const file = path.join(folder.dataDir, "postgres.log");
  if (existsSync(file) && statSync(file).size > maxLogBytes) renameSync(file, `${file}.1`);
  closeSync(openSync(file, "a", 0o600));
  return file;
}

/**
 * A fast shutdown: connections are ended, transactions rolled back, everything written. If that hangs, an
 * immediate one: the log brings everything back at the next start.
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {import("./binaries.mjs").Binaries} binaries
 * @param {number} pid
 */
async function stop(folder, binaries, pid) {
  if (isWindows) {
    spawnSync(binaries.pgCtl, ["stop", "-D", folder.clusterDir, "-m", "fast"], {
      env: serverEnv(),
      stdio: "ignore",
    });
    return;
  }
  for (const [signal, patienceMs] of /** @type {const} */ ([
    ["SIGINT", 30_000],
    ["SIGQUIT", 5_000],
  ])) {
    if (!isRunning(pid)) return;
    process.kill(pid, signal);
    if (await waitForEnd(pid, patienceMs)) return;
  }
}

/**
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {string} output
 */
function startFailure(folder, output) {
  if (saysDiskFull(output)) return diskFullError(folder.dataDir, output);
  const reasons = output.split("\n").filter((line) => /(FATAL|PANIC|ERROR|HINT|DETAIL):/.test(line));
  const why = (reasons.length > 0 ? reasons : output.trim().split("\n")).slice(-6).join("\n");
  return new StartError(
    `PostgreSQL does not start on ${folder.clusterDir}:\n${why}\nThe full log is ${path.join(folder.dataDir, "postgres.log")}.`,
  );
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
