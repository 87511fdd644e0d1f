import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { compareLedger } from "../queries/compare-ledger";
import { recountFailureGroups } from "../queries/fold-group-deltas";
import { recountDeliveries } from "../queries/recount-deliveries";
import { filledEndpoints, fillLog, placesOf } from "./fill-log";
import { createTestDatabase, type TestDatabase } from "./test-database";

const workspaceId = randomUUID();
const endpointIds = Array.from({ length: filledEndpoints }, () => randomUUID());
let testDatabase: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'filled', 'Filled')`;
  await sql`insert into endpoints (id, workspace_id, url, name, signature, headers)
    select id, ${workspaceId}, 'http://127.0.0.1:9/', 'Webhook', 'hmac', '{}' from unnest(${endpointIds}::uuid[]) id`;
  await sql`insert into endpoint_states (endpoint_id, workspace_id) select id, workspace_id from endpoints`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

test("a log that was filled is counted as the app counts one, and has every status", async () => {
  const { sql } = connection;
  const filled = await fillLog(testDatabase.url, { workspaceId, endpointIds, deliveries: 20_000 });
  expect(filled.samples.length).toBeGreaterThan(100);
  const range = { from: new Date(Date.parse(filled.from) - 3_600_000), to: new Date() };
  expect(await recountDeliveries(sql, range)).toBe(0);
  expect(await recountFailureGroups(sql)).toBe(0);
  expect(await compareLedger(sql, range)).toEqual([]);

  const rows = await sql<{ status: string; n: number }[]>`
    select status, count(*)::int as n from delivery_log group by 1 order by 1`;
  expect(rows.map(({ status }) => status)).toEqual(["discarded", "failed", "pending", "succeeded"]);
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(20_000);
  const [attempts] =
    await sql`select (select count(*) from attempts) = (select sum(attempts) from delivery_log) as same`;
  expect(attempts?.same).toBe(true);
  const [waits] = await sql`select count(*) filter (where attempts = 0)::int as waiting,
      count(*) filter (where attempts > 0)::int as retrying,
      count(*) filter (where endpoint_id = ${endpointIds[placesOf.holding] ?? ""})::int as held
    from delivery_queue`;
  for (const one of ["waiting", "retrying", "held"]) expect(waits?.[one], one).toBeGreaterThan(0);
});
