import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const checkout = fileURLToPath(new URL("../..", import.meta.url));
/** @type {{ commit: string, lastMigration: string }} */
const { commit } = JSON.parse(readFileSync(path.join(checkout, "db", "previous-version.json"), "utf8"));

/** Whether this clone has the version before: a shallow one has not. */
export function hasPreviousVersion() {
  return spawnSync("git", ["cat-file", "-e", `${commit}^{commit}`], { cwd: checkout }).status === 0;
}

/** What the version before does to be ready to start, by its own launcher: it installs its packages, and builds. */
const prepareIt = `import { prepare } from "./bin/launcher/prepare.mjs";
  await prepare({ build: true, ending: new AbortController().signal });`;

/**
 * Puts the version before (`db/previous-version.json`) in a folder of its own, and builds it there. It is kept in the
 * system's temporary folder for the next run.
 * @returns {Promise<string>} its folder
 */
export async function buildPreviousVersion() {
  const folder = path.join(os.tmpdir(), `posthorn-${commit.slice(0, 12)}-${process.getuid?.() ?? 0}`);
  const built = path.join(folder, ".next", "posthorn-previous");
  if (existsSync(built)) return folder;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(folder, { mode: 0o711 });
  const archive = path.join(folder, "previous.tar");
  await run("git", ["archive", `--output=${archive}`, commit], { cwd: checkout });
  await run("tar", ["-xf", archive], { cwd: folder });
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS$)/.test(name));
  await run(process.execPath, ["--input-type=module", "--eval", prepareIt], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), NODE_ENV: "production" },
  });
  writeFileSync(built, "");
  return folder;
}
