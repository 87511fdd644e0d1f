import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { database } from "@/db/connection/database";
import { claimDeliveries } from "@/db/queries/claim-deliveries";
import { attemptRecord } from "@/db/testing/attempt-record";
import { deliveriesQuery } from "../../contract/deliveries";
import { fromPublicId } from "../../core/ids";
import { getDelivery } from "../../deliveries/get-delivery";
import { listDeliveries } from "../../deliveries/list-deliveries";
import { retryDelivery } from "../../deliveries/retry-delivery";
import { deleteEndpoint } from "../../endpoints/delete-endpoint";
import { disableEndpoint } from "../../endpoints/disable-endpoint";
import { enableEndpoint } from "../../endpoints/enable-endpoint";
import { getEndpoint } from "../../endpoints/get-endpoint";
import { testEndpoint } from "../../endpoints/test-endpoint";
import { sweep } from "../../maintenance/sweep";
import { runReplays } from "../../replays/run-replays";
import { drain } from "../../testing/drain";
import { startTestReceiver } from "../../testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "../../testing/test-workspace";
import { closeAgent } from "../http-client/agent";
import { drainDue } from "./drain";
import { Recorder } from "./recorder";
import { SendQueues } from "./send-queues";
import { WorkerPool } from "./worker-pool";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

/** A webhook with a receiver of its own; both are gone when the test ends. */
async function endpointFor(type: string) {
  const { ctx } = workspace;
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  const endpoint = await workspace.addEndpoint({ url: receiver.url, eventTypes: [type] });
  onTestFinished(() => deleteEndpoint({ ctx, id: endpoint.id }));
  const deliveries = async (query = {}) =>
    (await listDeliveries({ ctx, input: deliveriesQuery.parse({ endpointId: endpoint.id, ...query }) })).data;
  return { receiver, endpoint, deliveries };
}

const fail = (response: ServerResponse) => {
  response.statusCode = 500;
  response.end("no");
};

test("everything due is delivered, once each", async () => {
  const { receiver, deliveries } = await endpointFor("drain.all");
  await workspace.publish(Array.from({ length: 250 }, (_, n) => ({ type: "drain.all", data: { n } })));
  expect(await drainDue({ idleWaitMs: 100 })).toEqual({ delivered: 250, more: false });
  expect(new Set(receiver.ids).size).toBe(250);
  expect(receiver.ids).toHaveLength(250);
  expect((await deliveries({ status: "succeeded", limit: "100" })).length).toBe(100);
});

const publishMany = async (type: string, count: number) => {
  for (let from = 0; from < count; from += 500)
    await workspace.publish(Array.from({ length: Math.min(500, count - from) }, () => ({ type, data: {} })));
};
const leases = async () => {
  const [row] = await database().sql`select count(*)::int as n from delivery_leases`;
  return row?.n;
};

test("what is claimed ahead is sent once each, never more at a time than the endpoint takes", async () => {
  const { receiver } = await endpointFor("drain.ahead");
  await publishMany("drain.ahead", 3_000);
  const claimed = vi.spyOn(SendQueues.prototype, "takeDue");
  onTestFinished(() => claimed.mockRestore());
  await drain();
  expect(receiver.ids).toHaveLength(3_000);
  expect(new Set(receiver.ids).size).toBe(3_000);
  expect(receiver.busiest[new URL(receiver.url).pathname]).toBeLessThanOrEqual(10);
  const sentAhead = claimed.mock.results.reduce((sum, { value }) => sum + value.length, 0);
  expect(sentAhead).toBeGreaterThan(0);
  expect(await leases()).toBe(0);
});

/** A pool that has claimed 10 deliveries to send and 100 ahead. */
async function poolAhead(endpointId: string) {
  const pool = new WorkerPool();
  const ahead = vi.spyOn(SendQueues.prototype, "ahead").mockReturnValue({
    slots: 100,
    isLow: true,
    endpoints: [{ endpointId: fromPublicId("endpoint", endpointId) ?? "", count: 100 }],
  });
  onTestFinished(() => ahead.mockRestore());
  expect((await pool.claim()).claimed).toBe(110);
  expect([pool.inFlightCount, pool.waitingCount]).toEqual([10, 100]);
  ahead.mockRestore();
  return pool;
}

