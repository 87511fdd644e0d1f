import { createHash } from "node:crypto";
import { linkSync, renameSync, rmSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { isWindows } from "./processes.mjs";
import { errorCode } from "./start-error.mjs";

/**
 * A lock on a folder: a listening socket inside it, so that the kernel frees it however its holder ends.
 * @typedef {object} FolderLock
 * @property {boolean} wasStale whether the holder before this one ended without releasing it
 * @property {() => Promise<void>} release
 */

/** @typedef {{ pid: number, url?: string }} Holder what the holder says of itself to whoever asks */

/**
 * Takes the lock of a folder.
 * @param {string} dir
 * @param {Holder} self
 * @returns {Promise<FolderLock | Holder>} the lock, or who holds it
 */
export async function lockFolder(dir, self) {
  const address = addressOf(dir);
  let wasStale = false;
  for (;;) {
    const server = await listen(address, self);
    if (server) {
      return { wasStale, release: () => new Promise((resolve) => server.close(() => resolve())) };
    }
    const holder = await ask(address);
    if (holder) return holder;
    wasStale = true;
    const revived = await removeStale(address);
    if (revived) return revived;
  }
}

/** @param {string} dir */
function addressOf(dir) {
  if (!isWindows) return path.join(dir, "posthorn.sock");
  return `\\\\.\\pipe\\posthorn-${createHash("sha256").update(dir.toLowerCase()).digest("hex").slice(0, 24)}`;
}

/**
 * @param {string} address
 * @param {Holder} self
 * @returns {Promise<net.Server | null>} null when the address is taken
 */
function listen(address, self) {
  const server = net.createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(JSON.stringify(self));
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", (error) => (errorCode(error) === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

/**
 * @param {string} address
 * @returns {Promise<Holder | null>} null when nobody listens
 */
function ask(address) {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    let answer = "";
    socket.setEncoding("utf8");
    socket.setTimeout(2_000, () => socket.destroy(new Error("no answer")));
    let connected = false;
    socket.on("connect", () => {
      connected = true;
    });
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", () => resolve(connected ? { pid: 0 } : null));
    socket.on("end", () => resolve(parseHolder(answer)));
  });
}

/**
 * @param {string} answer
 * @returns {Holder}
 */
function parseHolder(answer) {
  try {
    return JSON.parse(answer);
  } catch {
    return { pid: 0 };
  }
}

/**
 * Removes a socket that nobody listens on. It is moved away first and asked again there: between the question and
 * the removal another process may have made the same discovery, removed it and taken the lock.
 * @param {string} address
 * @returns {Promise<Holder | null>} the holder, when there is one after all
 */
async function removeStale(address) {
  const aside = `${address}.${process.pid}`;
  try {
    renameSync(address, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
  const holder = await ask(aside);
  if (holder) linkSync(aside, address);
  rmSync(aside, { force: true });
  return holder;
}
