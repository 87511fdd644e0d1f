import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase, type Transaction } from "../connection/client";
import { addTestEndpoint } from "../testing/add-test-endpoint";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type DeliveryFilter, findDeliveries } from "./deliveries";
import { rangesOf, scannedRows } from "./delivery-ranges";

let testDatabase: TestDatabase;
let connection: Connection;
const workspaceId = v7();
const failureGroupId = v7();
const failedEach = 600;
const deliveries = 100 * failedEach;
const ids = Array.from({ length: deliveries }, () => v7());

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  const endpointId = v7();
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'main', 'Main')`;
  await addTestEndpoint(sql, { workspaceId, id: endpointId });
  // In each hundred one that was answered 422 and is of a failure group, and one that timed out.
  await sql`insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts, http_status,
      error, failure_group_id)
    select id, ${workspaceId}, id, ${endpointId}, 'invoice.paid', false,
      case when n % 100 < 2 then 'failed' else 'succeeded' end, 1,
      case n % 100 when 0 then 422 when 1 then null else 200 end, case n % 100 when 1 then 'timeout' end,
      case when n % 100 = 0 then ${failureGroupId}::uuid end
    from unnest(${ids}::uuid[]) with ordinality as x(id, n)`;
  await sql`insert into delivery_queue (delivery_id, workspace_id, event_id, endpoint_id, type, test, attempts, generation,
      pending, automatic_attempts, body_bytes)
    select gen_random_uuid(), ${workspaceId}, id, ${endpointId}, 'invoice.paid', false, 0, 0, true, 0, 2
    from unnest(${ids}::uuid[]) x(id)`;
  await sql`vacuum analyze deliveries`;
  await sql`vacuum analyze delivery_queue`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

test.each<[string, Partial<DeliveryFilter>]>([
  ["a failure group", { failureGroupId }],
  ["a response code", { httpStatuses: ["422"] }],
  ["a cause", { errors: ["timeout"] }],
])("the planner knows how many deliveries of %s there are", async (_, given) => {
  const filter = { workspaceId, tests: false, ...given };
  const ranges = await rangesOf(connection.db, filter);
  const rows = scannedRows({ filter, ranges, order: "newest", after: null }, deliveries);
  const [found] = await connection.db.execute<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    sql`explain (format json) ${rows}`,
  );
  const expected = found?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
  expect(expected / failedEach).toBeGreaterThan(0.5);
  expect(expected / failedEach).toBeLessThan(2);
});

test.each([50, 1])(
  "of %i rows of a page that lie far apart, those between them are not read",
  async (count) => {
    const deliveryIds = ids.filter((_, n) => n % (deliveries / count) === 0).toReversed();
    const { found, rows } = await connection.db.transaction(async (tx) => {
      const before = await rowsRead(tx);
      const found = await findDeliveries(tx, { workspaceId, deliveryIds });
      return { found, rows: (await rowsRead(tx)) - before };
    });
    expect(found.map(({ id }) => id)).toEqual(deliveryIds);
    expect(rows).toBeLessThanOrEqual(2 * deliveryIds.length);
  },
);

/** Of the log and the queue, by this transaction's connection. */
async function rowsRead(tx: Transaction): Promise<number> {
  const [row] = await tx.execute<{ rows: number }>(
    sql`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
        from pg_stat_xact_user_tables where relname like 'deliver%'`,
  );
  return row?.rows ?? 0;
}
