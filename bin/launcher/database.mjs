import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freeBytes } from "../embedded-postgres/cluster.mjs";
import { dataDirFor, openDataFolder } from "../embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../embedded-postgres/embedded-postgres.mjs";
import { lockFolder } from "../embedded-postgres/folder-lock.mjs";
import { diskFullError, StartError } from "../embedded-postgres/start-error.mjs";
import { asText, Backoff } from "./backoff.mjs";
import { say } from "./progress.mjs";
import { checkout } from "./settings.mjs";

/** @typedef {import("../embedded-postgres/data-folder.mjs").DataFolder} DataFolder */

const littleRoomBytes = 200 * 1024 * 1024;

/**
 * Opens the data folder and locks it for this process. Throws if another Posthorn has it, or the disk is full.
 * @param {import("./settings.mjs").LaunchSettings} settings
 * @param {import("./lifecycle.mjs").Lifecycle} lifecycle
 * @returns {Promise<{ folder: DataFolder, wasKilled: boolean }>} `wasKilled`: the Posthorn before this one did not end
 *   in order
 */
export async function claimDataFolder(settings, lifecycle) {
  const folder = openDataFolder(dataDirFor({ checkout, chosen: settings.dataDir }));
  const lock = await lockFolder(folder.runDir, { pid: process.pid, url: settings.url });
  if (!("release" in lock)) {
    const who = [lock.pid ? `process ${lock.pid}` : "", lock.url ? `at ${lock.url}` : ""]
      .filter(Boolean)
      .join(", ");
    throw new StartError(
      `Another Posthorn${who ? ` (${who})` : ""} uses the data folder ${folder.dataDir}. Stop it first; or, for a second one, set POSTHORN_DATA_DIR to a folder of its own (and PORT), or DATABASE_URL to a database that both share.`,
    );
  }
  lifecycle.onEnd(lock.release);
  warnOfLittleRoom(folder);
  if (folder.account) sayWhereRootRuns(folder);
  return { folder, wasKilled: lock.wasStale };
}

/**
 * Starts the embedded server and keeps it running until the end.
 * @param {DataFolder} folder
 * @param {import("./lifecycle.mjs").Lifecycle} lifecycle
 * @param {(pid: number) => void} onStart
 * @returns {Promise<string>} its connection string
 */
export async function runDatabase(folder, lifecycle, onStart) {
  lifecycle.ending.throwIfAborted();
  let running = startEmbeddedPostgres(folder);
  lifecycle.onEnd(async () => {
    const server = await running.catch(() => null);
    await server?.stop();
  });
  const first = await running;
  if (first.adopted) say("The database was still running and will be used.");
  onStart(first.pid);
  void keepRunning(first);
  return first.url;

  /** @param {import("../embedded-postgres/embedded-postgres.mjs").EmbeddedPostgres} server */
  async function keepRunning(server) {
    const backoff = new Backoff();
    let current = server;
    for (;;) {
      backoff.isWell();
      await current.ended;
      if (lifecycle.ending.aborted) return;
      for (let restarted = null; !restarted; ) {
        const delayMs = backoff.nextDelayMs();
        say(`The database exited unexpectedly; restarting it ${asText(delayMs)}.`);
        await sleep(delayMs);
        if (lifecycle.ending.aborted) return;
        running = startEmbeddedPostgres(folder);
        restarted = await running.catch((error) => {
          process.stderr.write(`posthorn: ${error.message}\n`);
          return null;
        });
        if (restarted) current = restarted;
      }
      onStart(current.pid);
      if (!lifecycle.ending.aborted) say("The database is running again.");
    }
  }
}

/** @param {DataFolder} folder */
function warnOfLittleRoom(folder) {
  const free = freeBytes(folder.dataDir);
  if (free >= littleRoomBytes) return;
  if (!existsSync(folder.clusterDir)) throw diskFullError(folder.dataDir);
  const freeMb = Math.floor(free / 1024 / 1024);
  say(
    `The disk that holds ${folder.dataDir} has only ${freeMb} MB left. Events are refused once it is full.`,
  );
}

/** @param {DataFolder} folder */
function sayWhereRootRuns({ dataDir, account }) {
  say(
    `PostgreSQL refuses to run as root, so it runs as the account "${account?.name}"; the data is in ${dataDir}.`,
  );
  const own = path.join(checkout, ".data", "postgres");
  if (!existsSync(path.join(dataDir, "postgres")) && existsSync(own)) {
    say(`(There is data of another account in ${path.dirname(own)}; POSTHORN_DATA_DIR=.data would use it.)`);
  }
}
