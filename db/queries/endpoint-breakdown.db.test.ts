import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import { type Connection, openDatabase } from "../connection/client";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { findEndpointBreakdown } from "./endpoint-breakdown";

const workspaceId = randomUUID();
const [busy, other] = [v7(), v7()];
const startMs = Date.now() - 3_600_000;

let testDatabase: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

/** Ids of so many deliveries, a tenth of a second apart. */
const id = `(lpad(to_hex(${startMs}::bigint + n * 100), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid`;

const insertEnded = (endpoint: string, from: number, to: number) =>
  connection.sql.unsafe(`
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts, http_status)
    select ${id}, '${workspaceId}', gen_random_uuid(), '${endpoint}', 'type.' || n % 2, n % 1000 = 999,
      case when n % 100 = 0 then 'failed' else 'succeeded' end, 1 + n % 2, case when n % 100 = 0 then 503 else 200 end
    from generate_series(${from}, ${to}) n`);

test("ended and pending deliveries of a webhook are counted together: the newest 10,000, without tests", async () => {
  const { sql } = connection;
  await insertEnded(busy, 1, 7_500);
  await insertEnded(other, 21_001, 21_010);
  await sql.unsafe(`
    insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, attempts,
      automatic_attempts, type, body_bytes, test)
    select '${workspaceId}', ${id}, '${busy}', gen_random_uuid(), 0, n % 500 <> 0, 0, 0, 'type.open', 2, n % 500 = 1
    from generate_series(15001, 16000) n`);
  const of = { workspaceId, endpointId: busy, since: new Date(startMs) };
  expect(await findEndpointBreakdown(sql, of)).toEqual({
    types: [
      { type: "type.0", deliveries: 3_750, undelivered: 75 },
      { type: "type.1", deliveries: 3_743, undelivered: 0 },
      { type: "type.open", deliveries: 996, undelivered: 996 },
    ],
    countedFrom: null,
    causes: [],
  });
  await insertEnded(busy, 16_001, 21_000);
  const { types, countedFrom } = await findEndpointBreakdown(sql, of);
  expect(types.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(10_000);
  const [{ oldest } = { oldest: "" }] = await sql<{ oldest: string }[]>`
    select id as oldest from delivery_log where endpoint_id = ${busy} and listed and not test
    order by id desc offset 9999 limit 1`;
  expect(countedFrom).toEqual(timeOfId(oldest));
});

test("causes are those of failed attempts, also of deliveries that succeeded in the end", async () => {
  const { sql } = connection;
  const endpointId = v7();
  const attempts = [
    { status: "succeeded", responses: [503, 503, 200] },
    { status: "failed", responses: [500] },
    { status: "succeeded", responses: [200] },
  ];
  for (const { status, responses } of attempts) {
    const deliveryId = v7();
    await sql`insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts, http_status)
      values (${deliveryId}, ${workspaceId}, ${v7()}, ${endpointId}, 'made', false, ${status}, ${responses.length},
        ${responses.at(-1) ?? null})`;
    for (const [at, httpStatus] of responses.entries())
      await sql`insert into attempts (id, delivery_id, number, trigger, url, started_at, duration_ms, http_status, signature, version,
          response_truncated)
        values (${v7()}, ${deliveryId}, ${at + 1}, 'automatic', 'http://127.0.0.1:9/', now(), 1, ${httpStatus}, '', '0.1.0', false)`;
  }
  const { causes } = await findEndpointBreakdown(sql, { workspaceId, endpointId, since: new Date(startMs) });
  expect(causes).toEqual([
    { error: null, httpStatus: 503, attempts: 2 },
    { error: null, httpStatus: 500, attempts: 1 },
  ]);
});
