import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./start-error.mjs";

export const isWindows = process.platform === "win32";

/**
 * Whether a process runs. A zombie (a container without an init keeps them) does not.
 * @param {number} pid
 */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
  if (process.platform !== "linux") return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return false;
  }
}

/**
 * Whether a process that runs is a PostgreSQL server, and not one that was given the same number later.
 * @param {number} pid
 */
export function isPostgres(pid) {
  if (isWindows) return true;
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("postgres");
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync("ps", ["-p", String(pid), "-o", "comm="], { encoding: "utf8" });
  return stdout.includes("postgres");
}

/**
 * Waits until a process has ended.
 * @param {number} pid
 * @param {number} timeoutMs
 * @param {number} [pollMs]
 * @returns {Promise<boolean>} false when it still runs after the time
 */
export async function waitForEnd(pid, timeoutMs, pollMs = 50) {
  const deadline = Date.now() + timeoutMs;
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}
