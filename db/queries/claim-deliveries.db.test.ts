import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { addTestEndpoint } from "../testing/add-test-endpoint";
import { attemptRecord } from "../testing/attempt-record";
import { publishTestEvents } from "../testing/publish-test-events";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { claimDeliveries } from "./claim-deliveries";
import { recordAttempts } from "./record-attempts";
import type { AttemptRecord } from "./record-parameters";
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
  await connection.sql`truncate events, deliveries, delivery_queue, delivery_leases, attempts, endpoint_hours, endpoints cascade`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

const addEndpoint = (eventTypes: string[] | null = null) =>
  addTestEndpoint(connection.sql, { workspaceId, eventTypes });

const publish = (type: string, count: number, sql: postgres.Sql = connection.sql, body = "{}") =>
  publishTestEvents(sql, { workspaceId, type, count, body });

const claimAll = (params: { slots?: number; bytes?: number; finished?: string[] } = {}) =>
  claimDeliveries(connection.sql, { slots: 256, bytes: 8 * 1024 * 1024, leaseSeconds: 60, ...params });
const claim = async (slots?: number, bytes?: number) =>
  (await claimAll({ ...(slots && { slots }), ...(bytes && { bytes }) })).deliveries;

const record = (records: AttemptRecord[]) =>
  recordAttempts(connection.sql, { records, hours: [], endpoints: [], probeDelayMs: () => 0 });

test("claims that come at once never take the same delivery, and together take no more than an endpoint's slots", async () => {
  const endpoints = [await addEndpoint(["a"]), await addEndpoint(["a"])];
  await publish("a", 50);
  const claims = (await Promise.all(Array.from({ length: 8 }, () => claim()))).flat();
  // A claim skips an endpoint that another one holds: what is left is taken by the next.
  const all = [...claims, ...(await claim())];
  expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
  for (const endpoint of endpoints) expect(all.filter((one) => one.endpointId === endpoint)).toHaveLength(10);
});

test("claims of two processes that come at once go to different endpoints, and each fills its sockets", async () => {
  for (let n = 0; n < 40; n += 1) await addEndpoint(["a"]);
  await publish("a", 2);
  const params = { slots: 10, bytes: 1e6, leaseSeconds: 60 };
  const [first, second] = await connection.sql.begin(async (one) => [
    await claimDeliveries(one, params),
    await claimDeliveries(connection.sql, params),
  ]);
  expect([first?.deliveries.length, second?.deliveries.length]).toEqual([10, 10]);
  const taken = [first, second].flatMap((claimed) => claimed?.deliveries.map(({ endpointId }) => endpointId));
  expect(new Set(taken).size).toBe(20);
});

test("a claim that finds an endpoint held by another one says that something is left", async () => {
  await addEndpoint(["a"]);
  await publish("a", 2);
  await connection.sql.begin(async (one) => {
    await claimDeliveries(one, { slots: 10, bytes: 1e6, leaseSeconds: 60 });
    expect(await claimAll()).toEqual({ deliveries: [], more: true, closed: [] });
  });
});

test("slots hold, however closely claims follow each other", async () => {
  await addEndpoint();
  await publish("a", 100);
  for (let round = 0; round < 40; round++) {
    const claims = await Promise.all(Array.from({ length: 12 }, () => claim()));
    expect(claims.flat().length).toBeLessThanOrEqual(10);
    await releaseLeases(connection.sql, claims.flat());
  }
});

test("an attempt that has ended occupies no slot, and its delivery is not claimed again", async () => {
  await addEndpoint();
  await publish("a", 30);
  const first = await claim();
  const finished = first.slice(0, 4).map((one) => one.id);
  const { deliveries: second } = await claimAll({ finished });
  expect(second).toHaveLength(4);
  for (const { id } of second) expect(first.map((one) => one.id)).not.toContain(id);
  expect((await claimAll({ finished })).deliveries).toEqual([]);
});

