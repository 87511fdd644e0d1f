import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { publishTestEvents } from "../testing/publish-test-events";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { claimDeliveries } from "./claim-deliveries";
import { nextDueInMs } from "./next-due-in-ms";
import { releaseLeases } from "./release-leases";

let testDatabase: TestDatabase;
let connection: Connection;
const workspaceId = randomUUID();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  await connection.sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'main', 'Main')`;
});
afterEach(async () => {
  await connection.sql`truncate events, deliveries, delivery_queue, delivery_leases, endpoints cascade`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

/** One event for one endpoint. */
async function publishOne(): Promise<void> {
  const { sql } = connection;
  const id = v7();
  await sql`insert into endpoints (id, workspace_id, url, name, signature, headers)
    values (${id}, ${workspaceId}, 'http://127.0.0.1:9/', 'Hook', 'hmac', '{}')`;
  await sql`insert into endpoint_states (endpoint_id, workspace_id) values (${id}, ${workspaceId})`;
  await publishTestEvents(sql, { workspaceId, type: "a.b", count: 1 });
}

const claim = async (leaseSeconds: number) =>
  (await claimDeliveries(connection.sql, { slots: 1, bytes: 1024 * 1024, leaseSeconds })).deliveries;

/** Both are read by one clock, one after the other: what is left of the lease then only shrinks. */
async function expectDueAtLeaseEnd(): Promise<void> {
  const leftMs = async () => {
    const [row] = await connection.sql<{ ms: number }[]>`
      select (extract(epoch from coalesce(l.leased_until, q.leased_until) - now()) * 1000)::float8 as ms
      from delivery_queue q left join delivery_leases l on q.delivery_id = any(l.deliveries)`;
    return row?.ms ?? Number.NaN;
  };
  const before = await leftMs();
  const inMs = await nextDueInMs(connection.engine);
  expect(inMs).toBeLessThanOrEqual(before);
  expect(inMs).toBeGreaterThanOrEqual(await leftMs());
}

test("nothing is due if nothing was published", async () => {
  expect(await nextDueInMs(connection.engine)).toBeNull();
});

test("what was published is due when it was, and again when its lease is given back", async () => {
  await publishOne();
  expect(await nextDueInMs(connection.engine)).toBeLessThanOrEqual(0);
  await releaseLeases(connection.sql, await claim(60));
  expect(await nextDueInMs(connection.engine)).toBeLessThanOrEqual(0);
});

test("what a process holds is due when its lease lapses, for the process may have been killed", async () => {
  await publishOne();
  expect(await claim(30)).toHaveLength(1);
  await expectDueAtLeaseEnd();
});

test("so is an attempt that a person asked for", async () => {
  await publishOne();
  await connection.sql`update delivery_queue set due_at = null, requested_at = now() - interval '1 second', requested_trigger = 'manual'`;
  expect(await claim(30)).toHaveLength(1);
  await expectDueAtLeaseEnd();
});
