import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { applyPatch, parsePatch, reversePatch } from "diff";
import { expect, onTestFinished, test } from "vitest";
import { applyPatches, missingPatches } from "./package-patches.mjs";

const patchFile = "db/patches/postgres+3.4.9.patch";
const patched = "node_modules/postgres/src/connection.js";

/** A checkout with the driver as the registry has it. */
function pristineCheckout(): string {
  const root = mkdtempSync(path.join(tmpdir(), "posthorn-patches-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ["db/patches", "node_modules/postgres"]) {
    cpSync(folder, path.join(root, folder), { recursive: true });
  }
  for (const patch of parsePatch(readFileSync(patchFile, "utf8"))) {
    const file = path.join(root, (patch.newFileName ?? "").slice(2));
    const source = applyPatch(readFileSync(file, "utf8"), reversePatch(patch));
    if (source !== false) writeFileSync(file, source);
  }
  return root;
}

test("a driver without its patch is noticed and patched, in every file, once", () => {
  const root = pristineCheckout();
  const file = path.join(root, patched);
  const before = readFileSync(file, "utf8");
  const { mode } = statSync(file);
  expect(missingPatches(root)).toEqual([patchFile]);
  expect(applyPatches(root)).toEqual([]);
  expect(missingPatches(root)).toEqual([]);
  const after = readFileSync(file, "utf8");
  expect(after).not.toBe(before);
  expect(after).toBe(readFileSync(patched, "utf8"));
  expect(applyPatches(root)).toEqual([]);
  expect(readFileSync(file, "utf8")).toBe(after);
  expect(statSync(file).mode).toBe(mode);
  expect(readdirSync(path.dirname(file)).filter((name) => /\d$/.test(name))).toEqual([]);
});

test("a driver of another version is not touched, and reported", () => {
  const root = pristineCheckout();
  const other = readFileSync(path.join(root, patched), "utf8").replaceAll("clearImmediate", "clearSoon");
  writeFileSync(path.join(root, patched), other);
  expect(applyPatches(root)).toEqual([patchFile]);
  expect(missingPatches(root)).toEqual([patchFile]);
  expect(readFileSync(path.join(root, patched), "utf8")).toBe(other);
});
