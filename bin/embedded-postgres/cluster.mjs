import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { majorOf } from "./binaries.mjs";
import { serverEnv } from "./server-env.mjs";
import { diskFullError, errorCode, StartError } from "./start-error.mjs";

/** The name of the database and of the role that owns it. */
export const databaseName = "posthorn";

const neededBytes = 200 * 1024 * 1024;
/** Of the name of a cluster that is being made. */
const partialEnding = ".new";
const removePatienceMs = 10_000;

/**
 * Makes the cluster with its database unless it exists, and gives the password of its role. It is made beside its
 * place and moved there when it is whole: what fails half way leaves nothing that a later start would trip over.
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {import("./binaries.mjs").Binaries} binaries
 * @param {{ durable: boolean }} options `durable: false` skips waiting for the disk; for tests
 * @returns {Promise<string>}
 */
export async function ensureCluster(folder, binaries, { durable }) {
  if (existsSync(folder.clusterDir)) {
    assertSameMajor(folder, binaries);
    return readPassword(folder);
  }
  if (freeBytes(folder.dataDir) < neededBytes) throw diskFullError(folder.dataDir);
  // Of its own: programs of a Posthorn that was killed may still write into theirs.
  const partial = `${folder.clusterDir}.${randomBytes(4).toString("hex")}${partialEnding}`;
  const passwordFile = path.join(folder.runDir, "password");
  const password = randomBytes(24).toString("base64url");
  try {
    for (const name of readdirSync(folder.dataDir)) {
      if (name.endsWith(partialEnding)) await remove(path.join(folder.dataDir, name));
    }
    mkdirSync(partial, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    give(partial, folder.account);
    give(passwordFile, folder.account);
    await makeCluster({ folder, binaries, partial, passwordFile, durable });
    writeFileSync(passwordFileOf(folder), password, { mode: 0o600 });
    renameSync(partial, folder.clusterDir);
    return password;
  } catch (error) {
    await remove(partial);
    const full =
      errorCode(error) === "ENOSPC" || errorCode(error) === "EDQUOT" || saysDiskFull(String(error));
    throw full ? diskFullError(folder.dataDir, error) : error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Removes a folder, also while a program still writes into it: it ends once its files are gone.
 * @param {string} dir
 */
async function remove(dir) {
  const deadline = Date.now() + removePatienceMs;
  for (;;) {
    try {
      return rmSync(dir, { recursive: true, force: true });
    } catch (error) {
      if (errorCode(error) !== "ENOTEMPTY" || Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

/** @param {string} text what a PostgreSQL program wrote */
export function saysDiskFull(text) {
  return /No space left on device|Disk quota exceeded/i.test(text);
}

/**
 * What is free on the disk of a folder, in bytes.
 * @param {string} dir
 */
export function freeBytes(dir) {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}

/**
 * @param {{ folder: import("./data-folder.mjs").DataFolder, binaries: import("./binaries.mjs").Binaries,
 *   partial: string, passwordFile: string, durable: boolean }} options
 */
async function makeCluster({ folder, binaries, partial, passwordFile, durable }) {
  const builtin =
    majorOf(binaries.version) < 17 ? [] : ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const encoding = ["--encoding=UTF8", "--locale=C", ...builtin];
  const login = [`--username=${databaseName}`, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const initdb = (/** @type {string[]} */ ...args) =>
    run(binaries.initdb, ["-D", partial, ...args], folder.account);
  await initdb("--no-sync", "--no-instructions", ...encoding, ...login);
  // A server of one process, without a socket, that reads statements from its input.
  const single = ["--single", "-D", partial, "-c", "fsync=off", "template1"];
  const output = await run(binaries.postgres, single, folder.account, `CREATE DATABASE ${databaseName}\n`);
  if (/\b(ERROR|FATAL|PANIC):/.test(output))
    throw new StartError(`PostgreSQL could not be set up:\n${output.trim()}`);
  // Everything reaches the disk here, once.
  if (durable) await initdb("--sync-only");
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import("./account.mjs").Account | null} account
 * @param {string} [input]
 * @returns {Promise<string>} what it wrote
 */
function run(program, args, account, input = "") {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: "/",
      env: serverEnv(),
      stdio: ["pipe", "pipe", "pipe"],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new StartError(`${path.basename(program)} failed (${code}):\n${output.trim()}`));
    });
  });
}

/** @param {import("./data-folder.mjs").DataFolder} folder */
function passwordFileOf(folder) {
  return path.join(folder.dataDir, "postgres.password");
}

/**
 * The password of the cluster's role.
 * @param {import("./data-folder.mjs").DataFolder} folder
 */
export function readPassword(folder) {
  const file = passwordFileOf(folder);
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new StartError(
      `The database in ${folder.dataDir} has a password, and ${file}, which keeps it, cannot be read. Put the file back from a copy, or set POSTHORN_DATA_DIR to a new folder.`,
      { cause: error },
    );
  }
}

/**
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {import("./binaries.mjs").Binaries} binaries
 */
function assertSameMajor(folder, binaries) {
  const file = path.join(folder.clusterDir, "PG_VERSION");
  if (!existsSync(file)) {
    throw new StartError(
      `${folder.clusterDir} is not a PostgreSQL cluster. Move it away, or set POSTHORN_DATA_DIR to a new folder.`,
    );
  }
  const made = readFileSync(file, "utf8").trim();
  const brought = String(majorOf(binaries.version));
  if (made === brought) return;
  throw new StartError(
    `The database in ${folder.dataDir} was made by PostgreSQL ${made}, and this Posthorn brings ${brought}. Start it with the Posthorn that made it, or move the data by pg_dump to a server of yours and set DATABASE_URL.`,
  );
}

/**
 * @param {string} file
 * @param {import("./account.mjs").Account | null} account
 */
function give(file, account) {
  if (account) chownSync(file, account.uid, account.gid);
}
