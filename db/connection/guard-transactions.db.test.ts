import { setTimeout as sleep } from "node:timers/promises";
import { sql as words } from "drizzle-orm";
import type postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type Connection, openDatabase } from "./client";

let testDatabase: TestDatabase;
let connection: Connection;
let observer: Connection;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  observer = openDatabase(testDatabase.url, { max: 1 });
  await observer.sql`create table marks (mark text)`;
});
afterAll(async () => {
  await observer.close();
  await testDatabase.drop();
});
beforeEach(() => {
  connection = openDatabase(testDatabase.url, { max: 2 });
});
afterEach(async () => {
  await connection.close();
  await observer.sql`delete from marks`;
});

const marks = async () => (await observer.sql`select mark from marks`).map(({ mark }) => mark);

async function killBackend(tx: postgres.TransactionSql): Promise<void> {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await observer.sql`select pg_terminate_backend(${row?.pid ?? 0}, 5000)`;
}

async function goesOn(): Promise<void> {
  const rows = await Promise.all([1, 2, 3].map((n) => connection.sql`select ${n}::int as n`));
  expect(rows.flat()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
}

test("a transaction whose connection is lost between two statements is not there, and breaks nothing else", async () => {
  let over = false;
  const lost = connection.sql.begin(async (tx) => {
    await tx`insert into marks values ('before')`;
    await killBackend(tx);
    await sleep(50);
    // By now another one has its place.
    await goesOn();
    over = true;
    await tx`insert into marks values ('after')`;
  });
  await expect(lost).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  await expect.poll(() => over).toBe(true);
  await goesOn();
  expect(await marks()).toEqual([]);
});

test.each<[string, (tx: postgres.TransactionSql) => Promise<unknown>]>([
  ["a statement", (tx) => tx`select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)`],
  [
    "statements sent at once",
    (tx) =>
      Promise.all([
        tx`select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)`,
        tx`insert into marks values ('at once')`,
      ]),
  ],
  [
    "a statement within a savepoint",
    (tx) => tx.savepoint((inner) => inner`select pg_terminate_backend(pg_backend_pid())`),
  ],
  [
    "a pause, with another error",
    async (tx) => {
      await killBackend(tx);
      await sleep(50);
      throw new Error("of its own");
    },
  ],
])("a transaction that loses its connection in %s rejects, and the pool goes on", async (_, work) => {
  const lost = connection.sql.begin(async (tx) => {
    await tx`insert into marks values ('before')`;
    await work(tx);
  });
  await expect(lost).rejects.toThrow(/terminating connection|CONNECTION_CLOSED/);
  await goesOn();
  expect(await marks()).toEqual([]);
});

test("the same holds for a transaction of drizzle", async () => {
  const lost = connection.db.transaction(async (tx) => {
    await tx.execute(words`insert into marks values ('before')`);
    await tx.execute(words`select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)`);
  });
  await expect(lost).rejects.toThrow(/pg_terminate_backend|CONNECTION_CLOSED/);
  await goesOn();
  expect(await marks()).toEqual([]);
});

test("an error of the work rolls it back, and the connection is used on", async () => {
  const refused = connection.sql.begin(async (tx) => {
    await tx`insert into marks values ('refused')`;
    throw new Error("of its own");
  });
  await expect(refused).rejects.toThrow("of its own");
  await connection.sql.begin((tx) => tx`insert into marks values ('taken')`);
  expect(await marks()).toEqual(["taken"]);
});

test("backends that are killed over and over, all at once, are replaced each time", async () => {
  for (let round = 0; round < 20; round += 1) {
    const working = Array.from({ length: 8 }, async (_, n) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await connection.sql.begin(async (tx) => {
            await tx`select pg_sleep(0.002)`;
            await tx`insert into marks values (${`${round}.${n}.${tries}`})`;
            return tries;
          });
        } catch (error) {
          if (tries > 20) throw error;
        }
      }
    });
    await observer.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    await Promise.all(working);
  }
  const rows =
    await observer.sql`select distinct split_part(mark, '.', 1) || '.' || split_part(mark, '.', 2) from marks`;
  expect(rows).toHaveLength(160);
});
