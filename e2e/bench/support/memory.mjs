import { readFileSync } from "node:fs";
import { listProcesses } from "../../support/list-processes.mjs";
import { processTree } from "./process-tree.mjs";

/** Bytes that the app and the database hold in memory. @typedef {{ app: number, database: number }} Memory */

/**
 * Reads the resident memory of the app and the database. What PostgreSQL's processes share counts once if the
 * system reports it (Linux), and else in each of them.
 * @param {{ app: number, database: number }} pids
 * @returns {Memory}
 */
export function readMemory(pids) {
  const processes = listProcesses();
  const sum = (/** @type {number[]} */ bytes) => bytes.reduce((all, one) => all + one, 0);
  return {
    app: sum(processTree(pids.app, processes).map(({ rss }) => rss)),
    database: sum(processTree(pids.database, processes).map(({ pid, rss }) => proportionalBytes(pid) ?? rss)),
  };
}

/** @param {number} pid */
function proportionalBytes(pid) {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return kilobytes ? Number(kilobytes) * 1024 : null;
  } catch {
    return null;
  }
}