test("an endpoint that fails gets nothing of what was claimed ahead, which is given back", async () => {
  const { receiver, endpoint } = await endpointFor("drain.breaks");
  receiver.answer = fail;
  await publishMany("drain.breaks", 500);
  const pool = await poolAhead(endpoint.id);
  await expect.poll(() => pool.inFlightCount, { timeout: 10_000 }).toBe(0);
  expect(pool.sendWaiting()).toBe(0);
  await pool.recorder.flush();
  await expect.poll(leases, { timeout: 10_000 }).toBe(0);
  expect(receiver.ids).toHaveLength(10);
  await disableEndpoint({ ctx: workspace.ctx, id: endpoint.id, input: { keepEvents: true } });
  await pool.stop(5_000);
});

test("an endpoint that is disabled gets nothing of what was claimed ahead once a claim has seen it", async () => {
  const { receiver, endpoint } = await endpointFor("drain.closes");
  const answers: (() => void)[] = [];
  receiver.answer = (response) => void answers.push(() => response.end("ok"));
  await publishMany("drain.closes", 500);
  const pool = await poolAhead(endpoint.id);
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(10);
  await disableEndpoint({ ctx: workspace.ctx, id: endpoint.id, input: { keepEvents: true } });
  expect((await pool.claim()).claimed).toBe(0);
  expect(pool.waitingCount).toBe(0);
  for (const answer of answers) answer();
  await pool.stop(10_000);
  expect(receiver.ids).toHaveLength(10);
  await expect.poll(leases, { timeout: 10_000 }).toBe(0);
});

test("what is recorded and what is given back of one lease, at once, leave nothing of it", async () => {
  const { receiver, endpoint } = await endpointFor("drain.at-once");
  const answers: (() => void)[] = [];
  receiver.answer = (response) => void answers.push(() => response.end("ok"));
  await publishMany("drain.at-once", 500);
  const pool = await poolAhead(endpoint.id);
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(10);
  const { sql } = database();
  let released: Promise<void> | undefined;
  let recorded: Promise<void> | undefined;
  await sql.begin(async (tx) => {
    await tx`select from delivery_leases for update`;
    for (const answer of answers) answer();
    await expect.poll(() => pool.inFlightCount, { timeout: 10_000 }).toBe(0);
    recorded = pool.recorder.flush();
    released = pool.releaseWaiting();
    await expect
      .poll(async () => {
        const [row] = await sql`select count(*)::int as n from pg_locks where not granted`;
        return row?.n;
      })
      .toBeGreaterThan(0);
  });
  await Promise.all([recorded, released]);
  expect(await leases()).toBe(0);
  await disableEndpoint({ ctx: workspace.ctx, id: endpoint.id, input: { keepEvents: true } });
  await pool.stop(5_000);
});

test("a pool that stops gives back what waits, and finishes what is in flight", async () => {
  const { receiver, endpoint } = await endpointFor("drain.stops");
  await publishMany("drain.stops", 1_000);
  const pool = await poolAhead(endpoint.id);
  await pool.stop(10_000);
  expect(receiver.ids).toHaveLength(10);
  expect(pool.waitingCount).toBe(0);
  expect(await leases()).toBe(0);
  await drain();
  expect(new Set(receiver.ids).size).toBe(1_000);
  expect(receiver.ids).toHaveLength(1_000);
});

test("an endpoint that never answers occupies its own slots and nobody else's", async () => {
  const slow = await endpointFor("drain.slow");
  slow.receiver.answer = () => undefined;
  const quick = await endpointFor("drain.quick");
  await workspace.publish(Array.from({ length: 60 }, () => ({ type: "drain.slow", data: {} })));
  await workspace.publish(Array.from({ length: 200 }, () => ({ type: "drain.quick", data: {} })));
  const draining = drain();
  await expect.poll(() => new Set(quick.receiver.ids).size, { timeout: 10_000 }).toBe(200);
  expect(slow.receiver.ids).toHaveLength(10);
  await disableEndpoint({ ctx: workspace.ctx, id: slow.endpoint.id, input: { keepEvents: true } });
  slow.receiver.close();
  await draining;
});

