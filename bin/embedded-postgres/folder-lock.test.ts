import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FolderLock, type Holder, lockFolder } from "./folder-lock.mjs";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), "posthorn-lock-"));
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

test("a lock that is held is refused, with who holds it", async () => {
  const lock = held(await lockFolder(dir, { pid: 1, url: "http://localhost:3000" }));
  expect(await lockFolder(dir, { pid: 2 })).toEqual({ pid: 1, url: "http://localhost:3000" });
  await lock.release();
});

test("a lock that was released is free", async () => {
  await held(await lockFolder(dir, { pid: 1 })).release();
  const lock = held(await lockFolder(dir, { pid: 2 }));
  expect(lock.wasStale).toBe(false);
  await lock.release();
});

test("a lock whose holder was killed is free, and is said to be left over", async () => {
  const holder = spawn(process.execPath, ["--input-type=module", "--eval", holdForever(dir)]);
  await once(holder.stdout, "data");
  expect(await lockFolder(dir, { pid: 2 })).toEqual({ pid: holder.pid });
  holder.kill("SIGKILL");
  await once(holder, "exit");

  const lock = held(await lockFolder(dir, { pid: 2 }));
  expect(lock.wasStale).toBe(true);
  expect(await lockFolder(dir, { pid: 3 })).toEqual({ pid: 2 });
  await lock.release();
});

test("of many that find a lock left over, one gets it", async () => {
  const holder = spawn(process.execPath, ["--input-type=module", "--eval", holdForever(dir)]);
  await once(holder.stdout, "data");
  holder.kill("SIGKILL");
  await once(holder, "exit");

  const answers = await Promise.all([1, 2, 3, 4, 5].map((pid) => lockFolder(dir, { pid })));
  const locks = answers.filter((answer) => "release" in answer);
  expect(locks).toHaveLength(1);
  await locks[0]?.release();
});

function held(answer: FolderLock | Holder): FolderLock {
  if (!("release" in answer)) throw new Error(`the lock is held by ${answer.pid}`);
  return answer;
}

/** A program that takes the lock, says so, and stays. */
function holdForever(folder: string): string {
  const module = new URL("folder-lock.mjs", import.meta.url).href;
  return `
    const { lockFolder } = await import(${JSON.stringify(module)});
    await lockFolder(${JSON.stringify(folder)}, { pid: process.pid });
    console.log("held");
    setInterval(() => {}, 1000);`;
}
