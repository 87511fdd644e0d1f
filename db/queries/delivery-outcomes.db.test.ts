import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { timeOfId } from "../../lib/core/time-of-id.mjs";
import { type Connection, openDatabase } from "../connection/client";
import { addTestEndpoint } from "../testing/add-test-endpoint";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { findOpen, findOutcomes, openCountMax } from "./delivery-outcomes";
import { foldDeliveryDeltas } from "./fold-delivery-deltas";
import { recountDeliveries } from "./recount-deliveries";

const hourMs = 3_600_000;
const count = 5_000;
const workspaceId = randomUUID();
const endpointId = v7();
const to = new Date((Math.floor(Date.now() / hourMs) + 1) * hourMs);
const from = new Date(to.getTime() - 24 * hourMs);

let testDatabase: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'main', 'Main')`;
  await addTestEndpoint(sql, { workspaceId, id: endpointId });
  await sql`
    insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts)
    select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - n % 600 * 1000), 12, '0') || '70008000'
        || lpad(to_hex(n), 12, '0'))::uuid,
      ${workspaceId}, gen_random_uuid(), ${endpointId}, 'made', false, case when n % 10 = 0 then 'failed' else 'succeeded' end, 1
    from generate_series(1, ${count}::int) n`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

test("counts of a day are read by hour, and none of the deliveries is", async () => {
  const { sql, engine } = connection;
  expect(await recountDeliveries(sql, { from, to })).toBeGreaterThan(0);
  await foldDeliveryDeltas(sql);
  const buckets = { workspaceId, endpointIds: null, from, to, bucketMs: hourMs };
  const reserved = await engine.reserve();
  await reserved`select pg_stat_force_next_flush()`;
  await reserved`begin`;
  const outcomes = await findOutcomes(reserved, buckets);
  const { open, countedFrom } = await findOpen(reserved, buckets);
  const [row] = await reserved<{ deliveries: number; counts: number }[]>`
    select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) filter (where relname ~ '^deliveries'), 0)::int as deliveries,
      coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) filter (where relname ~ '^delivery_'), 0)::int as counts
    from pg_stat_xact_user_tables`;
  await reserved`commit`;
  reserved.release();
  expect(outcomes.reduce((sum, one) => sum + one.succeeded, 0)).toBe(count * 0.9);
  expect(outcomes.reduce((sum, one) => sum + one.failed, 0)).toBe(count * 0.1);
  expect({ open, countedFrom }).toEqual({ open: [], countedFrom: null });
  expect(row?.deliveries).toBe(0);
  // An endpoint has a row an hour; the table of its minutes is not read.
  expect(row?.counts).toBeLessThanOrEqual(24);
});

test("minutes have the same sums as hours", async () => {
  const sums = await Promise.all(
    [60_000, 15 * 60_000, hourMs].map(async (bucketMs) => {
      const found = await findOutcomes(connection.sql, {
        workspaceId,
        endpointIds: [endpointId],
        from,
        to,
        bucketMs,
      });
      return found.reduce((sum, { succeeded, failed, discarded }) => sum + succeeded + failed + discarded, 0);
    }),
  );
  expect(sums).toEqual([count, count, count]);
});

test("of more pending deliveries than are counted, it says since when they are", async () => {
  const { sql } = connection;
  const idOf = (ms: string) =>
    `(lpad(to_hex((${ms})::bigint), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid`;
  // A second apart, over many hours.
  await sql.unsafe(`
    insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, attempts,
      automatic_attempts, type, body_bytes)
    select '${workspaceId}', ${idOf(`${to.getTime() - 1} - n * 1000`)}, '${endpointId}', gen_random_uuid(), 0, true, n % 2, 0, 'made', 2
    from generate_series(1, ${openCountMax + 100}) n`);
  const { open, countedFrom } = await findOpen(sql, {
    workspaceId,
    endpointIds: null,
    from,
    to,
    bucketMs: hourMs,
  });
  expect(open.reduce((sum, { waiting, retrying }) => sum + waiting + retrying, 0)).toBe(openCountMax);
  const [{ id } = { id: "" }] = await sql<{ id: string }[]>`
    select delivery_id as id from delivery_queue order by delivery_id desc offset ${openCountMax - 1} limit 1`;
  expect(countedFrom).toEqual(timeOfId(id));
  const all = await findOpen(sql, {
    workspaceId,
    endpointIds: null,
    from: new Date(to.getTime() - 6 * hourMs),
    to,
    bucketMs: hourMs,
  });
  expect(all.countedFrom).toBeNull();
});
