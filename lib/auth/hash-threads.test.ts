import { execFileSync } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { closeSync, mkdtempSync, open, openSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { HashThreads, waitingMax } from "./hash-threads";
import { hashPassword, verifyPassword } from "./password";

/** More than the four that Node has by itself. */
const poolThreads = 8;

test("a password is hashed while all of libuv's threads wait", async () => {
  // The thread that hashes is there already: its start reads files.
  const stored = await hashPassword("a long password");
  const release = blockPool();
  try {
    expect(await verifyPassword("a long password", stored)).toBe(true);
  } finally {
    await release();
  }
});

test("two hash at a time; who comes when fifty are waiting is refused, and the fifty are not", async () => {
  let threads = 0;
  const count = () => {
    threads += 1;
  };
  subscribe("worker_threads", count);
  onTestFinished(() => {
    unsubscribe("worker_threads", count);
  });
  const pool = new HashThreads();
  const request = { password: "a", salt: Buffer.alloc(16), length: 8, options: { N: 2, r: 1, p: 1 } };
  const hashes = Array.from({ length: 2 + waitingMax }, () => pool.derive(request));
  expect(() => pool.derive(request)).toThrow("Too many people are signing in");
  expect((await Promise.all(hashes)).map((key) => key.length)).toEqual(hashes.map(() => 8));
  expect(threads).toBe(2);
});

test("a hash whose cost cannot be met fails alone", async () => {
  const broken = `scrypt$3$8$3$${Buffer.alloc(16).toString("base64url")}$${Buffer.alloc(32).toString("base64url")}`;
  await expect(verifyPassword("a long password", broken)).rejects.toThrow();
  const stored = await hashPassword("a long password");
  expect(await verifyPassword("another password", stored)).toBe(false);
});

/** Opening a named pipe waits, on a thread of the pool, until somebody writes to it. */
function blockPool(): () => Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "posthorn-pool-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const opened = Array.from({ length: poolThreads }, () => promisify(open)(pipe, "r"));
  return async () => {
    const writer = openSync(pipe, "r+");
    for (const reader of await Promise.all(opened)) closeSync(reader);
    closeSync(writer);
  };
}
