import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { nextReplayInMs } from "@/db/queries/replays";
import {
  type ReplayOutput,
  replayOutput,
  replaysQuery,
  type StartReplayInput,
  startReplayInput,
} from "../contract/replays";
import { backoffFailures } from "../core/endpoint-state";
import { fromPublicId } from "../core/ids";
import { getDelivery } from "../deliveries/get-delivery";
import { retryDelivery } from "../deliveries/retry-delivery";
import { closeAgent } from "../delivery/http-client/agent";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { enableEndpoint } from "../endpoints/enable-endpoint";
import { getEndpoint } from "../endpoints/get-endpoint";
import { probeEndpoint } from "../endpoints/probe-endpoint";
import { testEndpoint } from "../endpoints/test-endpoint";
import { drain } from "../testing/drain";
import { answerWith } from "../testing/test-receiver.mjs";
import { addTestWebhook } from "../testing/test-webhook";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { controlReplay } from "./control-replay";
import { getReplay } from "./get-replay";
import { listReplays } from "./list-replays";
import { runChunk } from "./run-chunk";
import { runReplays } from "./run-replays";
import { startReplay } from "./start-replay";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

const areReplaysDue = async () => (await nextReplayInMs(database().db)) === 0;

/** A webhook without retries, so that what fails ends. */
async function webhook(type: string) {
  const hook = await addTestWebhook(workspace, type);
  await hook.endRetries();
  return hook;
}

const start = (input: StartReplayInput) =>
  startReplay({ ctx: workspace.ctx, input: startReplayInput.parse(input) });
/** Starts a job, not a count. */
const startJob = async (filter: object, ratePerSecond?: number): Promise<ReplayOutput> =>
  replayOutput.parse(await start({ filter, ratePerSecond }));
const jobOf = (id: string | null) => getReplay({ ctx: workspace.ctx, id: id ?? "" });
const control = (id: string, action: "pause" | "resume" | "cancel") =>
  controlReplay({ ctx: workspace.ctx, id, action });

test("a job says what it has recovered and what still fails, and the log can be filtered by it", async () => {
  const hook = await webhook("replays.results");
  hook.receiver.answer = answerWith(500);
  await hook.publish(4);
  await drain();
  let requests = 0;
  hook.receiver.answer = (response) => answerWith(requests++ < 3 ? 200 : 503)(response);
  const job = await startJob({ endpointId: hook.id, status: ["failed"] });
  await runReplays();
  await drain();
  const { results } = await jobOf(job.id);
  expect(results).toEqual({ sent: 4, recovered: 3, failing: 1, waiting: [] });
  expect(await hook.log({ replayId: job.id })).toHaveLength(4);
  expect(await hook.log({ replayId: job.id, status: "succeeded" })).toHaveLength(3);
  expect(await hook.log({ replayId: job.id, status: "failed" })).toHaveLength(1);
  expect(await hook.log({ replayId: `rpl_${"0".repeat(32)}` })).toEqual([]);
});

test("what is to be retried later is retried now by a replay, in the order that was asked for", async () => {
  const hook = await addTestWebhook(workspace, "replays.later");
  hook.receiver.answer = answerWith(500);
  await hook.publish(3);
  await drain();
  const log = await hook.log();
  expect(log.every(({ status, attempts }) => status === "pending" && attempts === 1)).toBe(true);
  hook.receiver.answer = answerWith(200);
  const filter = { endpointId: hook.id };
  expect(await start({ filter, dryRun: true })).toMatchObject({
    count: 3,
    skipped: 0,
    oldest: log.at(-1)?.createdAt,
    endpoints: [{ endpointId: hook.id, count: 3 }],
    types: [{ type: "replays.later", count: 3 }],
  });
  const job = replayOutput.parse(await start({ filter, order: "newest", ratePerSecond: 2 }));
  expect(job.order).toBe("newest");
  const seen = hook.receiver.ids.length;
  while ((await jobOf(job.id)).status === "running") {
    await runReplays();
    await drain();
  }
  await drain();
  expect(hook.receiver.ids.slice(seen)).toEqual(log.map(({ id }) => id));
  expect((await jobOf(job.id)).results).toEqual({ sent: 3, recovered: 3, failing: 0, waiting: [] });
});

