import { isPostgres } from "../../bin/embedded-postgres/processes.mjs";
import { listProcesses } from "../support/list-processes.mjs";

/** @typedef {import("../support/start-posthorn.mjs").Posthorn} Posthorn */

/**
 * Kills parts of a Posthorn with SIGKILL, all at once. One that has ended already is left out: its number may be
 * another process's by now.
 * @param {Posthorn} posthorn
 * @param {("launcher" | "app" | "postgres")[]} parts
 * @returns {boolean} whether any was there to be killed
 */
export function killParts(posthorn, parts) {
  const { app, postgres } = posthorn.processes();
  const running = listProcesses();
  const isRunning = {
    launcher: running.some(({ pid }) => pid === posthorn.pid),
    app: running.some(({ pid, parent }) => pid === app && parent === posthorn.pid),
    postgres: running.some(({ pid }) => pid === postgres) && isPostgres(postgres),
  };
  const found = parts.filter((part) => isRunning[part]);
  for (const part of found) sendKill({ launcher: posthorn.pid, app, postgres }[part]);
  return found.length > 0;
}

/**
 * Kills one of the database's processes that serve a connection or write in the background.
 * @param {Posthorn} posthorn
 * @param {import("../../lib/testing/random.mjs").Random} random
 * @returns {boolean} whether there was one to be killed
 */
export function killBackend(posthorn, random) {
  const { postgres } = posthorn.processes();
  const backends = listProcesses().filter(({ pid, parent }) => parent === postgres && isPostgres(pid));
  if (backends.length > 0) sendKill(random.pick(backends).pid);
  return backends.length > 0;
}

/** @param {number} pid */
function sendKill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended just now.
  }
}
