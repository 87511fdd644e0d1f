import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readKeptLog, writeKeptLog } from "./kept-log.mjs";

const root = mkdtempSync(path.join(os.tmpdir(), "kept-log-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const folder = (name: string) => {
  const dir = path.join(root, name);
  mkdirSync(dir);
  return dir;
};
const log = {
  endpoints: { busy: "ep_1", failing: "ep_2", holding: "ep_3", quiet: "ep_4" },
  samples: [],
  failureGroupIds: [],
  replayId: "rpl_1",
  page100: "cursor",
  oldDay: { from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z" },
  types: { rare: "rare", unused: "unused" },
};

test("a new folder is filled, and a filled one is opened by the same PostgreSQL", () => {
  const dir = folder("filled");
  expect(readKeptLog(dir, 18)).toBeNull();
  writeKeptLog(dir, { deliveries: 1_000, postgres: 18, apiKey: "phk_1", log });
  expect(readKeptLog(dir, 18)).toMatchObject({ deliveries: 1_000, apiKey: "phk_1", log });
  expect(() => readKeptLog(dir, 15)).toThrow("is in PostgreSQL 18, not 15");
});

test("a database that was not filled to its end is refused", () => {
  const dir = folder("interrupted");
  mkdirSync(path.join(dir, "postgres"));
  expect(() => readKeptLog(dir, 18)).toThrow("was not filled to its end");
});
