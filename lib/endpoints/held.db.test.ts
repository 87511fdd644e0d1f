import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { claimDeliveries } from "@/db/queries/claim-deliveries";
import { replaysQuery } from "../contract/replays";
import { getDelivery } from "../deliveries/get-delivery";
import { retryDelivery } from "../deliveries/retry-delivery";
import { closeAgent } from "../delivery/http-client/agent";
import { getReplay } from "../replays/get-replay";
import { listReplays } from "../replays/list-replays";
import { runReplays } from "../replays/run-replays";
import { drain } from "../testing/drain";
import { answerWith } from "../testing/test-receiver.mjs";
import { addTestWebhook } from "../testing/test-webhook";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { deleteEndpoint } from "./delete-endpoint";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

const webhook = (type: string) => addTestWebhook(workspace, type);
const jobOf = (id: string | null) => getReplay({ ctx: workspace.ctx, id: id ?? "" });

test("enabling with replay sends what was held, as replays, and then what is published", async () => {
  const { ctx } = workspace;
  const hook = await webhook("held.replay");
  await hook.disable();
  await hook.publish(3);
  const { endpoint, replayId } = await hook.enable("replay");
  expect(endpoint).toMatchObject({ status: "enabled", disabledReason: null, held: 3 });
  expect(await jobOf(replayId)).toMatchObject({
    kind: "replay",
    endpointId: hook.id,
    status: "running",
    total: 3,
    done: 0,
    createdBy: "Posthorn",
  });
  await hook.publish(1);
  await runReplays();
  await drain();
  expect(await hook.statuses()).toEqual([["succeeded", null, 4]]);
  expect(hook.receiver.ids).toHaveLength(4);
  expect(await jobOf(replayId)).toMatchObject({ status: "done", total: 3, done: 3, reason: null });
  const [last, first] = [(await hook.log())[0], (await hook.log())[3]];
  expect(await getDelivery({ ctx, id: first?.id ?? "" })).toMatchObject({
    attemptLog: [{ trigger: "replay" }],
  });
  expect(await getDelivery({ ctx, id: last?.id ?? "" })).toMatchObject({
    attemptLog: [{ trigger: "automatic" }],
  });
});

test("a released delivery that fails goes on by the schedule, and its failure is not counted", async () => {
  const hook = await webhook("held.fails");
  hook.receiver.answer = answerWith(500);
  await hook.disable();
  await hook.publish(1);
  await hook.enable("replay");
  await runReplays();
  await drain();
  const [delivery] = await hook.log();
  expect(delivery).toMatchObject({ status: "pending", attempts: 1, httpStatus: 500 });
  expect(Date.parse(delivery?.nextAttemptAt ?? "")).toBeGreaterThan(Date.now());
  expect(await hook.shown()).toMatchObject({ consecutiveFailures: 0, held: 0 });
});

test("enabling with discard ends what was held, and sends what is published", async () => {
  const hook = await webhook("held.discard");
  await hook.disable();
  await hook.publish(3);
  const { replayId } = await hook.enable("discard");
  await hook.publish(2);
  await runReplays();
  await drain();
  expect(await hook.statuses()).toEqual([
    ["discarded", "by_person", 3],
    ["succeeded", null, 2],
  ]);
  expect(hook.receiver.ids).toHaveLength(2);
  expect(await jobOf(replayId)).toMatchObject({ kind: "discard", status: "done", total: 3, done: 3 });
  const [discarded] = await hook.log({ status: "discarded" });
  expect(discarded?.completedAt).not.toBeNull();
});

test("enabling with keep leaves what was held, until somebody decides", async () => {
  const hook = await webhook("held.keep");
  await hook.disable();
  await hook.publish(3);
  expect(await hook.enable("keep")).toMatchObject({ replayId: null, endpoint: { held: 3 } });
  await hook.publish(1);
  await runReplays();
  await drain();
  expect((await hook.log()).map((one) => one.status)).toEqual(["succeeded", "held", "held", "held"]);
  expect(await hook.shown()).toMatchObject({ status: "enabled", held: 3 });

  const { replayId } = await hook.decide("replay");
  await runReplays();
  await drain();
  expect(await hook.statuses()).toEqual([["succeeded", null, 4]]);
  expect(await jobOf(replayId)).toMatchObject({ status: "done", done: 3 });
  await expect(hook.decide("discard")).rejects.toMatchObject({ code: "conflict" });
});

