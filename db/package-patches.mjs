import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { applyPatch, parsePatch, reversePatch } from "diff";

/**
 * Applies the patches of `db/patches` to the packages of a checkout, but for those that are in place. It needs none of
 * npm's install scripts, which are often disabled, and no development package.
 * @param {string} root the checkout
 * @returns {string[]} the patches that fit neither way, as when the package is of another version
 * @throws if a file is not there, or may not be written
 */
export function applyPatches(root) {
  return patchesOf(root)
    .filter(({ patches }) => {
      for (const patch of patches) {
        const file = path.join(root, patch.file);
        const source = readFileSync(file, "utf8");
        if (isIn(source, patch.parsed)) continue;
        const patched = applyPatch(source, patch.parsed);
        if (patched === false) return true;
        replaceFile(file, patched);
      }
      return false;
    })
    .map(({ name }) => name);
}

/**
 * The patches that are not in place in a checkout's packages.
 * @param {string} root
 * @returns {string[]}
 */
export function missingPatches(root) {
  return patchesOf(root)
    .filter(({ patches }) =>
      patches.some(({ file, parsed }) => !isIn(readFileSync(path.join(root, file), "utf8"), parsed)),
    )
    .map(({ name }) => name);
}

/** @param {string} root */
function patchesOf(root) {
  const folder = path.join(root, "db", "patches");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".patch"))
    .map((name) => ({
      name: `db/patches/${name}`,
      patches: parsePatch(readFileSync(path.join(folder, name), "utf8")).map((parsed) => ({
        parsed,
        file: (parsed.newFileName ?? "").replace(/^b\//, ""),
      })),
    }));
}

/**
 * Whether a patch could be taken back.
 * @param {string} source
 * @param {import("diff").StructuredPatch} patch
 */
function isIn(source, patch) {
  return applyPatch(source, reversePatch(patch)) !== false;
}

/**
 * Never in place: npm clients link one file into several checkouts.
 * @param {string} file
 * @param {string} text
 */
function replaceFile(file, text) {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: statSync(file).mode });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
