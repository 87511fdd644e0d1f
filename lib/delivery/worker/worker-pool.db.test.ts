import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { registerOthers, type Transport } from "../../platform/signals";
import { startTestReceiver, type TestReceiver } from "../../testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "../../testing/test-workspace";
import { closeAgent } from "../http-client/agent";
import { LeaseOwner } from "./lease-owner";
import { WorkerPool } from "./worker-pool";

const concurrency = 4;
let workspace: TestWorkspace;
let receiver: TestReceiver;
beforeAll(async () => {
  workspace = await createTestWorkspace({ POSTHORN_CONCURRENCY: String(concurrency) });
  receiver = await startTestReceiver();
  await workspace.addEndpoint({ url: receiver.url });
});
afterAll(async () => {
  receiver.close();
  await closeAgent();
  await workspace.close();
});

const toOthers = vi.fn<Transport>(async () => undefined);
beforeEach(() => registerOthers(toOthers));
afterEach(() => {
  registerOthers(null);
  toOthers.mockClear();
});

async function startPool() {
  const pool = new WorkerPool();
  pool.leaseOwner = new LeaseOwner(randomUUID());
  await pool.leaseOwner.begin();
  onTestFinished(async () => {
    await pool.stop(5_000);
    await pool.leaseOwner?.end();
  });
  return pool;
}

const publish = (count: number) =>
  workspace.publish(Array.from({ length: count }, (_, n) => ({ type: "pool.filled", data: { n } })));

test("a process takes no more than its setting says, and alone it calls nobody", async () => {
  const pool = await startPool();
  await publish(concurrency + 1);
  expect(await pool.claim()).toEqual({ claimed: concurrency, more: true });
  expect(toOthers).not.toHaveBeenCalled();
});

test("beside others, a process calls them if more is due than it can take, and else not", async () => {
  await startPool();
  const pool = await startPool();
  // The one that the test before left, and two.
  await publish(2);
  expect(await pool.claim()).toEqual({ claimed: 3, more: false });
  await vi.waitFor(() => expect(pool.freeSockets).toBe(concurrency));
  await pool.recorder.flush();
  expect(toOthers).not.toHaveBeenCalled();
  await publish(concurrency + 1);
  expect(await pool.claim()).toEqual({ claimed: concurrency, more: true });
  expect(toOthers).toHaveBeenCalledTimes(1);
});

test("what is claimed ahead takes no more sockets than there are", async () => {
  const slow = await startTestReceiver();
  slow.reply({ status: 200, afterMs: 20 });
  onTestFinished(() => slow.close());
  for (const path of ["/1", "/2", "/3"]) await workspace.addEndpoint({ url: `${slow.origin}${path}` });
  const pool = await startPool();
  await publish(60);
  let inFlightMax = 0;
  let isMoreDue = true;
  while (isMoreDue || pool.waitingCount > 0 || pool.inFlightCount > 0) {
    pool.sendWaiting();
    if (pool.freeSockets > 0) isMoreDue = (await pool.claim()).more;
    inFlightMax = Math.max(inFlightMax, pool.inFlightCount);
    await pool.recorder.writeBatch();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(inFlightMax).toBe(concurrency);
});
