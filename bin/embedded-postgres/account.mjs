import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { StartError } from "./start-error.mjs";

/** @typedef {{ name: string, uid: number, gid: number }} Account */

const accountName = "posthorn";

/** What root keeps, outside of home folders that an unprivileged account cannot enter. */
export const rootHome = "/var/lib/posthorn";

export const isRoot = process.getuid?.() === 0;

/**
 * The account that PostgreSQL runs as. It refuses to run as root, so for root this is the owner of the cluster
 * that exists, else `posthorn` (made when missing), else `nobody`. Everyone else runs it as themselves.
 * @param {string} clusterDir
 * @returns {Account | null} null if no change of account is needed
 */
export function postgresAccount(clusterDir) {
  if (!isRoot) return null;
  if (existsSync(clusterDir)) {
    const { uid, gid } = statSync(clusterDir);
    if (uid !== 0) return { name: lookUpName(uid), uid, gid };
  }
  return lookUp(accountName) ?? create() ?? lookUp("nobody") ?? { name: "nobody", uid: 65534, gid: 65534 };
}

/**
 * Throws unless the account can enter a folder; root's own home is the usual one that it cannot.
 * @param {Account} account
 * @param {string} dir
 */
export function assertReachable(account, dir) {
  const { status, error } = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", dir], {
    uid: account.uid,
    gid: account.gid,
    cwd: "/",
    stdio: "ignore",
  });
  if (error) {
    throw new StartError(
      `PostgreSQL refuses to run as root, and this system does not let root start it as the account "${account.name}" (${error.message}). Run Posthorn as an ordinary user, or set DATABASE_URL to a PostgreSQL server of yours.`,
      { cause: error },
    );
  }
  if (status !== 0) {
    throw new StartError(
      `PostgreSQL refuses to run as root, so it runs as the account "${account.name}", and that account cannot enter ${dir}. Set POSTHORN_DATA_DIR to a folder that it can reach (such as ${path.join(rootHome, path.basename(dir))}), run Posthorn as an ordinary user, or set DATABASE_URL.`,
    );
  }
}

/**
 * @param {string} name
 * @returns {Account | null}
 */
function lookUp(name) {
  const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
  const gid = spawnSync("id", ["-g", name], { encoding: "utf8" });
  if (uid.status !== 0 || gid.status !== 0 || Number(uid.stdout) === 0) return null;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** @param {number} uid */
function lookUpName(uid) {
  const { status, stdout } = spawnSync("id", ["-un", String(uid)], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : String(uid);
}

/** @returns {Account | null} */
function create() {
  spawnSync(
    "useradd",
    [
      "--system",
      "--user-group",
      "--no-create-home",
      "--home-dir",
      rootHome,
      "--shell",
      "/bin/false",
      accountName,
    ],
    { stdio: "ignore" },
  );
  const made = lookUp(accountName);
  if (made) return made;
  // BusyBox knows adduser only.
  spawnSync("adduser", ["-S", "-D", "-H", "-h", rootHome, "-s", "/bin/false", accountName], {
    stdio: "ignore",
  });
  return lookUp(accountName);
}
