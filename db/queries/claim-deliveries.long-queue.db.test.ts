import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../client";
import { fillQueue } from "../testing/fill-queue";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { claimDeliveries } from "./claim-deliveries";

const endpoints = 100;
let testDatabase: TestDatabase;
let connection: Connection;
let deadEndpointId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  ({ deadEndpointId } = await fillQueue(connection.sql, {
    endpoints,
    pending: 50_000,
    dead: 30_000,
    bodyBytes: 100,
  }));
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

/** Claims, and counts the rows it read of each table by its scans. */
async function claimAndCountRows(slots: number) {
  const reserved = await connection.engine.reserve();
  try {
    // Else the counts go on from the transaction before.
    await reserved`select pg_stat_force_next_flush()`;
    await reserved`begin`;
    const claimed = await claimDeliveries(reserved, { slots, bytes: 8 * 1024 * 1024, leaseSeconds: 60 });
    const read = await reserved<{ table: string; byScan: number; byIndex: number }[]>`
      select relname as table, seq_tup_read::int as "byScan", idx_tup_fetch::int as "byIndex"
      from pg_stat_xact_user_tables`;
    await reserved`commit`;
    return { claimed, read: Object.fromEntries(read.map((row) => [row.table, row])) };
  } finally {
    reserved.release();
  }
}

test("in a long queue, mostly of a dead endpoint, each endpoint gets its turn, and a claim reads few rows but those it takes", async () => {
  const first = await claimAndCountRows(endpoints);
  expect(new Set(first.claimed.map((one) => one.endpointId)).size).toBe(endpoints);
  expect(first.read.delivery_queue?.byScan).toBe(0);
  // Up to its ten free slots of each endpoint are looked at, and what is taken once more, to lease it.
  expect(first.read.delivery_queue?.byIndex).toBeLessThanOrEqual(endpoints * 10 + 2 * first.claimed.length);

  // Nothing is released: the dead endpoint's slots fill up, and it then occupies none of anybody else's.
  const second = await claimAndCountRows(2_000);
  const of = (id: string) =>
    [...first.claimed, ...second.claimed].filter((one) => one.endpointId === id).length;
  expect(of(deadEndpointId)).toBe(10);
  expect(second.claimed).toHaveLength(endpoints * 9);

  // All are busy: a claim that can take nothing reads what is leased, and nothing of what waits.
  const third = await claimAndCountRows(2_000);
  expect(third.claimed).toEqual([]);
  expect(third.read.delivery_queue?.byIndex).toBeLessThanOrEqual(endpoints * 10);
});