test("a failed delivery is pending again by the schedule, with its attempt in the log", async () => {
  const { receiver, deliveries } = await endpointFor("drain.failing");
  receiver.answer = fail;
  await workspace.publish({ type: "drain.failing", data: {} });
  await drain();
  const [delivery] = await deliveries();
  expect(delivery).toMatchObject({ status: "pending", attempts: 1, httpStatus: 500, inFlight: false });
  const waitMs = Date.parse(delivery?.nextAttemptAt ?? "") - Date.now();
  expect(waitMs).toBeGreaterThan(5_000);
  expect(waitMs).toBeLessThan(13_500);
  const detail = await getDelivery({ ctx: workspace.ctx, id: delivery?.id ?? "" });
  expect(detail.attemptLog).toMatchObject([
    { number: 1, trigger: "automatic", httpStatus: 500, response: { body: "no" }, url: receiver.url },
  ]);
  expect(detail.why).toMatch(/^The webhook answered 500\. It is tried again at /);
});

test("a manual retry that fails changes neither status nor schedule; one that succeeds ends the delivery", async () => {
  const { ctx } = workspace;
  const { receiver, deliveries } = await endpointFor("drain.manual");
  receiver.answer = fail;
  await workspace.publish({ type: "drain.manual", data: {} });
  await drain();
  const [before] = await deliveries();
  const id = before?.id ?? "";

  expect(await retryDelivery({ ctx, id })).toMatchObject({ inFlight: true });
  await expect(retryDelivery({ ctx, id })).rejects.toMatchObject({ code: "conflict" });
  await drain();
  const [after] = await deliveries();
  expect(after).toMatchObject({ status: "pending", attempts: 2, nextAttemptAt: before?.nextAttemptAt });

  receiver.answer = (response) => response.end();
  await retryDelivery({ ctx, id });
  await drain();
  expect(await deliveries()).toMatchObject([{ status: "succeeded", attempts: 3, nextAttemptAt: null }]);

  // A succeeded one stays so, whatever another retry brings.
  receiver.answer = fail;
  await retryDelivery({ ctx, id });
  await drain();
  expect(await deliveries()).toMatchObject([{ status: "succeeded", attempts: 4, httpStatus: 500 }]);
});

test("a disabled webhook's deliveries are held, a person may send one, and enabling sends the rest", async () => {
  const { ctx } = workspace;
  const { receiver, endpoint, deliveries } = await endpointFor("drain.held");
  await disableEndpoint({ ctx, id: endpoint.id, input: { keepEvents: true } });
  await workspace.publish([1, 2, 3].map((n) => ({ type: "drain.held", data: { n } })));
  await drain();
  expect(receiver.ids).toEqual([]);
  expect((await deliveries()).map((one) => one.status)).toEqual(["held", "held", "held"]);
  expect(await deliveries({ status: "held" })).toHaveLength(3);
  expect(await deliveries({ status: "pending" })).toHaveLength(0);
  expect(await getEndpoint({ ctx, id: endpoint.id })).toMatchObject({
    status: "disabled",
    held: 3,
    disabledReason: "by Posthorn",
  });

  await retryDelivery({ ctx, id: (await deliveries())[0]?.id ?? "" });
  await drain();
  expect(receiver.ids).toHaveLength(1);
  await enableEndpoint({ ctx, id: endpoint.id, input: { held: "replay" } });
  await runReplays();
  await drain();
  expect(new Set(receiver.ids).size).toBe(3);
  expect((await deliveries()).map((one) => one.status)).toEqual(["succeeded", "succeeded", "succeeded"]);
});

