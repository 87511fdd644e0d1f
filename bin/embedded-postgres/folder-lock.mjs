import { createHash, randomBytes } from "node:crypto";
import { existsSync, linkSync, renameSync, rmSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isWindows } from "./processes.mjs";
import { errorCode } from "./start-error.mjs";

/**
 * A lock on a folder: a listening socket inside it, so that the kernel frees it however its holder ends.
 * @typedef {object} FolderLock
 * @property {boolean} wasStale whether the holder before this one ended without releasing it
 * @property {() => Promise<void>} release
 */

/** @typedef {{ pid: number, url?: string }} Holder what the holder answers about itself */

const name = "posthorn.sock";
/** Longer than another process takes from finding a lock left over to putting its own in its place. */
const settleMs = 50;

/** The longest name that is ever bound in the folder. */
export const longestSocketName = `${name}.00000000`;

/**
 * Takes the lock of a folder.
 * @param {string} dir
 * @param {Holder} self
 * @returns {Promise<FolderLock | Holder>} the lock, or who holds it
 */
export function lockFolder(dir, self) {
  return isWindows ? lockPipe(dir, self) : lockSocket(dir, self);
}

/**
 * A socket that was left over looks like one that is held until it is asked, and cannot be replaced only if it is
 * still the same. So each process puts its own in place, the last one has the lock, and all look again who that is.
 * @param {string} dir
 * @param {Holder} self
 * @returns {Promise<FolderLock | Holder>}
 */
async function lockSocket(dir, self) {
  const address = path.join(dir, name);
  const token = randomBytes(4).toString("hex");
  const own = `${address}.${token}`;
  const holder = await ask(address);
  if (holder) return withoutToken(holder);

  const server = await listen(own, { ...self, token });
  const wasStale = existsSync(address);
  try {
    if (wasStale) renameSync(own, address);
    else linkSync(own, address);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
  await sleep(settleMs);
  const winner = await ask(address);
  if (winner?.token === token) return { wasStale, release: () => close(server, address) };
  await close(server);
  return winner ? withoutToken(winner) : lockSocket(dir, self);
}

/**
 * Named pipes vanish with their process, and their names are taken once.
 * @param {string} dir
 * @param {Holder} self
 * @returns {Promise<FolderLock | Holder>}
 */
async function lockPipe(dir, self) {
  const digest = createHash("sha256").update(dir.toLowerCase()).digest("hex").slice(0, 24);
  const address = `\\\\.\\pipe\\posthorn-${digest}`;
  try {
    const server = await listen(address, self);
    return { wasStale: false, release: () => close(server) };
  } catch (error) {
    if (errorCode(error) !== "EADDRINUSE") throw error;
    return withoutToken((await ask(address)) ?? { pid: 0 });
  }
}

/**
 * @param {string} address
 * @param {Holder & { token?: string }} self
 * @returns {Promise<net.Server>}
 */
function listen(address, self) {
  const server = net.createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(JSON.stringify(self));
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, () => resolve(server));
  });
}

/**
 * @param {net.Server} server
 * @param {string} [address]
 * @returns {Promise<void>}
 */
function close(server, address) {
  if (address) rmSync(address, { force: true });
  return new Promise((resolve) => server.close(() => resolve()));
}

/**
 * @param {Holder & { token?: string }} answer
 * @returns {Holder}
 */
function withoutToken({ token: _, ...holder }) {
  return holder;
}

/**
 * @param {string} address
 * @returns {Promise<(Holder & { token?: string }) | null>} null if nothing listens
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
 * @returns {Holder & { token?: string }}
 */
function parseHolder(answer) {
  try {
    return JSON.parse(answer);
  } catch {
    return { pid: 0 };
  }
}
