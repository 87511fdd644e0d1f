import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { addTestEndpoint } from "../testing/add-test-endpoint";
import { attemptRecord } from "../testing/attempt-record";
import { publishTestEvents } from "../testing/publish-test-events";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type ClaimedDelivery, claimDeliveries } from "./claim-deliveries";
import { recordAttempts } from "./record-attempts";
import { releaseLeases, releaseLeasesOf } from "./release-leases";

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
});
afterEach(async () => {
  await connection.sql`truncate events, deliveries, delivery_queue, delivery_leases, attempts, endpoint_hours`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

async function claimOne(owner: string): Promise<ClaimedDelivery> {
  const params = { slots: 1, bytes: 1e6, leaseSeconds: 60, owner };
  const { deliveries } = await claimDeliveries(connection.sql, params);
  const [claimed] = deliveries;
  if (!claimed) throw new Error("nothing was claimed");
  return claimed;
}

/** A delivery that was claimed twice: the first lease lapsed. */
async function claimTwice(): Promise<{ stale: ClaimedDelivery; current: ClaimedDelivery }> {
  await publishTestEvents(connection.sql, { workspaceId, type: "a", count: 1 });
  const stale = await claimOne(randomUUID());
  await connection.sql`update delivery_leases set leased_until = now() - interval '1 second'`;
  return { stale, current: await claimOne(randomUUID()) };
}

const queued = () =>
  connection.sql`
    select l.token, l.leased_until > now() as holds, q.attempts, q.automatic_attempts from delivery_queue q
    left join delivery_leases l on q.delivery_id = any(l.deliveries)`;
const heldBy = ({ token }: ClaimedDelivery) => [{ token, holds: true, attempts: 0, automatic_attempts: 0 }];

test("who gives a lapsed claim back leaves the lease of who has claimed it since", async () => {
  const { stale, current } = await claimTwice();
  await releaseLeases(connection.sql, [stale]);
  expect(await queued()).toEqual(heldBy(current));
  await releaseLeases(connection.sql, [current]);
  expect(await queued()).toMatchObject([{ token: null }]);
});

test("a failure recorded under a lapsed claim neither ends the newer lease nor moves the schedule", async () => {
  const { stale, current } = await claimTwice();
  const dueAt = new Date(Date.now() + 3_600_000).toISOString();
  const failure = { httpStatus: 500, status: null, dueAt };
  const record = (claimed: ClaimedDelivery) =>
    recordAttempts(connection.sql, {
      records: [attemptRecord(claimed, failure)],
      hours: [],
      endpoints: [],
      probeDelayMs: () => 0,
    });
  const due = () => connection.sql`select due_at from delivery_queue`;
  const before = await due();
  await record(stale);
  expect(await queued()).toEqual(heldBy(current));
  expect(await due()).toEqual(before);
  expect(await connection.sql`select attempts, http_status from delivery_log where listed`).toEqual([
    { attempts: 0, http_status: null },
  ]);
  await record(current);
  expect(await queued()).toMatchObject([{ token: null, attempts: 1, automatic_attempts: 1 }]);
});

test("who gives back another delivery than the probe leaves the probe under way", async () => {
  await publishTestEvents(connection.sql, { workspaceId, type: "a", count: 1 });
  const claimed = await claimOne(randomUUID());
  const probe = randomUUID();
  const probeOf = () => connection.sql`select probe_token from endpoint_states`;
  const setProbe = (token: string) =>
    connection.sql`update endpoint_states set probe_token = ${token}, probe_until = now() + interval '1 minute'`;
  await setProbe(probe);
  await releaseLeases(connection.sql, [claimed]);
  expect(await probeOf()).toEqual([{ probe_token: probe }]);
  const again = await claimOne(randomUUID());
  await setProbe(again.token);
  await releaseLeases(connection.sql, [again]);
  expect(await probeOf()).toEqual([{ probe_token: null }]);
});

test("giving back what a dead process has leased leaves what another one claims at that moment", async () => {
  await publishTestEvents(connection.sql, { workspaceId, type: "a", count: 1 });
  const dead = randomUUID();
  await claimOne(dead);
  const token = randomUUID();
  const other = await connection.sql.reserve();
  await other`begin`;
  await other`update delivery_leases set token = ${token}, leased_by = ${randomUUID()}`;
  const releasing = releaseLeasesOf(connection.sql, dead);
  const waits = async () => {
    const [row] = await connection.sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.n;
  };
  await expect.poll(waits).toBe(1);
  await other`commit`;
  other.release();
  expect(await releasing).toBe(0);
  expect(await queued()).toMatchObject([{ token }]);
});

test("a process of the version before, which leases rows of the queue, takes nothing that is being sent, and what it sends is left to it", async () => {
  await publishTestEvents(connection.sql, { workspaceId, type: "a", count: 2 });
  const mine = await claimOne(randomUUID());
  const taken = await connection.sql<{ delivery_id: string }[]>`
    update delivery_queue set leased = true, token = gen_random_uuid(), leased_until = now() + interval '1 minute'
    where not leased returning delivery_id`;
  expect(taken).toHaveLength(1);
  expect(taken[0]?.delivery_id).not.toBe(mine.id);
  const params = { slots: 9, bytes: 1e6, leaseSeconds: 60 };
  expect((await claimDeliveries(connection.sql, params)).deliveries).toEqual([]);
  await connection.sql`update delivery_queue set leased_until = now() - interval '1 second' where leased`;
  const { deliveries } = await claimDeliveries(connection.sql, params);
  expect(deliveries.map(({ id }) => id)).toEqual([taken[0]?.delivery_id]);
});
