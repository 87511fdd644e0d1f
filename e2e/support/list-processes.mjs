import { execFileSync } from "node:child_process";

/**
 * The processes of this machine.
 * @returns {{ pid: number, parent: number, rss: number }[]} `rss`: resident bytes
 */
export function listProcesses() {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, rss: kilobytes * 1024 };
    });
}