test.each(["newest", "oldest"] as const)("also within a chunk, the %s are claimed first", async (order) => {
  const { ctx } = workspace;
  const hook = await addTestWebhook(workspace, `replays.chunk_${order}`);
  await hook.endRetries();
  await hook.publish(5);
  await drain();
  const ids = hook.receiver.ids.toSorted();
  await start({ filter: { endpointId: hook.id }, order });
  await runReplays();
  const queued = await ctx.db.execute<{ id: string }>(sql`select delivery_id as id from delivery_queue
    where endpoint_id = ${fromPublicId("endpoint", hook.id)} and due_at <= now() order by due_at, delivery_id`);
  const wanted = order === "newest" ? ids.toReversed() : ids;
  expect(queued.map(({ id }) => id)).toEqual(wanted.map((id) => fromPublicId("delivery", id)));
  await drain();
});

test("what is sent again to a webhook that backs off is said to wait for its next try, and follows once that succeeds", async () => {
  const { ctx } = workspace;
  const hook = await addTestWebhook(workspace, "replays.waits");
  hook.receiver.answer = answerWith(500);
  await hook.publish(backoffFailures);
  await drain();
  const { nextProbeAt } = await getEndpoint({ ctx, id: hook.id });
  expect(nextProbeAt).toEqual(expect.any(String));

  const filter = { endpointId: hook.id };
  const waiting = { endpointId: hook.id, count: backoffFailures };
  expect(await start({ filter, dryRun: true })).toMatchObject({ endpoints: [{ ...waiting, nextProbeAt }] });
  const job = await startJob(filter);
  await runReplays();
  await drain();
  expect(await jobOf(job.id)).toMatchObject({ status: "done", results: { waiting: [waiting] } });
  expect(await start({ filter, dryRun: true })).toMatchObject({
    count: 0,
    skipped: backoffFailures,
    endpoints: [],
    waiting: [waiting],
  });

  hook.receiver.answer = answerWith(200);
  await probeEndpoint({ ctx, id: hook.id });
  await drain();
  expect((await jobOf(job.id)).results).toEqual({
    sent: backoffFailures,
    recovered: backoffFailures,
    failing: 0,
    waiting: [],
  });
  expect(await start({ filter, dryRun: true })).toMatchObject({
    endpoints: [{ nextProbeAt: null }],
    waiting: [],
  });
});

test("a replay of what failed sends it again: success ends it as succeeded, failure leaves it as it was", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.failed");
  hook.receiver.answer = answerWith(400);
  await hook.publish(2);
  await drain();
  const before = await hook.log();
  expect(before).toMatchObject([{ status: "failed" }, { status: "failed" }]);
  const failures = (await getEndpoint({ ctx, id: hook.id })).consecutiveFailures;

  let requests = 0;
  hook.receiver.answer = (response) => answerWith(requests++ === 0 ? 200 : 503)(response);
  const job = await startJob({ endpointId: hook.id, status: ["failed"] });
  expect(job).toMatchObject({ status: "running", total: 2, done: 0, filter: { status: ["failed"] } });
  await runReplays();
  await drain();
  expect(await jobOf(job.id)).toMatchObject({ status: "done", done: 2, skipped: 0 });
  const after = await hook.log();
  expect(after.map((one) => one.status).toSorted()).toEqual(["failed", "succeeded"]);
  const still = after.find((one) => one.status === "failed");
  expect(still).toMatchObject({
    attempts: 2,
    httpStatus: 503,
    nextAttemptAt: null,
    inFlight: false,
    completedAt: before.find((one) => one.id === still?.id)?.completedAt,
  });
  expect(await getDelivery({ ctx, id: still?.id ?? "" })).toMatchObject({
    attemptLog: [{ number: 2, trigger: "replay" }, { number: 1 }],
  });
  expect((await getEndpoint({ ctx, id: hook.id })).consecutiveFailures).toBeLessThanOrEqual(failures);
});

