import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase, type Transaction } from "../connection/client";
import { addTestEndpoint } from "../testing/add-test-endpoint";
import { attemptRecord } from "../testing/attempt-record";
import { publishTestEvents } from "../testing/publish-test-events";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type ClaimedDelivery, claimDeliveries } from "./claim-deliveries";
import { discardHeld, releaseHeld } from "./held-deliveries";
import { recordAttempts } from "./record-attempts";
import { releaseLeases } from "./release-leases";
import { queueReplays } from "./replay-deliveries";
import { planForIndexes } from "./replays";
import { scanDeliveries } from "./scan-deliveries";

let testDatabase: TestDatabase;
let connection: Connection;
const workspaceId = randomUUID();
const endpointId = v7();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'main', 'Main')`;
  await addTestEndpoint(sql, { workspaceId, id: endpointId });

  // A queue that has had rows and is empty when it is analyzed: the planner goes on believing that it is.
  await publish(100);
  await sql`delete from delivery_queue`;
  await sql`delete from deliveries`;
  await sql`analyze`;
  await publish(3_000);
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

async function publish(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 500) {
    const { sql } = connection;
    await publishTestEvents(sql, { workspaceId, type: "invoice.paid", count: Math.min(left, 500) });
  }
}

/** Of the queue and the deliveries, in this transaction. */
const rowsRead = `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
  from pg_stat_xact_user_tables where relname ~ '^deliver'`;

/** What the work returns, and how many rows of the queue and the deliveries were read for it. */
async function countRows<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<{ result: T; rows: number }> {
  const reserved = await connection.engine.reserve();
  try {
    // Else the counts go on from the transaction before.
    await reserved`select pg_stat_force_next_flush()`;
    await reserved`begin`;
    const result = await work(reserved);
    const [row] = await reserved.unsafe<{ rows: number }[]>(rowsRead);
    await reserved`commit`;
    return { result, rows: row?.rows ?? 0 };
  } finally {
    reserved.release();
  }
}

const claim = (sql: postgres.Sql) =>
  claimDeliveries(sql, { slots: 10, bytes: 1e6, leaseSeconds: 60 }).then(({ deliveries }) => deliveries);

const record = (sql: postgres.Sql, claimed: ClaimedDelivery[]) =>
  recordAttempts(sql, {
    hours: [],
    endpoints: [],
    probeDelayMs: () => 0,
    records: claimed.map((one, place) =>
      place % 2 === 0
        ? attemptRecord(one)
        : attemptRecord(one, {
            httpStatus: 500,
            status: null,
            dueAt: new Date(Date.now() + 3_600_000).toISOString(),
          }),
    ),
  });

test("claims, records and releases look rows up one by one, though the planner believes the tables to be empty", async () => {
  const first = await countRows(claim);
  expect(first.result).toHaveLength(10);
  expect(first.rows).toBeLessThanOrEqual(40);

  const released = await countRows((sql) => releaseLeases(sql, first.result));
  expect(released.rows).toBeLessThanOrEqual(20);

  const second = await countRows(claim);
  expect(second.result).toHaveLength(10);
  const recorded = await countRows((sql) => record(sql, second.result));
  expect(recorded.rows).toBeLessThanOrEqual(60);
  const [counts] = await connection.sql`select
    (select count(*)::int from delivery_log where listed and status = 'succeeded') as succeeded,
    (select count(*)::int from delivery_log where listed and attempts = 1) as attempted,
    (select count(*)::int from delivery_queue) as queued,
    (select count(*)::int from delivery_leases) as leased`;
  expect(counts).toEqual({ succeeded: 5, attempted: 10, queued: 2_995, leased: 0 });
});

test("so does the log: it reads the queue and the deliveries in the order of their keys", async () => {
  for (const statuses of [undefined, ["pending" as const], ["succeeded" as const]]) {
    const fresh = openDatabase(testDatabase.url);
    const { found, rows } = await fresh.db.transaction(async (tx) => {
      await planForIndexes(tx);
      const filter = { workspaceId, statuses, tests: false };
      const { ids: found } = await scanDeliveries(tx, { filter, limit: 50 });
      const [row] = await tx.execute<{ rows: number }>(rowsRead);
      return { found, rows: row?.rows };
    });
    await fresh.close();
    expect(found).toHaveLength(statuses?.[0] === "succeeded" ? 5 : 50);
    // The first statement of a scan reads 200.
    expect(rows).toBeLessThanOrEqual(3 * 200);
  }
});

test("so do jobs that go through what is held", async () => {
  await connection.sql`update endpoints set generation = generation + 1`;
  const replayId = randomUUID();
  await connection.sql`insert into replays (id, workspace_id, kind, status, total, created_by)
    values (${replayId}, ${workspaceId}, 'replay', 'paused', 0, 'Ana')`;
  const from = { workspaceId, endpointId, belowGeneration: 1, after: null, limit: 256, replayId };
  const held = await connection.sql<{ id: string }[]>`
    select delivery_id as id from delivery_queue order by delivery_id desc limit 256`;
  const jobs = [
    async (tx: Transaction) => (await releaseHeld(tx, from)).n,
    async (tx: Transaction) => (await discardHeld(tx, { ...from, reason: "by_person" })).n,
    (tx: Transaction) => queueReplays(tx, { workspaceId, replayId, ids: held.map(({ id }) => id) }),
  ];
  for (const job of jobs) {
    // A connection that has counted nothing yet.
    const fresh = openDatabase(testDatabase.url);
    const { n, rows } = await fresh.db.transaction(async (tx) => {
      await planForIndexes(tx);
      const n = await job(tx);
      const [row] = await tx.execute<{ rows: number }>(rowsRead);
      return { n, rows: row?.rows };
    });
    await fresh.close();
    expect(n).toBe(256);
    expect(rows).toBeLessThanOrEqual(6 * 256);
  }
});
