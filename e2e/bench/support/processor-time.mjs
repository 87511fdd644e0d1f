import { readFileSync } from "node:fs";
import { processTree } from "./process-tree.mjs";

/** What Linux counts in, on every architecture that Node runs on (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

/**
 * Milliseconds of processor time, or microseconds for one event or delivery; `null` where the system does not tell.
 * @typedef {{ app: number, database: number } | null} ProcessorTime
 */

/**
 * Reads the processor time that app and database have used so far: of all their processes and threads, of user and
 * system, and of children that have ended.
 * @param {{ app: number, database: number }} pids
 * @returns {ProcessorTime} milliseconds; `null` without /proc
 */
export function readProcessorTime(pids) {
  const app = timeOfTree(pids.app);
  const database = timeOfTree(pids.database);
  return app === null || database === null ? null : { app, database };
}

/**
 * @param {ProcessorTime} before
 * @param {ProcessorTime} after
 * @param {number} count of events or deliveries
 * @returns {ProcessorTime} microseconds for each
 */
export function processorTimeEach(before, after, count) {
  if (!before || !after) return null;
  const each = (/** @type {"app" | "database"} */ name) => ((after[name] - before[name]) * 1_000) / count;
  return { app: each("app"), database: each("database") };
}

/**
 * @param {number} root
 * @returns {number | null}
 */
function timeOfTree(root) {
  const times = processTree(root).map(({ pid }) => timeOf(pid));
  return times[0] == null ? null : times.reduce((/** @type {number} */ sum, time) => sum + (time ?? 0), 0);
}

/**
 * @param {number} pid
 * @returns {number | null} milliseconds; `null` if it has ended, or there is no /proc
 */
function timeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold spaces. utime, stime, cutime and cstime are fields 14 to 17 of proc(5).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 1_000) / ticksPerSecond;
  } catch {
    return null;
  }
}