test("of deliveries that are named one by one, those and no others are sent, tests among them if asked for", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.named");
  await hook.publish(4);
  await drain();
  await testEndpoint({ ctx, id: hook.id, input: { type: "replays.named", data: {} } });
  await drain();
  const [made, , , second, first] = (await hook.log({ tests: "1" })).map(({ id }) => id);
  const seen = hook.receiver.ids.length;
  const id = [made, first, second].map(String);
  const untested = await startJob({ id });
  await runReplays();
  await drain();
  expect(hook.receiver.ids.slice(seen)).toEqual([first, second]);
  expect(await jobOf(untested.id)).toMatchObject({ status: "done", total: 2, skipped: 0 });
  const job = await startJob({ id, tests: "1" });
  await runReplays();
  await drain();
  expect(hook.receiver.ids.slice(seen + 2).toSorted()).toEqual(id.toSorted());
  expect((await jobOf(job.id)).results).toEqual({ sent: 3, recovered: 3, failing: 0, waiting: [] });
});

test("a replay of what succeeded sends it again, and it stays so whatever the answer", async () => {
  const hook = await webhook("replays.succeeded");
  await hook.publish(1);
  await drain();
  hook.receiver.answer = answerWith(500);
  await startJob({ endpointId: hook.id });
  await runReplays();
  await drain();
  expect(await hook.log()).toMatchObject([{ status: "succeeded", attempts: 2, httpStatus: 500 }]);
  expect(hook.receiver.ids).toHaveLength(2);
});

test("a replay of what was discarded sends it after all", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.discarded");
  await hook.disable();
  await hook.publish(1);
  await enableEndpoint({ ctx, id: hook.id, input: { held: "discard" } });
  await runReplays();
  await startJob({ endpointId: hook.id, status: "discarded" });
  await runReplays();
  await drain();
  const [delivery] = await hook.log();
  expect(delivery).toMatchObject({ status: "succeeded", attempts: 1 });
  expect((await getDelivery({ ctx, id: delivery?.id ?? "" })).why).toBe("The webhook answered 200.");
});

test("a dry run counts what would be sent and what would be left alone, and changes nothing", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.dry");
  hook.receiver.answer = answerWith(400);
  await hook.publish(3);
  await drain();
  await retryDelivery({ ctx, id: (await hook.log())[0]?.id ?? "" });
  await hook.publish(2);
  const counted = await start({ filter: { endpointId: hook.id }, dryRun: true });
  expect(counted).toMatchObject({ count: 2, skipped: 3 });
  expect(await start({ filter: { endpointId: hook.id, status: "pending" }, dryRun: true })).toMatchObject({
    count: 0,
    skipped: 2,
  });
  expect(await start({ filter: { endpointId: hook.id, q: "no such key" }, dryRun: true })).toMatchObject({
    count: 0,
    skipped: 0,
  });
  expect((await listReplays({ ctx, input: replaysQuery.parse({ endpointId: hook.id }) })).data).toEqual([]);

  const job = await startJob({ endpointId: hook.id });
  await runReplays();
  expect(await jobOf(job.id)).toMatchObject({ total: 5, done: 5, skipped: 3 });
  hook.receiver.answer = answerWith(200);
  await drain();
  // Three first attempts, a retry by hand, two replays, two in their turn: nothing was sent twice.
  expect(hook.receiver.ids).toHaveLength(8);
});

test("what is published after a replay began is not part of it", async () => {
  const hook = await webhook("replays.bound");
  await hook.publish(2);
  await drain();
  const job = await startJob({ endpointId: hook.id });
  await hook.publish(3);
  await drain();
  await runReplays();
  await drain();
  expect(await jobOf(job.id)).toMatchObject({ status: "done", total: 2, done: 2 });
  expect(hook.receiver.ids).toHaveLength(2 + 3 + 2);
});

