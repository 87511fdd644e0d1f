import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Whether this account may mount a disk in memory: root on Linux, and not in every container. */
export function canMountDisk() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const dir = mkdtempSync(path.join(os.tmpdir(), "posthorn-mount-"));
  const isMounted = mountDisk(dir, "size=1m");
  if (isMounted) unmountDisk(dir);
  rmSync(dir, { recursive: true });
  return isMounted;
}

/**
 * Mounts a disk in memory on a folder, or changes its options with `remount`. Others may enter it.
 * @param {string} dir
 * @param {string} options such as `size=40m`
 * @returns {boolean} whether it worked
 */
export function mountDisk(dir, options) {
  return spawnSync("mount", ["-t", "tmpfs", "-o", `${options},mode=711`, "posthorn-test", dir]).status === 0;
}

/** @param {string} dir */
export function unmountDisk(dir) {
  spawnSync("umount", ["--lazy", dir]);
}
