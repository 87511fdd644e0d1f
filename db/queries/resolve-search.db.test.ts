import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noId } from "../../lib/core/ids";
import { parsePayloadSearch } from "../../lib/core/payload-search";
import { type Connection, openDatabase } from "../connection/client";
import { addTestEndpoint } from "../testing/add-test-endpoint";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import type { DeliveryFilter } from "./deliveries";
import { requestSearch, resolveNewest } from "./resolve-search";
import { scanDeliveries } from "./scan-deliveries";

let testDatabase: TestDatabase;
let connection: Connection;
const workspaceId = v7();
const endpointId = v7();

const minuteMs = 60_000;
const key = "order-1";
/** An hour with more than a request looks up at once, and many hours around it with one a minute. */
const quietMinutes = 700;
const busyEvents = 2 * requestSearch.eventsMax;

type Made = { id: string; deliveryId: string; matches: boolean; key: string | null };
let made: Made[];
let filter: DeliveryFilter;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'main', 'Main')`;
  await addTestEndpoint(sql, { workspaceId, id: endpointId });
  const start = Date.now() - (2 * quietMinutes + 120) * minuteMs;
  const quiet = (from: number) => Array.from({ length: quietMinutes }, (_, n) => from + n * minuteMs);
  const busyAt = start + quietMinutes * minuteMs;
  const busy = Array.from({ length: busyEvents }, (_, n) => busyAt + n * 100);
  const times = [...quiet(start), ...busy, ...quiet(busyAt + 60 * minuteMs)];
  made = times.map((msecs, n) => ({
    id: v7({ msecs }),
    // Some are made minutes after their event, when others have long been published.
    deliveryId: v7({ msecs: msecs + (n % 7 === 0 ? 9 * minuteMs : 1) }),
    matches: n % 5 !== 0,
    key: n === 40 ? key : null,
  }));
  await sql`insert into events (id, workspace_id, type, test, idempotency_key, body, body_bytes, deliveries)
    select id, ${workspaceId}, 'order.made', false, key, body, octet_length(body), 1
    from unnest(${made.map(({ id }) => id)}::uuid[], ${made.map((one) => one.key)}::text[],
      ${made.map(({ matches }) => `{"data":{"customer":"${matches ? "cus_43" : "cus_5"}"}}`)}::text[]) x(id, key, body)`;
  await sql`insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts)
    select id, ${workspaceId}, event_id, ${endpointId}, 'order.made', false, 'succeeded', 1
    from unnest(${made.map(({ deliveryId }) => deliveryId)}::uuid[], ${made.map(({ id }) => id)}::uuid[]) x(id, event_id)`;
  await sql`analyze`;
  filter = {
    workspaceId,
    tests: false,
    search: { idempotencyKey: key, payload: parsePayloadSearch("customer:cus_43*") },
  };
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

/** The deliveries that match, newest first. */
const expected = ({ fromId = noId } = {}) =>
  made
    .filter((one) => (one.matches || one.key === key) && one.deliveryId >= fromId)
    .map(({ deliveryId }) => deliveryId)
    .sort()
    .toReversed();

async function readAll(of: DeliveryFilter, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: { ids: string[]; next: string | null } = await scanDeliveries(connection.db, {
      filter: of,
      after,
      limit,
    });
    ids.push(...page.ids);
    after = page.next;
  } while (after !== null);
  return ids;
}

test("of more events than are looked up at once, the newest are, and what is left out is said", async () => {
  const { filter: first, next } = await resolveNewest(connection.db, filter, null);
  expect(first.search).toBeUndefined();
  expect(first.eventIds?.length).toBeGreaterThan(requestSearch.eventsMax);
  expect(first.fromId).toBe(next);
  const known = new Set(first.eventIds);
  // None of those that it has room for is missing.
  for (const { id, deliveryId, matches } of made)
    if (matches && next !== null && deliveryId >= next) expect(known.has(id)).toBe(true);
});

test("events that are too close together for that are read one by one, and those before them looked up again", async () => {
  const busyEnd = made[quietMinutes + busyEvents - 1]?.deliveryId ?? "";
  expect((await resolveNewest(connection.db, filter, busyEnd)).filter.search?.isScanned).toBe(true);
  const busyStart = made[quietMinutes]?.id ?? "";
  const { filter: before, next } = await resolveNewest(connection.db, filter, busyStart);
  expect(before.search).toBeUndefined();
  expect(next).not.toBeNull();
});

test.each([30, 100, 1_000])(
  "pages of %i have each delivery that matches once, in the order of the log",
  async (limit) => {
    expect(await readAll(filter, limit)).toEqual(expected());
  },
);

test("a range of time ends where it ends", async () => {
  const fromId = made[2 * quietMinutes]?.deliveryId ?? "";
  expect(await readAll({ ...filter, fromId }, 100)).toEqual(expected({ fromId }));
});
