import { openBenchDatabase } from "../../db/testing/bench-database.mjs";
import { WorkerProcess } from "../support/worker-process.mjs";
import { startBareApp } from "./support/bare-app.mjs";
import { readMemory } from "./support/memory.mjs";
import { startPosthorn } from "./support/posthorn.mjs";

/** @typedef {import("./workers/load.mjs").Load} Load */
/** @typedef {import("./workers/load.mjs").LoadResult} LoadResult */
/** @typedef {import("./support/memory.mjs").Memory} Memory */

/**
 * What every scenario plays on: Posthorn, and beside it, each in a process of its own, a receiver, what makes the
 * load, and (started when a scenario asks) a bare Next app.
 * @typedef {object} Stage
 * @property {import("./support/posthorn.mjs").Posthorn} posthorn
 * @property {import("../../db/testing/bench-database.mjs").BenchDatabase} database
 * @property {string} receiverUrl
 * @property {() => Promise<{ requests: number, deliveries: number }>} receivedCounts since the last reset;
 *   `deliveries` differ in their `webhook-id`
 * @property {() => Promise<unknown>} resetReceived
 * @property {(load: Load) => Promise<LoadResult>} run
 * @property {() => Promise<{ url: string }>} bareApp
 * @property {() => Memory} noteMemory reads it, and keeps the most
 * @property {{ idle: Memory, most: Memory }} memory
 */

/**
 * Starts all of it; the lifecycle ends it.
 * @param {import("../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 * @returns {Promise<Stage>}
 */
export async function openStage(lifecycle) {
  const posthorn = await startPosthorn(lifecycle);
  const database = openBenchDatabase(posthorn.databaseUrl);
  lifecycle.onEnd(database.close);
  const receiver = startWorker("receiver.mjs", lifecycle);
  const load = startWorker("load.mjs", lifecycle);
  const port = await receiver.call("listen");

  const idle = readMemory(posthorn.pids);
  const memory = { idle, most: { ...idle } };
  /** @type {Promise<{ url: string }> | null} */
  let bareApp = null;
  return {
    posthorn,
    database,
    receiverUrl: `http://127.0.0.1:${port}/webhooks`,
    receivedCounts: async () =>
      /** @type {{ requests: number, deliveries: number }} */ (await receiver.call("counts")),
    resetReceived: () => receiver.call("reset"),
    run: async (params) => /** @type {LoadResult} */ (await load.call("run", params)),
    bareApp: () => {
      bareApp ??= startBareApp(lifecycle);
      return bareApp;
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
 * @param {string} file
 * @param {import("../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 */
function startWorker(file, lifecycle) {
  const worker = new WorkerProcess(new URL(`workers/${file}`, import.meta.url));
  lifecycle.onEnd(() => worker.stop());
  return worker;
}