test("what is held at a disabled webhook can be discarded; what comes afterwards is held", async () => {
  const hook = await webhook("held.disabled");
  await hook.disable();
  await hook.publish(2);
  await expect(hook.decide("replay")).rejects.toMatchObject({ code: "conflict" });
  await hook.decide("discard");
  await hook.publish(1);
  await runReplays();
  expect((await hook.log()).map((one) => one.status)).toEqual(["held", "discarded", "discarded"]);
  expect(await hook.shown()).toMatchObject({ status: "disabled", held: 1 });
});

test("a later choice replaces an earlier one", async () => {
  const hook = await webhook("held.anew");
  await hook.disable();
  await hook.publish(3);
  const first = await hook.enable("replay");
  const second = await hook.decide("discard");
  expect(await jobOf(first.replayId)).toMatchObject({
    status: "canceled",
    reason: "a new decision was made about the held events",
  });
  await runReplays();
  expect(await hook.statuses()).toEqual([["discarded", "by_person", 3]]);
  expect(await jobOf(second.replayId)).toMatchObject({ status: "done", done: 3 });
});

test("a webhook that is disabled without keeping events discards what is pending and what arrives", async () => {
  const { ctx } = workspace;
  const hook = await webhook("held.unkept");
  hook.receiver.answer = answerWith(500);
  await hook.publish(2);
  await drain();
  expect(await hook.disable(false)).toMatchObject({ status: "disabled", discardsWhileDisabled: true });
  await hook.publish(1);
  expect((await hook.log())[0]).toMatchObject({ status: "discarded", attempts: 0, nextAttemptAt: null });
  await runReplays();
  expect(await hook.statuses()).toEqual([["discarded", "endpoint_disabled", 3]]);
  expect(await hook.shown()).toMatchObject({ held: 0 });

  // One of them can be sent all the same, and after enabling everything is as before.
  hook.receiver.answer = answerWith(200);
  await retryDelivery({ ctx, id: (await hook.log())[0]?.id ?? "" });
  await drain();
  expect((await hook.log())[0]).toMatchObject({ status: "succeeded", attempts: 1 });
  expect(await hook.enable("replay")).toMatchObject({
    replayId: null,
    endpoint: { discardsWhileDisabled: false },
  });
  await hook.publish(1);
  await drain();
  expect((await hook.log())[0]).toMatchObject({ status: "succeeded" });
});

test("a disabled webhook that holds events can be changed to discard them, and the other way round", async () => {
  const hook = await webhook("held.switch");
  await hook.disable();
  await hook.publish(1);
  await hook.disable(false);
  await hook.publish(1);
  await runReplays();
  expect(await hook.statuses()).toEqual([["discarded", "endpoint_disabled", 2]]);
  await hook.disable(true);
  await hook.publish(1);
  expect((await hook.log()).map((one) => one.status)).toEqual(["held", "discarded", "discarded"]);
});

test("a delivery in flight is never discarded: its result counts, and it is discarded only if it failed", async () => {
  const { ctx } = workspace;
  const hook = await webhook("held.inflight");
  let open: (status: number) => void = () => undefined;
  const gate = new Promise<number>((resolve) => {
    open = resolve;
  });
  let requests = 0;
  hook.receiver.answer = (response) => {
    const first = requests++ === 0;
    void gate.then((status) => answerWith(first ? 200 : status)(response));
  };
  await hook.publish(2);
  const draining = drain();
  await expect.poll(() => hook.receiver.ids.length).toBe(2);
  await hook.disable(false);
  const discarding = runReplays();
  expect((await hook.log()).map((one) => [one.status, one.inFlight])).toEqual([
    ["held", true],
    ["held", true],
  ]);
  open(500);
  await draining;
  await discarding;
  await runReplays();
  expect(await hook.statuses()).toEqual([
    ["discarded", "endpoint_disabled", 1],
    ["succeeded", null, 1],
  ]);
  const { data } = await listReplays({ ctx, input: replaysQuery.parse({ endpointId: hook.id }) });
  expect(data).toMatchObject([{ status: "done", total: 1, done: 1 }]);
});

