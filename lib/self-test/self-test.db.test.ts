import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { database } from "@/db/connection/database";
import { cancelSelfTest, findSelfTest, insertSelfTest } from "@/db/queries/self-tests";
import { newId } from "../core/ids";
import { openReceiversBy } from "../delivery/self-test-receiver";
import { deliverDue } from "../delivery/worker/deliver-due";
import { deliveriesDue, registerTransport } from "../platform/signals";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { openOwnReceivers } from "./receivers";
import { runSelfTest } from "./run-self-test";

let workspace: TestWorkspace;
beforeAll(async () => {
  // Nothing but the test's own receivers may be on this machine.
  workspace = await createTestWorkspace({
    POSTHORN_ALLOW_PRIVATE_TARGETS: "0",
    POSTHORN_LOG_LEVEL: "silent",
  });
  openReceiversBy(openOwnReceivers);
});
afterAll(() => workspace.close());

const plan = {
  burst: { deliveries: 500, eventsPerRequest: 20, requestsAtOnce: 2, msMax: 10_000 },
  eventsPerSecond: 50,
  steadyMs: 1_000,
  blows: { count: 2, eachMs: 500 },
};

/** Delivers what signals ask for, as the engine does. */
function deliver(): void {
  registerTransport(async ({ name }) => {
    if (name === deliveriesDue) deliverDue().catch(() => undefined);
  });
  onTestFinished(() => registerTransport(null));
}

const another = () =>
  ({ id: newId(), testWorkspaceId: newId(), status: "queued", phase: "burst", createdBy: "Ana" }) as const;

async function queue(): Promise<{ id: string; workspaceId: string }> {
  const row = another();
  expect(await insertSelfTest(database().db, row)).toBe(true);
  return { id: row.id, workspaceId: row.testWorkspaceId };
}

const read = (id: string) => findSelfTest(database().db, id);

/** What is left of a test's workspace. */
async function countRows(workspaceId: string): Promise<number> {
  const [row] = await database().sql<{ n: number }[]>`
    select (select count(*) from workspaces where id = ${workspaceId})
      + (select count(*) from events where workspace_id = ${workspaceId})
      + (select count(*) from delivery_log where workspace_id = ${workspaceId})
      + (select count(*) from endpoints where workspace_id = ${workspaceId})
      + (select count(*) from ledger_deltas where workspace_id = ${workspaceId})
      + (select count(*) from attempts)
      + (select count(*) from self_test_receipts) as n`;
  return Number(row?.n);
}

test("it publishes and delivers while connections end, finds nothing lost, and leaves nothing behind", async () => {
  deliver();
  const { id, workspaceId } = await queue();
  expect(await runSelfTest(plan)).toBe(true);
  const row = await read(id);
  expect(row).toMatchObject({ status: "finished", reason: null, finishedAt: expect.any(Date) });
  // Of the burst at least 500; then one for each event: 50 a second for a second, and twice that under blows.
  expect(row?.result).toMatchObject({ lost: 0, kills: 0, freeBytes: null });
  expect(row?.result?.accepted).toBeGreaterThanOrEqual(500 + 150);
  expect(row?.result?.connectionsEnded).toBeGreaterThan(0);
  expect(row?.result?.deliveriesPerSecond).toBeGreaterThan(0);
  expect(row?.result?.bytesPerDelivery).toBeGreaterThan(0);
  expect(await countRows(workspaceId)).toBe(0);
  expect(await runSelfTest(plan)).toBe(false);
});

test("what does not come to the receivers is counted as lost", async () => {
  deliver();
  const { id } = await queue();
  const running = runSelfTest(plan);
  await expect.poll(async () => (await read(id))?.phase, { interval: 20 }).toBe("steady");
  const { sql } = database();
  await sql`delete from self_test_receipts where id in (select id from self_test_receipts limit 3)`;
  await running;
  expect((await read(id))?.result).toMatchObject({ lost: 3 });
});

test("one that is canceled ends soon, and leaves nothing behind", async () => {
  deliver();
  const { id, workspaceId } = await queue();
  const running = runSelfTest({ ...plan, steadyMs: 60_000 });
  await expect.poll(async () => (await read(id))?.phase, { interval: 20 }).toBe("steady");
  expect(await cancelSelfTest(database().db, id)).toBe(true);
  await running;
  expect(await read(id)).toMatchObject({ status: "canceled", result: null });
  expect(await countRows(workspaceId)).toBe(0);
  expect(await cancelSelfTest(database().db, id)).toBe(false);
});

test("one whose process ended is brought to its end by the next look, and another may begin", async () => {
  const { id } = await queue();
  const { sql } = database();
  await sql`update self_tests set status = 'running', seen_at = now() - interval '1 minute' where id = ${id}`;
  expect(await insertSelfTest(database().db, another())).toBe(false);
  expect(await runSelfTest(plan)).toBe(true);
  expect(await read(id)).toMatchObject({ status: "failed", reason: "The process that ran it stopped." });
  expect(await insertSelfTest(database().db, another())).toBe(true);
});
