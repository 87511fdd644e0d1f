import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "@/lib/platform/env";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, "..", file), "utf8");
const example = read(".env.example");
const shown = Object.keys(parseEnv(example)).sort();

/** Set by the launcher, or for its own development server by Inngest. */
const notForUsers = ["POSTHORN_EMBEDDED_URL", "POSTHORN_PROCESS_ID", "INNGEST_DEV"];

test(".env.example holds every setting that the app reads, with a comment, and no other", () => {
  const known = [...read("lib/platform/env.ts").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].flatMap(
    ([, name]) => name ?? [],
  );
  expect(shown).toEqual(known.filter((name) => !notForUsers.includes(name)).sort());
  expect(shown.filter((name) => !new RegExp(`^# ${name}: .+\n${name}=`, "m").test(example))).toEqual([]);
});

test("the README's table of settings is the same list", () => {
  const table = read("README.md").split("## Settings")[1]?.split("\n## ")[0] ?? "";
  const [start = ""] = /`POSTHORN_BOOTSTRAP_[A-Z]+`/.exec(table) ?? [];
  expect(start).not.toBe("");
  const named = table
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) =>
      [...(line.split("|")[1] ?? "").matchAll(/`(…?[A-Z_]+)`/g)].map(([, name = ""]) => name),
    )
    .map((name) => name.replace("…", "POSTHORN_BOOTSTRAP"));
  expect(named.sort()).toEqual(shown);
});

test("a copy of .env.example changes nothing", () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "posthorn-env-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const set = {
    POSTHORN_DATA_DIR: dataDir,
    POSTHORN_EMBEDDED_URL: "postgres://localhost/posthorn",
    POSTHORN_PROCESS_ID: randomUUID(),
  };
  expect(readSettings({ ...parseEnv(example), ...set })).toEqual(readSettings(set));
});
