import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
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
    const { deliveries: claimed } = await claimDeliveries(reserved, {
      slots,
      bytes: 8 * 1024 * 1024,
      leaseSeconds: 60,
    });
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
  // A claim looks at 64 endpoints, so two of them reach all.
  const claims = [await claimAndCountRows(64), await claimAndCountRows(64)];
  for (const { claimed, read } of claims) {
    expect(claimed).toHaveLength(64);
    expect(new Set(claimed.map((one) => one.endpointId)).size).toBe(64);
    expect(read.delivery_queue?.byScan).toBe(0);
    // One row of each endpoint is looked at, once more to lease it, and what is leased already.
    expect(read.delivery_queue?.byIndex).toBeLessThanOrEqual(3 * claimed.length);
  }
  const taken = claims.flatMap(({ claimed }) => claimed);
  expect(new Set(taken.map((one) => one.endpointId)).size).toBe(endpoints);

  // Nothing is released: the dead endpoint's slots fill up, and it then occupies none of anybody else's.
  for (let round = 0; round < 4; round++) taken.push(...(await claimAndCountRows(2_000)).claimed);
  expect(taken.filter((one) => one.endpointId === deadEndpointId)).toHaveLength(10);
  expect(taken).toHaveLength(endpoints * 10);

  // All are busy: a claim that can take nothing reads what is leased, and nothing of what waits.
  const last = await claimAndCountRows(2_000);
  expect(last.claimed).toEqual([]);
  expect(last.read.delivery_queue?.byIndex).toBeLessThanOrEqual(endpoints * 10);
});
