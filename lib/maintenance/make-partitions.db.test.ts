import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { makePartitions } from "./make-partitions";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace({ POSTHORN_LOG_LEVEL: "silent" });
});
afterAll(() => workspace.close());

/** Waits until somebody waits for the exclusive lock of a table. */
async function untilWaitedFor(table: string): Promise<void> {
  for (;;) {
    const [row] = await database().sql`
      select 1 from pg_locks where relation = ${table}::regclass and mode = 'AccessExclusiveLock' and not granted`;
    if (row) return;
  }
}

test("a week is made once nobody reads its table, and publishing does not wait for that", async () => {
  const { sql } = database();
  await makePartitions();
  const [last] = await sql<{ name: string }[]>`
    select max(child.relname) as name from pg_inherits join pg_class child on child.oid = inhrelid
    where child.relkind = 'r' and child.relname like 'events\\_%'`;
  const name = last?.name ?? "";
  await sql.unsafe(`drop table ${name}`);
  const reading = await sql.reserve();
  await reading`begin`;
  await reading`set local idle_in_transaction_session_timeout = 0`;
  await reading`select count(*) from events`;
  const run = makePartitions();
  run.catch(() => undefined);
  await untilWaitedFor("events");
  await workspace.publish({ type: "partitions.published", data: {} });
  await reading`commit`;
  reading.release();
  expect(await run).toEqual([name]);
  expect(await sql`select type from events`).toEqual([{ type: "partitions.published" }]);
});
