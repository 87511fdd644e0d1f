import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compressAssets } from "./compress-assets.mjs";
import { withProgress } from "./progress.mjs";
import { runQuietly } from "./run-quietly.mjs";
import { checkout } from "./settings.mjs";

const sourceFolders = ["app", "components", "db", "inngest", "lib", "public"];
const ownConfigurations =
  /^(next|postcss|tailwind)\.config\.|^(instrumentation|instrumentation-client|proxy)\.ts$/;
const packageFiles = ["package.json", "package-lock.json", "tsconfig.json"];
/** What no build reads. */
const ignored = /\.test\.tsx?$|^db\/(embedded|testing|migrations)\//;
const stampFile = path.join(checkout, ".next", "posthorn-build");

/** The program of Next, to be run by Node. */
export const nextProgram = path.join(checkout, "node_modules", "next", "dist", "bin", "next");

/**
 * Builds the app, unless the build that is there was made from the same sources.
 * @param {AbortSignal} ending
 */
export async function ensureBuilt(ending) {
  const stamp = hashSources();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  rmSync(stampFile, { force: true });
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ("production"), NEXT_TELEMETRY_DISABLED: "1" };
  await withProgress("Building", async () => {
    await runQuietly(process.execPath, [nextProgram, "build"], { what: "next build", env, ending });
    await compressAssets();
  });
  writeFileSync(stampFile, stamp);
}

/** Whether there is a build that was finished, of whichever sources. */
export function isBuilt() {
  return existsSync(path.join(checkout, ".next", "BUILD_ID"));
}

function hashSources() {
  const hash = createHash("sha256");
  for (const file of sourceFiles()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(checkout, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function sourceFiles() {
  const atTop = readdirSync(checkout).filter(
    (name) => ownConfigurations.test(name) || packageFiles.includes(name),
  );
  const inFolders = sourceFolders
    .filter((folder) => existsSync(path.join(checkout, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(checkout, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          path.relative(checkout, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"),
        ),
    );
  return [...atTop, ...inFolders].filter((file) => !ignored.test(file)).sort();
}
