import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { isHeld } from "../fragments/is-held";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { countHeld } from "./endpoints";
import { findLedgerTotal } from "./ledger";

const [workspaceId, otherId] = [randomUUID(), randomUUID()];
const [enabled, raised, disabled, foreign] = [v7(), v7(), v7(), v7()];

let testDatabase: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  const endpoints = [
    { id: enabled, workspace: workspaceId, generation: 0, isDisabled: false },
    { id: raised, workspace: workspaceId, generation: 2, isDisabled: false },
    { id: disabled, workspace: workspaceId, generation: 1, isDisabled: true },
    { id: foreign, workspace: otherId, generation: 0, isDisabled: true },
  ];
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'main', 'Main'), (${otherId}, 'other', 'Other')`;
  for (const { id, workspace, generation, isDisabled } of endpoints) {
    await sql`insert into endpoints (id, workspace_id, url, name, signature, headers, generation)
      values (${id}, ${workspace}, 'http://127.0.0.1:9/', 'Hook', 'hmac', '{}', ${generation})`;
    await sql`insert into endpoint_states (endpoint_id, workspace_id, disabled_at)
      values (${id}, ${workspace}, ${isDisabled ? new Date().toISOString() : null})`;
    // Each kind of row, of each generation that there has been: as many of it as differ from the others.
    await sql`
      insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, test, leased, attempts,
        automatic_attempts, type, body_bytes)
      select ${workspace}, gen_random_uuid(), ${id}, gen_random_uuid(), generation, pending, test, leased, 0, 0, 'made', 2
      from generate_series(0, ${generation}::int) generation
      cross join (values (true, false, 7), (true, true, 2), (false, false, 3), (false, true, 1)) kind(pending, test, n)
      cross join (values (true), (false)) lease(leased)
      cross join lateral generate_series(1, n)`;
  }
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

test("what is held is counted as the log shows it: no tests, and nothing that has ended", async () => {
  const shown = await connection.sql<{ endpointId: string; n: number }[]>`
    select p.id as "endpointId", count(*)::int as n
    from endpoints p join endpoint_states s on s.endpoint_id = p.id join delivery_queue q on q.endpoint_id = p.id
    where p.workspace_id = ${workspaceId}
      and ${connection.sql.unsafe(isHeld({ queue: "q", state: "s", endpoint: "p" }))}
    group by 1`;
  expect(new Map(shown.map(({ endpointId, n }) => [endpointId, n]))).toEqual(
    new Map([
      [raised, 28],
      [disabled, 28],
    ]),
  );
  const counted = await countHeld(connection.db, [enabled, raised, disabled]);
  expect(new Set(counted)).toEqual(new Set(shown));
});

test("the ledger has the same, of its workspace alone", async () => {
  const { total, held } = await findLedgerTotal(connection.sql, workspaceId);
  expect(total.held).toBe(56);
  expect(new Set(held)).toEqual(new Set(await countHeld(connection.db, [raised, disabled])));
  expect((await findLedgerTotal(connection.sql, otherId)).held).toEqual([{ endpointId: foreign, n: 14 }]);
});
