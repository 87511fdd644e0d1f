import { listProcesses } from "../../support/list-processes.mjs";

/** @typedef {ReturnType<typeof listProcesses>[number]} ListedProcess */

/**
 * A process and all that descend from it.
 * @param {number} root
 * @param {ListedProcess[]} [processes] of the machine
 * @returns {ListedProcess[]}
 */
export function processTree(root, processes = listProcesses()) {
  return processes
    .filter(({ pid }) => pid === root)
    .concat(
      processes.filter(({ parent }) => parent === root).flatMap(({ pid }) => processTree(pid, processes)),
    );
}
