import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type Connection, openDatabase } from "./connection/client";
import { migrate } from "./migrate";
import { migrationStatements } from "./testing/migration-statements";
import { createDatabase, dropDatabase } from "./testing/test-server";

let name: string;
let url: string;
let connection: Connection;

beforeEach(async () => {
  name = `test_${randomBytes(8).toString("hex")}`;
  url = await createDatabase(inject("testServer").url, name);
  connection = openDatabase(url, { max: 5 });
});
afterEach(async () => {
  await connection.close();
  await dropDatabase(inject("testServer").url, name);
});

type Journal = { entries: { tag: string; when: number }[] };
const { entries }: Journal = JSON.parse(readFileSync("db/migrations/meta/_journal.json", "utf8"));

/** Applies the migrations before one, as a version before it did. */
async function migrateUpTo(tag: string): Promise<void> {
  const { sql } = connection;
  await sql.unsafe(`create schema drizzle;
    create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`);
  for (const entry of entries.slice(
    0,
    entries.findIndex((one) => one.tag === tag),
  )) {
    for (const statement of migrationStatements(`${entry.tag}.sql`)) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${entry.tag}, ${entry.when})`;
  }
}

/** Waits until somebody waits for a lock of a table. */
async function untilWaitedFor(table: string): Promise<void> {
  for (;;) {
    const [row] = await connection.sql`
      select 1 from pg_locks where relation = ${table}::regclass and not granted`;
    if (row) return;
  }
}

test("a process of the version before that needs the tables in the other order goes on, and they are migrated after", async () => {
  // This migration changes deliveries, and delivery_queue after it.
  await migrateUpTo("0024_failure_groups");
  let migrated = Promise.resolve();
  await connection.sql.begin(async (tx) => {
    await tx`select from delivery_queue limit 1`;
    migrated = migrate(url);
    migrated.catch(() => undefined);
    await untilWaitedFor("delivery_queue");
    await tx`select from deliveries limit 1`;
  });
  await migrated;
  const [applied] =
    await connection.sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`;
  expect(applied?.last).toBe(String(entries.at(-1)?.when));
});

test("while a long transaction reads a table, others use it, and it is migrated once the transaction ends", async () => {
  await migrate(url);
  const [last] = await connection.sql<{ name: string }[]>`
    select max(child.relname) as name from pg_inherits join pg_class child on child.oid = inhrelid
    where child.relkind = 'r' and child.relname like 'attempts\_%'`;
  await connection.sql.unsafe(`drop table ${last?.name}`);
  let migrated = Promise.resolve();
  await connection.sql.begin(async (tx) => {
    await tx`select from attempts limit 1`;
    migrated = migrate(url);
    migrated.catch(() => undefined);
    await untilWaitedFor("attempts");
    await connection.sql`select from attempts limit 1`;
  });
  await migrated;
  expect(await connection.sql`select to_regclass(${last?.name ?? ""}) is not null as made`).toEqual([
    { made: true },
  ]);
});