test("a person's retry of a held delivery is one attempt, and removes it from the replay if it succeeds", async () => {
  const { ctx } = workspace;
  const hook = await webhook("held.retried");
  await hook.disable();
  await hook.publish(2);
  const [retried] = await hook.log();
  await retryDelivery({ ctx, id: retried?.id ?? "" });
  await drain();
  expect(hook.receiver.ids).toEqual([retried?.id]);
  const { replayId } = await hook.enable("replay");
  expect(await jobOf(replayId)).toMatchObject({ total: 1 });
  await runReplays();
  await drain();
  expect(hook.receiver.ids).toHaveLength(2);
  expect(await hook.statuses()).toEqual([["succeeded", null, 2]]);
});

test("an ended delivery that is asked for by hand is not part of what is held", async () => {
  const { ctx } = workspace;
  const hook = await webhook("held.ended");
  await hook.publish(1);
  await drain();
  await hook.disable();
  await retryDelivery({ ctx, id: (await hook.log())[0]?.id ?? "" });
  await hook.enable("replay");
  await runReplays();
  await drain();
  expect(hook.receiver.ids).toHaveLength(2);
  expect(await hook.log()).toMatchObject([{ status: "succeeded", attempts: 2 }]);
});

test("deleting a webhook sends nothing more, and discards what was pending, out of sight", async () => {
  const { ctx } = workspace;
  const hook = await webhook("held.deleted");
  await hook.disable();
  await hook.publish(700);
  await hook.enable("replay");
  await deleteEndpoint({ ctx, id: hook.id });
  const { deliveries } = await claimDeliveries(database().sql, { slots: 10, bytes: 1e6, leaseSeconds: 60 });
  expect(deliveries).toEqual([]);
  await runReplays();
  await drain();
  expect(await hook.statuses()).toEqual([["discarded", "endpoint_deleted", 700]]);
  expect(hook.receiver.ids).toEqual([]);
  const { data } = await listReplays({ ctx, input: replaysQuery.parse({ endpointId: hook.id }) });
  expect(data).toMatchObject([{ kind: "replay", status: "canceled", reason: "the webhook was deleted" }]);
  expect(await hook.queued()).toBe(0);
});

test("each switch is in the timeline of the webhook once", async () => {
  const hook = await webhook("held.timeline");
  await hook.disable();
  await hook.disable();
  await hook.enable("keep");
  await hook.enable("keep");
  const rows = await database().sql`select kind, cause, actor_name as name from endpoint_transitions
    where endpoint_id = ${hook.uuid} order by id`;
  expect(rows).toEqual([
    { kind: "disabled", cause: "system", name: "Posthorn" },
    { kind: "enabled", cause: "system", name: "Posthorn" },
  ]);
});

test("an event published while the webhook is enabled is either sent or held, and never left behind", async () => {
  const hook = await webhook("held.race");
  const rounds = 20;
  const perRound = 16;
  for (let round = 0; round < rounds; round++) {
    await hook.disable();
    const publishing = Array.from({ length: perRound / 2 }, () => hook.publish(2));
    // Once before the first of them, once after the last, and in between.
    await setTimeout(round);
    await hook.enable("keep");
    await Promise.all(publishing);
    await drain();
  }
  const { held } = await hook.shown();
  const sent = new Set(hook.receiver.ids).size;
  expect(sent + held).toBe(rounds * perRound);
  expect(await hook.log({ status: "pending" })).toEqual([]);
  if (held > 0) await hook.decide("replay");
  await runReplays();
  await drain();
  expect(await hook.statuses()).toEqual([["succeeded", null, rounds * perRound]]);
  expect(hook.receiver.ids).toHaveLength(rounds * perRound);
});

test("a test under way at a disabled webhook is not counted as held", async () => {
  const hook = await webhook("held.tests");
  await hook.disable();
  await hook.publish(1);
  await database().sql`update delivery_queue set test = true, requested_at = now(), requested_trigger = 'test'
    where type = 'held.tests'`;
  expect(await hook.shown()).toMatchObject({ held: 0 });
  await hook.publish(1);
  expect(await hook.shown()).toMatchObject({ held: 1 });
});
