import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { patchPackages } from "./patch-packages.mjs";
import { withProgress } from "./progress.mjs";
import { runQuietly } from "./run-quietly.mjs";
import { checkout } from "./settings.mjs";

/** @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage */

const stampFile = path.join(checkout, "node_modules", ".posthorn-installed");

/**
 * Installs the packages of the lock file, unless just these are installed, and puts the patches in place.
 * @param {AbortSignal} ending
 */
export async function ensureInstalled(ending) {
  const stamp = installStamp();
  const previous = readIfThere(stampFile);
  if (previous === stamp && (await arePatched())) return;
  // What another patch has changed is not what this version's was made for.
  const [, patches] = stamp.split("\n");
  const [, previousPatches = ""] = previous?.split("\n") ?? [];
  const hasOtherPatches = previousPatches !== "" && previousPatches !== patches;
  if (!matchesLockFile() || hasOtherPatches || !(await arePatched())) await install(ending);
  await patchPackages();
  writeFileSync(stampFile, stamp);
}

/** @param {AbortSignal} ending */
async function install(ending) {
  const { program, args, shell } = npmCommand();
  // The build needs the development packages too.
  const flags = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ("development") };
  await withProgress("Installing packages", () =>
    runQuietly(program, [...args, ...flags], { what: "npm ci", env, ending, shell }),
  );
}

/** Whether the patches are in place now, or fit. */
async function arePatched() {
  try {
    await patchPackages();
    return true;
  } catch {
    return false;
  }
}

function installStamp() {
  const lock = hashOf([path.join(checkout, "package-lock.json")]);
  const folder = path.join(checkout, "db", "patches");
  const patches = hashOf(
    readdirSync(folder)
      .sort()
      .map((name) => path.join(folder, name)),
  );
  return `${lock} ${process.platform} ${process.arch} ${process.versions.modules}\n${patches}\n`;
}

/** @param {string[]} files */
function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}

/** Whether what npm last noted as installed is what the lock file asks for, as after an `npm ci` by hand. */
function matchesLockFile() {
  const noted = readIfThere(path.join(checkout, "node_modules", ".package-lock.json"));
  if (!noted) return false;
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const wanted = JSON.parse(readFileSync(path.join(checkout, "package-lock.json"), "utf8"));
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const installed = JSON.parse(noted);
  return Object.entries(wanted.packages).every(([name, entry]) => {
    if (name === "") return true;
    const found = installed.packages[name];
    return found ? found.version === entry.version : entry.optional && !isForThisSystem(entry);
  });
}

/**
 * Whether an optional package names this system. What it needs in turn names none, and which C library this system
 * has is not looked up here: those may be missing.
 * @param {LockedPackage} entry
 */
function isForThisSystem({ os, cpu, libc }) {
  if (libc || !(os || cpu)) return false;
  return (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));
}

/** The npm that started this process, if one did; else the one on the path. */
function npmCommand() {
  const started = process.env.npm_execpath;
  if (started && /npm-cli\.c?js$/.test(started) && existsSync(started)) {
    return { program: process.execPath, args: [started], shell: false };
  }
  // On Windows npm is a script, which only a shell can start.
  return { program: "npm", args: [], shell: process.platform === "win32" };
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
