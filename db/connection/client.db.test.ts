import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type Connection, openDatabase } from "./client";

let testDatabase: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

test("the engine plans once, for indexes, and the server knows it", async () => {
  const names = ["plan_cache_mode", "enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"];
  const shown = await connection.engine`select name, setting from pg_settings where name = any(${names})`;
  expect(Object.fromEntries(shown.map(({ name, setting }) => [name, setting]))).toEqual({
    plan_cache_mode: "force_generic_plan",
    enable_seqscan: "off",
    enable_hashjoin: "off",
    enable_mergejoin: "off",
    jit: "off",
  });
});

// The test server has it off.
test("each commit waits for the disk, also at a server that would not", async () => {
  const [own] =
    await connection.sql`select setting, source from pg_settings where name = 'synchronous_commit'`;
  expect(own).toEqual({ setting: "on", source: "client" });
  const [engine] = await connection.engine`select current_setting('synchronous_commit') as setting`;
  expect(engine).toEqual({ setting: "on" });
});

test("everything else is planned as usual", async () => {
  const [shown] =
    await connection.sql`select current_setting('enable_seqscan') as scan, current_setting('jit') as jit`;
  expect(shown).toEqual({ scan: "on", jit: "off" });
});

test("a database that was away for long is tried again each second, not each twenty", async () => {
  const away = openDatabase("postgres://posthorn:secret@127.0.0.1:1/posthorn", { max: 1 });
  onTestFinished(() => away.close());
  for (let failure = 1; failure <= 9; failure += 1) {
    await expect(away.sql`select 1`).rejects.toMatchObject({ code: "ECONNREFUSED" });
  }
});

test("a connection that is cut in the middle of a statement serves the next ones, at once", async () => {
  const cut = openDatabase(testDatabase.url, { max: 4 });
  onTestFinished(() => cut.close());
  const lost: unknown[] = [];
  const select = (n: number) => cut.sql`select ${n}::int as n`;
  for (let round = 0; round < 40; round += 1) {
    let reading = true;
    const reads = Promise.all(
      Array.from({ length: 8 }, async (_, n) => {
        await cut.sql`select pg_sleep(60)`.catch((error) => lost.push(error));
        // While other connections of the pool are still closing.
        await select(n).catch((error) => lost.push(error));
      }),
    ).finally(() => {
      reading = false;
    });
    while (reading) {
      await connection.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where state = 'active' and query = 'select pg_sleep(60)'`;
      await sleep(2);
    }
    await reads;
    const rows = await Promise.all([1, 2, 3, 4].map(select));
    expect(rows.flat()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  }
  expect(lost.length).toBeGreaterThanOrEqual(40 * 8);
  for (const error of lost) {
    expect(String(error)).toMatch(/terminating connection|CONNECTION_CLOSED|EPIPE|ECONNRESET/);
  }
});
