import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { migrate } from "../migrate";
import journal from "../migrations/meta/_journal.json" with { type: "json" };
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { createPartitions } from "./create-partitions";

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

test("weeks are made ahead of time, once each, without gaps", async () => {
  // The week in which the template was made may be over by now.
  await migrate(testDatabase.url);
  const now = new Date();
  expect(await createPartitions(connection.db, now)).toEqual({ made: [], inUse: [] });
  const later = new Date(now.getTime() + 14 * 24 * 60 * 60 * 1_000);
  expect((await createPartitions(connection.db, later)).made).toHaveLength(2 * 3);
  for (let day = 0; day < 40; day++) {
    const id = v7({ msecs: now.getTime() + day * 24 * 60 * 60 * 1_000 });
    await connection.sql`insert into events (id, workspace_id, type, test, body, body_bytes, deliveries)
      values (${id}, ${id}, 'a', false, '{}', 2, 0)`;
  }
});

test("processes that migrate at once wait for each other, and the second finds nothing to do", async () => {
  await Promise.all([migrate(testDatabase.url), migrate(testDatabase.url), migrate(testDatabase.url)]);
  const [row] = await connection.sql`select count(*)::int as n from drizzle.__drizzle_migrations`;
  expect(row?.n).toBe(journal.entries.length);
});