const claimAhead = (
  counts: Record<string, number>,
  params: { slots?: number; aheadSlots?: number; owner?: string; finished?: string[] } = {},
) => {
  const { slots = 256, aheadSlots = 512, ...more } = params;
  const endpoints = Object.entries(counts).map(([endpointId, count]) => ({ endpointId, count }));
  return claimDeliveries(connection.sql, {
    slots,
    bytes: 1e6,
    leaseSeconds: 60,
    ahead: { slots: aheadSlots, endpoints },
    ...more,
  });
};

test("ahead, an endpoint is claimed beyond its slots as many as are asked for, less what waits already", async () => {
  const [fast, other] = [await addEndpoint(["a"]), await addEndpoint(["a"])];
  await publish("a", 100);
  const { deliveries, more } = await claimAhead({ [fast]: 25 });
  const of = (endpointId: string, all = deliveries) => all.filter((one) => one.endpointId === endpointId);
  expect([of(fast).length, of(other).length, more]).toEqual([35, 10, true]);
  expect(of(fast)[0]?.concurrency).toBe(10);
  expect((await claimAhead({ [fast]: 25 })).deliveries).toEqual([]);
  expect((await claimAhead({ [fast]: 30 })).deliveries).toHaveLength(5);
  // Twelve have ended: all that is taken now goes beyond the slots, for 28 are still under way.
  const finished = of(fast)
    .slice(0, 12)
    .map(({ id }) => id);
  const next = await claimAhead({ [fast]: 25 }, { finished });
  expect(of(fast, next.deliveries)).toHaveLength(7);
  const ids = [...deliveries, ...next.deliveries].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("what is claimed ahead takes no socket from what is sent at once, and is bounded of all together", async () => {
  const [fast, other] = [await addEndpoint(["a"]), await addEndpoint(["a"])];
  await publish("a", 100);
  const { deliveries } = await claimAhead({ [fast]: 50, [other]: 50 }, { slots: 12, aheadSlots: 8 });
  expect(deliveries).toHaveLength(20);
  const shares = [fast, other].map((id) => deliveries.filter(({ endpointId }) => endpointId === id).length);
  expect(shares).toEqual([10, 10]);
});

test("nothing is claimed ahead of an endpoint that another process sends to, that recovers, or that has a rate limit", async () => {
  const endpoint = await addEndpoint();
  await publish("a", 100);
  const [one, another] = [randomUUID(), randomUUID()];
  const ahead = { [endpoint]: 25 };
  const { deliveries: theirs } = await claimAhead({}, { slots: 4, owner: another });
  const { deliveries: own } = await claimAhead(ahead, { owner: one });
  expect([theirs.length, own.length]).toEqual([4, 6]);
  expect([theirs[0]?.concurrency, own[0]?.concurrency]).toEqual([10, 6]);
  expect((await claimAhead(ahead, { owner: another })).deliveries).toEqual([]);
  await releaseLeases(connection.sql, [...theirs, ...own]);

  await connection.sql`update endpoint_states set slow_start = 3`;
  const { deliveries: recovering } = await claimAhead(ahead, { owner: one });
  expect(recovering).toHaveLength(3);
  await releaseLeases(connection.sql, recovering);
  await connection.sql`update endpoint_states set slow_start = null`;
  await connection.sql`update endpoints set rate_limit = 12`;
  expect((await claimAhead(ahead, { owner: one })).deliveries).toHaveLength(10);
});

test("a claim says which endpoints are sent nothing any more", async () => {
  const ids = [await addEndpoint(), await addEndpoint(), await addEndpoint(), await addEndpoint()];
  const [open = "", disabled = "", deleted = "", backsOff = ""] = ids;
  const all = Object.fromEntries(ids.map((id) => [id, 1]));
  expect((await claimAhead(all)).closed).toEqual([]);
  await connection.sql`update endpoint_states set disabled_at = now() where endpoint_id = ${disabled}`;
  await connection.sql`update endpoint_states set consecutive_failures = 5 where endpoint_id = ${backsOff}`;
  await connection.sql`update endpoints set deleted_at = now() where id = ${deleted}`;
  const { closed } = await claimAhead(all);
  expect(closed).not.toContain(open);
  expect(closed.toSorted()).toEqual([disabled, deleted, backsOff].toSorted());
});

test("a claim says whether it left anything: for want of slots, of sockets, of room, and else not", async () => {
  await addEndpoint(["few"]);
  await addEndpoint(["many"]);
  expect(await claimAll()).toEqual({ deliveries: [], more: false, closed: [] });
  await publish("few", 3);
  expect((await claimAll({ slots: 3 })).more).toBe(true);
  await publish("few", 3);
  expect((await claimAll({ bytes: 4 })).more).toBe(true);
  expect((await claimAll()).more).toBe(false);
  await publish("many", 12);
  expect((await claimAll()).more).toBe(true);
  expect(await claimAll()).toEqual({ deliveries: [], more: true, closed: [] });
});

test("each ready endpoint gets its turn before any gets a second one", async () => {
  await addEndpoint(["busy"]);
  const quiet = await Promise.all(["b", "c", "d", "e", "f"].map((type) => addEndpoint([type])));
  await publish("busy", 200);
  for (const type of ["b", "c", "d", "e", "f"]) await publish(type, 1);
  const claimed = await claim(6);
  expect(claimed).toHaveLength(6);
  for (const endpoint of quiet) expect(claimed.some((one) => one.endpointId === endpoint)).toBe(true);
});

test("endpoints that a claim had no slots left for come first in the next one", async () => {
  for (const type of ["a", "b", "c", "d"]) {
    await addEndpoint([type]);
    await publish(type, 5);
  }
  const first = await claim(4);
  const second = await claim(4);
  expect(new Set(first.map((one) => one.endpointId)).size).toBe(4);
  expect(new Set(second.map((one) => one.endpointId)).size).toBe(4);
});

test("an endpoint that a claim takes nothing from is left as it is, and what it writes of others enters no index", async () => {
  await addEndpoint(["full"]);
  await addEndpoint(["idle"]);
  await publish("full", 20);
  await publish("idle", 1);
  await claim();
  const rows = () =>
    connection.sql`select s.xmin::text as version from endpoint_states s join endpoints p on p.id = s.endpoint_id order by p.id`;
  const before = await rows();
  expect(await claim()).toEqual([]);
  expect(await rows()).toEqual(before);
  const indexed = await connection.sql`
    select attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
    where i.indrelid = 'endpoint_states'::regclass order by 1`;
  expect(indexed.map(({ attname }) => attname)).toEqual(["endpoint_id", "endpoint_id", "next_due_at"]);
});

test("a disabled endpoint is sent nothing by itself, but what a person asked for", async () => {
  const endpoint = await addEndpoint();
  await publish("a", 3);
  await connection.sql`update endpoint_states set disabled_at = now() where endpoint_id = ${endpoint}`;
  expect(await claim()).toEqual([]);
  await connection.sql`update delivery_queue set requested_at = now(), requested_trigger = 'manual'
    where delivery_id = (select id from delivery_log where listed order by id limit 1)`;
  expect((await claim()).map((one) => one.trigger)).toEqual(["manual"]);
});

test("a claim takes no more bodies than fit, but always one", async () => {
  await addEndpoint();
  await publish("a", 5, connection.sql, "x".repeat(1_000));
  expect(await claim(10, 2_500)).toHaveLength(2);
  expect(await claim(10, 10)).toHaveLength(1);
});

test("a lapsed lease is claimed again, under a new token", async () => {
  await addEndpoint();
  await publish("a", 1);
  const [first] = await claim();
  expect(await claim()).toEqual([]);
  await connection.sql`update delivery_leases set leased_until = now() - interval '1 second'`;
  const [second] = await claim();
  expect(second?.id).toBe(first?.id);
  expect(second?.token).not.toBe(first?.token);
});

test("what is released can be claimed at once", async () => {
  await addEndpoint();
  await publish("a", 3);
  await releaseLeases(connection.sql, await claim());
  expect(await claim()).toHaveLength(3);
});

test("a claim that outlived its lease cannot record a result, but its attempt is in the log", async () => {
  await addEndpoint();
  await publish("a", 1);
  const [stale] = await claim();
  await connection.sql`update delivery_leases set leased_until = now() - interval '1 second'`;
  const [current] = await claim();
  if (!stale || !current) throw new Error("nothing was claimed");
  const failed: AttemptRecord = { ...attemptRecord(stale), httpStatus: 500, status: "failed", dueAt: null };
  await record([failed]);
  const state = () =>
    connection.sql`select status, attempts, (select token from delivery_leases) from delivery_log where listed`;
  expect(await state()).toMatchObject([{ status: "pending", token: current.token, attempts: 0 }]);
  await record([attemptRecord(current)]);
  expect(await state()).toMatchObject([{ status: "succeeded", token: null, attempts: 1 }]);
  expect(await connection.sql`select http_status from attempts order by id`).toMatchObject([
    { http_status: 500 },
    { http_status: 200 },
  ]);
});

test("a delivery whose publish commits after a claim saw nothing is found by the next claim", async () => {
  const endpoint = await addEndpoint();
  let commit = () => {};
  let written = () => {};
  const isWritten = new Promise<void>((resolve) => {
    written = resolve;
  });
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const slow = new Proxy(connection.sql, {
    get: (target, name) =>
      name === "begin"
        ? (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
            target.begin(async (tx) => {
              const result = await work(tx);
              written();
              await mayCommit;
              return result;
            })
        : Reflect.get(target, name),
  });
  await publish("a", 1);
  await record((await claim()).map((one) => attemptRecord(one)));
  const publishing = publishTestEvents(slow, { workspaceId, type: "a", count: 1, again: true });
  await isWritten;
  // It keeps looking at the endpoint: a publish that had begun may still commit.
  expect(await claim()).toEqual([]);
  commit();
  await publishing;
  expect(await claim()).toHaveLength(1);
  expect(
    await connection.sql`select next_due_at is not null as kept from endpoint_states where endpoint_id = ${endpoint}`,
  ).toMatchObject([{ kept: true }]);
});

test("an endpoint with nothing due is put aside until its next delivery falls due", async () => {
  await addEndpoint();
  await publish("a", 1);
  const due = new Date(Date.now() + 3_600_000);
  const records = (await claim()).map((one) => ({
    ...attemptRecord(one),
    status: "pending" as const,
    dueAt: due.toISOString(),
  }));
  await record(records);
  await connection.sql`update endpoint_states set hot_until = now() - interval '1 second'`;
  expect(await claim()).toEqual([]);
  const [state] =
    await connection.sql`select extract(epoch from next_due_at)::float8 * 1000 as at from endpoint_states`;
  expect(state?.at).toBe(due.getTime());
});

test("an attempt that ended and is not recorded yet keeps its endpoint in sight, for it may have to be retried", async () => {
  await addEndpoint();
  await publish("a", 1);
  const [only] = await claim();
  if (!only) throw new Error("nothing was claimed");
  await connection.sql`update endpoint_states set hot_until = null`;
  await claimDeliveries(connection.sql, { slots: 256, bytes: 8e6, leaseSeconds: 60, finished: [only.id] });
  const dueAt = new Date(Date.now() - 1_000).toISOString();
  await record([{ ...attemptRecord(only), httpStatus: 500, status: "pending", dueAt }]);
  expect(await claim()).toHaveLength(1);
});

test("whatever characters an error's detail has, each attempt is recorded with its own", async () => {
  await addEndpoint();
  await publish("a", 3);
  const [first, second, third] = (await claim()).map((one) => attemptRecord(one));
  if (!first || !second || !third) throw new Error("three were to be claimed");
  await record([{ ...first, errorDetail: "CN=a\u001eb\u001f" }, { ...second, errorDetail: "c" }, third]);
  const details = await connection.sql<{ delivery_id: string; error_detail: string | null }[]>`
    select delivery_id, error_detail from attempts`;
  expect(Object.fromEntries(details.map((row) => [row.delivery_id, row.error_detail]))).toEqual({
    [first.deliveryId]: "CN=a b ",
    [second.deliveryId]: "c",
    [third.deliveryId]: null,
  });
});
