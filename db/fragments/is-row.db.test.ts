import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { type ClaimedDelivery, claimDeliveries } from "../queries/claim-deliveries";
import { discardHeld, releaseHeld } from "../queries/held-deliveries";
import { recordAttempts } from "../queries/record-attempts";
import { releaseLeases } from "../queries/release-leases";
import { planForIndexes } from "../queries/replays";
import { attemptRecord } from "../testing/attempt-record";
import { fillQueue } from "../testing/fill-queue";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";

const endpoints = 26;
let testDatabase: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const { sql, close } = openDatabase(testDatabase.url, { max: 1 });
  await fillQueue(sql, { endpoints, pending: 20_000, dead: 5_000, bodyBytes: 10 });
  // Else its counts are reported some time later.
  await sql`select pg_stat_force_next_flush()`;
  await close();
  connection = openDatabase(testDatabase.url);
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

/** Of the queue, in blocks that were looked at. */
async function indexBlocks(): Promise<number> {
  const [row] = await connection.sql<{ n: number }[]>`
    select (idx_blks_hit + idx_blks_read)::int as n from pg_statio_user_tables where relname = 'delivery_queue'`;
  return row?.n ?? 0;
}

/** What the work returns, and how many blocks of the queue's indexes it looked at. */
async function countBlocks<T>(
  work: (sql: postgres.Sql) => Promise<T>,
): Promise<{ result: T; blocks: number }> {
  const before = await indexBlocks();
  const reserved = await connection.engine.reserve();
  try {
    await reserved`begin`;
    const result = await work(reserved);
    await reserved`select pg_stat_force_next_flush()`;
    await reserved`commit`;
    return { result, blocks: (await indexBlocks()) - before };
  } finally {
    reserved.release();
  }
}

const claim = (sql: postgres.Sql) =>
  claimDeliveries(sql, { slots: 256, bytes: 1e6, leaseSeconds: 60 }).then(({ deliveries }) => deliveries);

const retryLater = (claimed: ClaimedDelivery[]) =>
  claimed.map((one) =>
    attemptRecord(one, {
      httpStatus: 500,
      status: null,
      dueAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  );

/** An index of that length has three levels; each changed row is entered again in both. */
const blocksPerRow = 16;

test("what is released, recorded, put off or discarded is found in a long queue by its whole key", async () => {
  const first = await claim(connection.engine);
  expect(first).toHaveLength(256);
  const released = await countBlocks((sql) => releaseLeases(sql, first));
  expect(released.blocks).toBeLessThanOrEqual(256 * blocksPerRow);

  const second = await claim(connection.engine);
  const record = { hours: [], endpoints: [], probeDelayMs: () => 0 };
  const recorded = await countBlocks((sql) =>
    recordAttempts(sql, { ...record, records: second.map((one) => attemptRecord(one)) }),
  );
  expect(recorded.blocks).toBeLessThanOrEqual(256 * blocksPerRow);

  const third = await claim(connection.engine);
  const putOff = await countBlocks((sql) => recordAttempts(sql, { ...record, records: retryLater(third) }));
  expect(putOff.blocks).toBeLessThanOrEqual(256 * blocksPerRow);
  expect(await connection.sql`select count(*)::int as n from delivery_leases`).toEqual([{ n: 0 }]);
});

test("so are those that a job goes through", async () => {
  const [endpoint] = await connection.sql<{ id: string; workspace_id: string }[]>`
    update endpoints set generation = generation + 1 where id = (select min(id::text)::uuid from endpoints) returning id, workspace_id`;
  if (!endpoint) throw new Error("there is no endpoint");
  const replayId = randomUUID();
  await connection.sql`insert into replays (id, workspace_id, kind, status, total, created_by)
    values (${replayId}, ${endpoint.workspace_id}, 'replay', 'paused', 0, 'Ana')`;
  const from = {
    replayId,
    workspaceId: endpoint.workspace_id,
    endpointId: endpoint.id,
    belowGeneration: 1,
    after: null,
    limit: 256,
  };
  for (const job of [releaseHeld, discardHeld]) {
    const before = await indexBlocks();
    const { n } = await connection.db.transaction(async (tx) => {
      await planForIndexes(tx);
      const done = await job(tx, { ...from, reason: "by_person" });
      await tx.execute("select pg_stat_force_next_flush()");
      return done;
    });
    expect(n).toBe(256);
    expect((await indexBlocks()) - before).toBeLessThanOrEqual(256 * blocksPerRow);
  }
});
