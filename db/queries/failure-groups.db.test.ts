import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { findGroupStrips } from "./failure-groups";

const workspaceId = randomUUID();
const [old, fresh, moved, empty] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const to = new Date("2026-11-28T12:00:00.000Z");
let testDatabase: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  const add = (table: string, group: string, at: string, type: string, n: number) => sql`
    insert into ${sql(table)} (workspace_id, group_id, bucket, type, n)
    values (${workspaceId}, ${group}, ${`2026-11-28T${at}:00Z`}, ${type}, ${n})`;
  await add("failure_group_buckets", old, "08:00", "a", 3);
  await add("failure_group_buckets", old, "08:00", "b", 4);
  await add("failure_group_buckets", old, "08:55", "a", 1);
  await add("failure_group_buckets", old, "10:00", "a", 2);
  // Not folded: one more, and one bucket that has become empty.
  await add("failure_group_deltas", old, "11:55", "a", 5);
  await add("failure_group_deltas", old, "10:00", "a", -2);
  await add("failure_group_buckets", fresh, "11:55", "a", 6);
  // Its first bucket has become empty, and its only delivery is not folded.
  await add("failure_group_buckets", moved, "09:00", "a", 2);
  await add("failure_group_deltas", moved, "09:00", "a", -2);
  await add("failure_group_deltas", moved, "11:00", "a", 1);
  await add("failure_group_buckets", empty, "11:00", "a", 1);
  await add("failure_group_deltas", empty, "11:00", "a", -1);
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

test("a group's deliveries are added up in bars from its first until now", async () => {
  const ids = [old, fresh, moved, empty];
  const strips = await findGroupStrips(connection.sql, { workspaceId, ids, to, bars: 4 });
  const stripOf = (id: string) => strips.find(({ groupId }) => groupId === id);
  expect(stripOf(old)).toMatchObject({ from: new Date("2026-11-28T08:00:00Z"), counts: [8, 0, 0, 5] });
  expect(stripOf(fresh)).toMatchObject({ from: new Date("2026-11-28T11:55:00Z"), counts: [6, 0, 0, 0] });
  expect(stripOf(moved)).toMatchObject({ from: new Date("2026-11-28T11:00:00Z"), counts: [1, 0, 0, 0] });
  expect(stripOf(empty)).toBeUndefined();
});

test("a group of a moment has bars of a moment", async () => {
  const now = new Date("2026-11-28T11:55:01Z");
  const [strip] = await findGroupStrips(connection.sql, { workspaceId, ids: [fresh], to: now, bars: 5 });
  expect(strip).toMatchObject({ from: new Date("2026-11-28T11:50:01Z"), counts: [0, 0, 0, 0, 6] });
});
