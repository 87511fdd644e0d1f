import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { claimDeliveries } from "../queries/claim-deliveries";
import { recordAttempts } from "../queries/record-attempts";
import { attemptRecord } from "../testing/attempt-record";
import { publishTestEvents } from "../testing/publish-test-events";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";

let testDatabase: TestDatabase;
let connection: Connection;
const workspaceId = randomUUID();
const endpointId = v7();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  await connection.sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'main', 'Main')`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

async function claimOne() {
  const { deliveries } = await claimDeliveries(connection.engine, { slots: 1, bytes: 1e6, leaseSeconds: 60 });
  return deliveries[0];
}

/** The database's clock, in milliseconds since 1970. */
async function databaseTime(): Promise<number> {
  const [row] = await connection.sql<{ ms: number }[]>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
  return row?.ms ?? Number.NaN;
}

describe.each([
  ["two hours ahead of", 2 * 3_600_000],
  ["two hours behind", -2 * 3_600_000],
])("with the app's clock %s the database's", (_name, skewMs) => {
  beforeEach(async () => {
    const { sql } = connection;
    await sql`insert into endpoints (id, workspace_id, url, name, signature, headers)
      values (${endpointId}, ${workspaceId}, 'http://127.0.0.1:9/', 'Hook', 'hmac', '{}')`;
    await sql`insert into endpoint_states (endpoint_id, workspace_id) values (${endpointId}, ${workspaceId})`;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + skewMs, shouldAdvanceTime: false });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await connection.sql`truncate events, deliveries, delivery_queue, delivery_leases, endpoints cascade`;
  });

  test("what is published is due at once", async () => {
    await publishTestEvents(connection.sql, { workspaceId, type: "a.b", count: 1 });
    expect(await claimOne()).toBeDefined();
  });

  test("a retry is due after its delay, and so is the probe of a webhook that backs off", async () => {
    const delayMs = 12_000;
    await publishTestEvents(connection.sql, { workspaceId, type: "a.b", count: 1 });
    await connection.sql`update endpoint_states set consecutive_failures = 4`;
    const claimed = await claimOne();
    if (!claimed) throw new Error("nothing was claimed");
    const before = await databaseTime();
    const { probesInMs } = await recordAttempts(connection.engine, {
      records: [
        attemptRecord(claimed, {
          httpStatus: 500,
          status: "pending",
          dueAt: new Date(Date.now() + delayMs).toISOString(),
        }),
      ],
      hours: [],
      endpoints: [
        {
          endpointId,
          results: [
            {
              trigger: "automatic",
              token: claimed.token,
              succeeded: false,
              endedAt: new Date(),
              httpStatus: 500,
              error: null,
              errorDetail: null,
              retryAfter: null,
            },
          ],
        },
      ],
      probeDelayMs: () => delayMs,
    });
    const after = await databaseTime();
    const [row] = await connection.sql<{ due: number; probe: number }[]>`
      select (extract(epoch from q.due_at) * 1000)::float8 as due,
        (extract(epoch from s.next_probe_at) * 1000)::float8 as probe
      from delivery_queue q join endpoint_states s using (endpoint_id)`;
    for (const at of [row?.due, row?.probe]) {
      // A millisecond for what the columns round to.
      expect(at).toBeGreaterThanOrEqual(before + delayMs - 1);
      expect(at).toBeLessThanOrEqual(after + delayMs + 1);
    }
    expect(probesInMs).toEqual([expect.closeTo(delayMs, -1)]);
  });
});
