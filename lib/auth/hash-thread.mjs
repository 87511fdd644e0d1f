import { scryptSync } from "node:crypto";
import os from "node:os";
import { parentPort } from "node:worker_threads";

/** What the thread derives a key from; see `scryptSync` for the options. */
/** @typedef {{ password: string, salt: Uint8Array, length: number, options: import("node:crypto").ScryptOptions }} HashRequest */

/** The program of a thread that hashes passwords, one at a time (see HashThreads). */
if (parentPort) {
  // On Linux a thread has its own priority, so that sending and publishing go first. Elsewhere it would be the
  // process's.
  if (process.platform === "linux") os.setPriority(5);
  parentPort.on("message", (/** @type {HashRequest} */ { password, salt, length, options }) => {
    parentPort?.postMessage(scryptSync(password, salt, length, options));
  });
}