test("a replay of one webhook waits while it is disabled, and ends when it is deleted", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.waits");
  await hook.publish(2);
  await drain();
  await hook.disable();
  const job = await startJob({ endpointId: hook.id });
  expect(await areReplaysDue()).toBe(false);
  await runReplays();
  expect(await jobOf(job.id)).toMatchObject({
    status: "running",
    done: 0,
    reason: "it goes on when the webhook is enabled",
  });
  await hook.enable("keep");
  expect(await areReplaysDue()).toBe(true);
  await runReplays();
  await drain();
  expect(await jobOf(job.id)).toMatchObject({ status: "done", done: 2, skipped: 0, reason: null });
  expect(hook.receiver.ids).toHaveLength(4);

  await hook.disable();
  const second = await startJob({ endpointId: hook.id });
  await deleteEndpoint({ ctx, id: hook.id });
  await runReplays();
  expect(await jobOf(second.id)).toMatchObject({ status: "canceled", reason: "the webhook was deleted" });
  expect(hook.receiver.ids).toHaveLength(4);
});

test("a replay of several webhooks leaves those alone that are disabled", async () => {
  const [open, closed] = [await webhook("replays.several"), await webhook("replays.several")];
  await open.publish(2);
  await drain();
  await closed.disable();
  const filter = { endpointId: [open.id, closed.id] };
  expect(await start({ filter, dryRun: true })).toMatchObject({ count: 2, skipped: 2 });
  const job = await startJob(filter);
  await runReplays();
  await drain();
  expect(await jobOf(job.id)).toMatchObject({ status: "done", total: 4, done: 4, skipped: 2 });
  expect(open.receiver.ids).toHaveLength(4);
  expect(closed.receiver.ids).toHaveLength(2);
});

test("a paused job does nothing until it is resumed, and a canceled one nothing more", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.control");
  await hook.publish(3);
  await drain();
  const job = await startJob({ endpointId: hook.id }, 2);
  expect(await runChunk(ctx.db)).toMatchObject({ replayId: fromPublicId("replay", job.id), handled: 1 });
  expect(await control(job.id, "pause")).toMatchObject({ status: "paused", done: 1 });
  expect(await control(job.id, "pause")).toMatchObject({ status: "paused" });
  expect(await areReplaysDue()).toBe(false);
  expect(await runReplays()).toEqual({ handled: 0, more: false });

  expect(await control(job.id, "resume")).toMatchObject({ status: "running", done: 1 });
  expect(await runChunk(ctx.db)).toMatchObject({ handled: 1 });
  expect(await control(job.id, "cancel")).toMatchObject({
    status: "canceled",
    done: 2,
    reason: "by Posthorn",
    finishedAt: expect.any(String),
  });
  expect(await control(job.id, "cancel")).toMatchObject({ status: "canceled" });
  await expect(control(job.id, "resume")).rejects.toMatchObject({ code: "conflict" });
  expect(await runReplays()).toEqual({ handled: 0, more: false });
  await drain();
  expect(hook.receiver.ids).toHaveLength(3 + 2);
});

test("a job that is done cannot be paused, and there is no other workspace's job", async () => {
  const { ctx } = workspace;
  const job = await startJob({ type: "replays.nothing" });
  await runReplays();
  expect(await jobOf(job.id)).toMatchObject({ status: "done", total: 0, done: 0 });
  await expect(control(job.id, "pause")).rejects.toMatchObject({ code: "conflict" });
  const other = { ...ctx, workspace: { ...ctx.workspace, id: "00000000-0000-0000-0000-000000000000" } };
  await expect(getReplay({ ctx: other, id: job.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(controlReplay({ ctx: other, id: job.id, action: "cancel" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("jobs are listed newest first, by webhook and by status", async () => {
  const { ctx } = workspace;
  const hook = await webhook("replays.list");
  const [first, second] = [await startJob({ endpointId: hook.id }), await startJob({ endpointId: hook.id })];
  await control(first.id, "pause");
  const list = async (query: object) =>
    (await listReplays({ ctx, input: replaysQuery.parse({ endpointId: hook.id, ...query }) })).data.map(
      (one) => one.id,
    );
  expect(await list({})).toEqual([second.id, first.id]);
  expect(await list({ status: "paused" })).toEqual([first.id]);
  expect(await list({ status: ["paused", "running"], limit: "1" })).toEqual([second.id]);
  expect(await list({ cursor: second.id })).toEqual([first.id]);
});
