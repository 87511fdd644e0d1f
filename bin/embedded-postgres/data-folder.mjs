import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, realpathSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { assertReachable, isRoot, postgresAccount, rootHome } from "./account.mjs";
import { longestSocketName } from "./folder-lock.mjs";
import { isWindows } from "./processes.mjs";
import { diskFullError, errorCode, StartError } from "./start-error.mjs";

/**
 * The folders and files of an embedded server.
 * @typedef {object} DataFolder
 * @property {string} dataDir holds the cluster, its password and log, and the secrets of the app
 * @property {string} clusterDir
 * @property {string} runDir holds the Unix sockets; short enough for a socket's address
 * @property {import("./account.mjs").Account | null} account
 */

/** A socket's address holds 108 bytes on Linux and 104 on macOS, with a byte for its end. */
const maxSocketPathBytes = 100;

/**
 * The data folder of a checkout: `POSTHORN_DATA_DIR`, else `.data`, else (as root) a folder of the checkout's own
 * below /var/lib/posthorn, which the account that PostgreSQL then runs as can reach.
 * @param {{ checkout: string, chosen: string | undefined }} options `chosen` is relative to the checkout
 */
export function dataDirFor({ checkout, chosen }) {
  if (chosen) return path.resolve(checkout, chosen);
  if (!isRoot) return path.join(checkout, ".data");
  return path.join(rootHome, `${path.basename(checkout)}-${digest(realpathSync(checkout), 8)}`);
}

/**
 * Creates the data folder if it is missing, with the permissions that PostgreSQL needs.
 * @param {string} dataDir
 * @returns {DataFolder}
 */
export function openDataFolder(dataDir) {
  try {
    return open(dataDir);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOSPC" || code === "EDQUOT") throw diskFullError(dataDir, error);
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
      throw new StartError(
        `The data folder ${dataDir} cannot be written by this account (${code}). Give it to the account, or set POSTHORN_DATA_DIR to a folder of its own.`,
        { cause: error },
      );
    }
    if (code === "ENOTDIR" || code === "EEXIST") {
      throw new StartError(`POSTHORN_DATA_DIR must be a folder, and ${dataDir} is not one.`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** @param {string} dataDir */
function open(dataDir) {
  makeDir(dataDir);
  const real = realpathSync(dataDir);
  const clusterDir = path.join(real, "postgres");
  const account = postgresAccount(clusterDir);
  if (account) assertReachable(account, real);

  const runDir = socketDirFor(real);
  if (!existsSync(runDir)) mkdirSync(runDir, { mode: 0o700 });
  assertOwn(runDir, account?.uid);
  if (account) chownSync(runDir, account.uid, account.gid);
  if (!isWindows) chmodSync(runDir, 0o700);
  return { dataDir: real, clusterDir, runDir, account };
}

/**
 * Makes a folder and its parents. Those that root makes may be entered (not listed) by others, whatever the umask:
 * PostgreSQL runs as another account then.
 * @param {string} dir
 */
function makeDir(dir) {
  const firstMade = mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (!firstMade || !isRoot) return;
  for (let made = dir; made.startsWith(firstMade); made = path.dirname(made)) chmodSync(made, 0o711);
}

/** @param {string} dataDir */
function socketDirFor(dataDir) {
  const inside = path.join(dataDir, "run");
  if (isWindows || fitsSocket(inside)) return inside;
  const name = `posthorn-${digest(dataDir, 12)}`;
  const short = path.join(os.tmpdir(), name);
  return fitsSocket(short) ? short : path.join("/tmp", name);
}

/** @param {string} dir */
function fitsSocket(dir) {
  return Buffer.byteLength(path.join(dir, longestSocketName)) <= maxSocketPathBytes;
}

/**
 * The short folder has a name that others on the machine could take first.
 * @param {string} dir
 * @param {number | undefined} accountUid
 */
function assertOwn(dir, accountUid) {
  const stat = lstatSync(dir);
  const own = [process.getuid?.(), accountUid, ...(isRoot ? [0] : [])];
  if (stat.isDirectory() && (isWindows || own.includes(stat.uid))) return;
  throw new StartError(
    `The folder for the database's socket, ${dir}, belongs to another account. Remove it, or set POSTHORN_DATA_DIR to another folder.`,
  );
}

/**
 * @param {string} text
 * @param {number} length
 */
function digest(text, length) {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
