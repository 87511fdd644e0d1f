import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { checkout } from "../../bin/launcher/settings.mjs";
import { WorkerProcess } from "../support/worker-process.mjs";
import { openBenchDatabase } from "./support/bench-database.mjs";
import { postponePending } from "./support/kept-log.mjs";
import { readMemory } from "./support/memory.mjs";
import { startPosthorn } from "./support/posthorn.mjs";
import { openReceiver } from "./support/receiver.mjs";

/** @typedef {import("./workers/load.mjs").Load} Load */
/** @typedef {import("./workers/load.mjs").LoadResult} LoadResult */
/** @typedef {import("./support/memory.mjs").Memory} Memory */

/**
 * Makes load at a pace.
 * @typedef {object} Pacer
 * @property {(pace: import("./workers/pace.mjs").Pace) => Promise<import("./workers/pace.mjs").PaceResult>} publish
 * @property {(watch: import("./workers/pace.mjs").Watch) => Promise<import("./workers/pace.mjs").WatchResult>} watch
 * @property {() => Promise<void>} stop what runs
 */

/**
 * What every scenario plays on: Posthorn, and beside it, each in a process of its own, a receiver, what makes the
 * load, and (started when a scenario asks) a bare HTTP server.
 * @typedef {object} Stage
 * @property {import("../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle ends what a scenario starts
 * @property {import("./support/posthorn.mjs").Posthorn} posthorn
 * @property {import("./support/bench-database.mjs").BenchDatabase} database
 * @property {import("./support/receiver.mjs").Receiver} receiver
 * @property {() => Promise<import("./support/receiver.mjs").Receiver>} startReceiver another one
 * @property {(file: string) => WorkerProcess} startWorker a program of the folder `workers`
 * @property {(load: Load) => Promise<LoadResult>} run
 * @property {Pacer} pacer
 * @property {() => Promise<{ url: string }>} bareServer reads JSON and answers 202: the yardstick of publishing
 * @property {() => Memory} noteMemory reads it, and keeps the most
 * @property {{ idle: Memory, most: Memory }} memory
 */

/**
 * Starts all of it; the lifecycle ends it.
 * @param {import("../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 * @param {{ root?: string, postgres: number | undefined, keep?: import("./options.mjs").Keep | undefined }} options
 *   `root`: the tree whose app is measured, this one without it; `postgres`: an older PostgreSQL than the embedded one
 * @returns {Promise<Stage>}
 */
export async function openStage(lifecycle, { root = checkout, postgres, keep }) {
  const posthorn = await startPosthorn(lifecycle, {
    root,
    major: postgres,
    dataDir: keep?.dir,
    beforeApp: keep?.log ? postponePending : undefined,
  });
  const database = await openDatabaseOf(root, posthorn.databaseUrl);
  lifecycle.onEnd(database.close);
  const start = (/** @type {string} */ file) => startWorker(file, lifecycle);
  const startReceiver = () => openReceiver(start("receiver.mjs"));
  const receiver = await startReceiver();
  const load = start("load.mjs");

  const idle = readMemory(posthorn.pids);
  const memory = { idle, most: { ...idle } };
  /** @type {Promise<{ url: string }> | null} */
  let bareServer = null;
  return {
    lifecycle,
    posthorn,
    database,
    receiver,
    startReceiver,
    startWorker: start,
    run: async (params) => /** @type {LoadResult} */ (await load.call("run", params)),
    pacer: openPacer(start("pace.mjs")),
    bareServer: () => {
      bareServer ??= openBareServer(start("bare-server.mjs"));
      return bareServer;
    },
    noteMemory: () => {
      const now = readMemory(posthorn.pids);
      memory.most.app = Math.max(memory.most.app, now.app);
      memory.most.database = Math.max(memory.most.database, now.database);
      return now;
    },
    memory,
  };
}

/**
 * What another tree's benchmarks do in the database is done by them: they know its tables.
 * @param {string} root
 * @param {string} url
 * @returns {Promise<import("./support/bench-database.mjs").BenchDatabase>}
 */
async function openDatabaseOf(root, url) {
  const database = openBenchDatabase(url);
  const program = path.join(root, "e2e/bench/support/bench-database.mjs");
  if (root === checkout || !existsSync(program)) return database;
  /** @type {typeof import("./support/bench-database.mjs")} */
  const theirs = await import(pathToFileURL(program).href);
  const other = theirs.openBenchDatabase(url);
  return {
    ...database,
    ...other,
    close: async () => {
      await Promise.all([database.close(), other.close()]);
    },
  };
}

/**
 * @param {WorkerProcess} worker
 * @returns {Pacer}
 */
function openPacer(worker) {
  return {
    publish: async (pace) =>
      /** @type {import("./workers/pace.mjs").PaceResult} */ (await worker.call("publish", pace)),
    watch: async (watch) =>
      /** @type {import("./workers/pace.mjs").WatchResult} */ (await worker.call("watch", watch)),
    stop: async () => {
      await worker.call("stop");
    },
  };
}

/**
 * @param {WorkerProcess} worker
 * @returns {Promise<{ url: string }>}
 */
async function openBareServer(worker) {
  return { url: `http://127.0.0.1:${await worker.call("listen")}/events` };
}

/**
 * @param {string} file
 * @param {import("../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 */
function startWorker(file, lifecycle) {
  const worker = new WorkerProcess(new URL(`workers/${file}`, import.meta.url));
  lifecycle.onEnd(() => worker.stop());
  return worker;
}