test("deleting a webhook discards what is pending and keeps its log", async () => {
  const { ctx } = workspace;
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  receiver.answer = fail;
  const endpoint = await workspace.addEndpoint({ url: receiver.url, eventTypes: ["drain.deleted"] });
  await workspace.publish({ type: "drain.deleted", data: {} });
  await drain();
  await deleteEndpoint({ ctx, id: endpoint.id });
  await runReplays();
  const { data } = await listDeliveries({ ctx, input: deliveriesQuery.parse({ endpointId: endpoint.id }) });
  expect(data).toMatchObject([{ status: "discarded", attempts: 1, nextAttemptAt: null }]);
  const id = data[0]?.id ?? "";
  expect(await getDelivery({ ctx, id })).toMatchObject({
    endpoint: { deleted: true },
    attemptLog: [{ httpStatus: 500 }],
  });
  await expect(retryDelivery({ ctx, id })).rejects.toMatchObject({ code: "conflict" });
  await drain();
  expect(receiver.ids).toHaveLength(1);
});

test("a test is logged as such, never counted, never retried", async () => {
  const { ctx } = workspace;
  const { receiver, endpoint, deliveries } = await endpointFor("invoice.paid");
  receiver.answer = fail;
  const { attempt } = await testEndpoint({ ctx, id: endpoint.id, input: { type: "invoice.paid" } });
  expect(attempt).toMatchObject({
    trigger: "test",
    httpStatus: 500,
    request: { headers: { "posthorn-test": "1" } },
  });
  expect(await deliveries()).toEqual([]);
  expect(await deliveries({ tests: "1" })).toMatchObject([
    { test: true, status: "failed", nextAttemptAt: null },
  ]);
  expect((await getEndpoint({ ctx, id: endpoint.id })).health24h.requests).toBe(0);
});

test("more tests at once than there are connections to the database are all sent", async () => {
  const { ctx } = workspace;
  const { receiver, endpoint } = await endpointFor("invoice.paid");
  const sent = await Promise.all(
    Array.from({ length: 60 }, () => testEndpoint({ ctx, id: endpoint.id, input: { type: "invoice.paid" } })),
  );
  expect(sent.map(({ attempt }) => attempt.httpStatus)).toEqual(Array(60).fill(200));
  expect(receiver.ids).toHaveLength(60);
});

test("the success rate of 24 hours is over what was due, not over attempts", async () => {
  const { ctx } = workspace;
  const { receiver, endpoint, deliveries } = await endpointFor("drain.figures");
  await workspace.publish([1, 2, 3].map((n) => ({ type: "drain.figures", data: { n } })));
  await drain();
  receiver.answer = fail;
  await retryDelivery({ ctx, id: (await deliveries())[0]?.id ?? "" });
  await drain();
  const { health24h } = await getEndpoint({ ctx, id: endpoint.id });
  // The last of the three is sent again, which fails, and has been delivered all the same.
  expect(health24h).toMatchObject({ due: 3, succeeded: 3, successRate: 1, requests: 4 });
});

test("one result that the database refuses does not hold up the others", async () => {
  const { deliveries } = await endpointFor("drain.poison");
  await workspace.publish([1, 2, 3, 4].map((n) => ({ type: "drain.poison", data: { n } })));
  const { deliveries: claimed } = await claimDeliveries(database().sql, {
    slots: 10,
    bytes: 1e6,
    leaseSeconds: 60,
  });
  const recorder = new Recorder();
  for (const [index, delivery] of claimed.entries()) {
    // PostgreSQL's text holds no NUL.
    recorder.add(attemptRecord(delivery, { errorDetail: index === 1 ? "\u0000" : null }));
  }
  await recorder.flush();
  expect((await deliveries()).map((one) => one.status)).toEqual(Array(4).fill("succeeded"));
});

test("a due time that was lost is found by the sweep", async () => {
  const { receiver } = await endpointFor("drain.lost");
  await workspace.publish({ type: "drain.lost", data: {} });
  await database().sql`update endpoint_states set next_due_at = null, hot_until = null`;
  expect((await drainDue({ idleWaitMs: 100 })).delivered).toBe(0);
  expect(await sweep()).toMatchObject({ repaired: 1, due: true });
  await drain();
  expect(receiver.ids).toHaveLength(1);
});
