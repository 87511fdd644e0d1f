import { execFileSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { StartError } from "../../../bin/embedded-postgres/start-error.mjs";
import { checkout } from "../../../bin/launcher/settings.mjs";

/** Programs of the other tree that this one's benchmarks build and start it by. */
const drivenBy = [
  "launcher/prepare.mjs",
  "launcher/app.mjs",
  "launcher/database.mjs",
  "embedded-postgres/embedded-postgres.mjs",
];

/**
 * Checks another commit out in a temporary folder, installs its packages, and builds it. The lifecycle removes it.
 * @param {import("../../../bin/launcher/lifecycle.mjs").Lifecycle} lifecycle
 * @param {string} revision as git takes it
 * @returns {Promise<{ root: string, commit: string }>} `commit`: its hash. Throws StartError if there is no such commit
 */
export async function checkOut(lifecycle, revision) {
  const commit = resolve(revision);
  const parent = mkdtempSync(path.join(os.tmpdir(), "posthorn-bench-compare-"));
  const root = path.join(parent, "tree");
  lifecycle.onEnd(async () => {
    rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
    git("worktree", "prune");
  });
  git("worktree", "add", "--quiet", "--detach", root, commit);
  linkPackages(root);
  const lacking = drivenBy.filter((file) => !existsSync(path.join(root, "bin", file)));
  if (lacking.length > 0) {
    throw new StartError(
      `--compare ${revision}: must be a newer commit; that one lacks bin/${lacking.join(" and bin/")}, by which it would be built and started`,
    );
  }
  // npm is to take what it has kept.
  process.env.npm_config_prefer_offline = "true";
  /** @type {typeof import("../../../bin/launcher/prepare.mjs")} */
  const { prepare } = await import(pathToFileURL(path.join(root, "bin", "launcher/prepare.mjs")).href);
  await prepare({ build: true, ending: lifecycle.ending });
  return { root, commit };
}

/** @param {string} revision */
function resolve(revision) {
  try {
    return git("rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  } catch (error) {
    throw new StartError(`--compare ${revision}: must be a commit of this repository`, { cause: error });
  }
}

/** @param {string[]} args */
function git(...args) {
  return execFileSync("git", args, { cwd: checkout, encoding: "utf8" }).trim();
}

/**
 * Links this checkout's packages, if the other tree wants the same ones with the same patches; else they are installed.
 * @param {string} root
 */
function linkPackages(root) {
  const wants = (/** @type {string} */ tree) => [
    readFileSync(path.join(tree, "package-lock.json"), "utf8"),
    ...readPatches(path.join(tree, "db", "patches")),
  ];
  if (wants(root).join("\0") !== wants(checkout).join("\0")) return;
  const packages = path.join(root, "node_modules");
  try {
    linkFolder(path.join(checkout, "node_modules"), packages);
  } catch {
    // As between two file systems.
    rmSync(packages, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function readPatches(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => [name, readFileSync(path.join(folder, name), "utf8")]);
}

/**
 * Copies folders, and makes hard links of files.
 * @param {string} from
 * @param {string} to
 */
function linkFolder(from, to) {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    // What tools keep between their runs belongs to one tree.
    if (entry.name === ".cache") continue;
    if (entry.isDirectory()) linkFolder(source, target);
    else linkSync(source, target);
  }
}
