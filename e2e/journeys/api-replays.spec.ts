import { expect, test } from "@playwright/test";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { DecideHeldInput, EnableEndpointOutput, EndpointOutput } from "@/lib/contract/endpoints";
import type { ReplayFilter, ReplayOutput } from "@/lib/contract/replays";
import { expectProblem } from "../support/expect-problem";
import { type ApiUnderTest, startApi, type TestWorkspace } from "../support/start-api";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});

test.afterAll(() => app?.stop());

test.describe("what was held", () => {
  test("is replayed at a pace when the webhook is enabled, and its job says how far it is", async () => {
    const hook = await heldWebhook("/paced", 6);
    const enabled: EnableEndpointOutput = await hook.enable({ held: "replay", ratePerSecond: 4 });
    expect(enabled).toMatchObject({
      endpoint: { status: "enabled" },
      replayId: expect.stringMatching(/^rpl_/),
    });
    const running = await hook.replay(enabled.replayId);
    expect(running).toMatchObject({ kind: "replay", endpointId: hook.id, total: 6, ratePerSecond: 4 });
    expect(running.createdBy).toBe("API key Test");
    await expect
      .poll(() => hook.replay(enabled.replayId))
      .toMatchObject({ status: "done", total: 6, done: 6, finishedAt: expect.any(String) });
    await expect.poll(() => hook.statuses()).toEqual(Array(6).fill("succeeded"));
    expect(hook.requests()).toHaveLength(6);
  });

  test("is discarded when the webhook is enabled, and then nothing of it is sent", async () => {
    const hook = await heldWebhook("/discarded", 3);
    const { replayId } = await hook.enable({ held: "discard" });
    await expect
      .poll(() => hook.replay(replayId))
      .toMatchObject({ kind: "discard", status: "done", done: 3 });
    expect(await hook.statuses()).toEqual(Array(3).fill("discarded"));
    await hook.publish(1);
    await expect.poll(() => hook.statuses()).toEqual(["succeeded", "discarded", "discarded", "discarded"]);
    expect(hook.requests()).toHaveLength(1);
  });

  test("is kept, while what is published is sent, and is decided about later", async () => {
    const hook = await heldWebhook("/kept", 2);
    expect(await hook.enable({ held: "keep" })).toMatchObject({ replayId: null, endpoint: { held: 2 } });
    await hook.publish(1);
    await expect.poll(() => hook.statuses()).toEqual(["succeeded", "held", "held"]);
    const data: DecideHeldInput = { action: "replay" };
    const decided = await hook.api.post(`/api/v1/endpoints/${hook.id}/held`, { data });
    expect(decided.status(), await decided.text()).toBe(202);
    await expect.poll(() => hook.statuses()).toEqual(Array(3).fill("succeeded"));
    const again = await hook.api.post(`/api/v1/endpoints/${hook.id}/held`, { data });
    await expectProblem(again, 409, "conflict");
  });

  test("is none, where the webhook was disabled without keeping events", async () => {
    const hook = await heldWebhook("/unkept", 2);
    const disabled = await hook.api.post(`/api/v1/endpoints/${hook.id}/disable`, {
      data: { keepEvents: false },
    });
    expect(await disabled.json()).toMatchObject({ status: "disabled", discardsWhileDisabled: true });
    await hook.publish(1);
    await expect.poll(() => hook.statuses()).toEqual(Array(3).fill("discarded"));
    expect(await hook.enable({})).toMatchObject({ replayId: null });
    expect(hook.requests()).toHaveLength(0);
  });
});

test.describe("a replay of a filter", () => {
  test("is counted first, then sends again what matches, and leaves the rest alone", async () => {
    const hook = await webhook("/again");
    await hook.publish(3);
    await expect.poll(() => hook.statuses()).toEqual(Array(3).fill("succeeded"));
    const filter: Partial<ReplayFilter> = {
      endpointId: [hook.id],
      status: ["succeeded"],
      httpStatus: ["2xx"],
    };
    const dryRun = await hook.api.post("/api/v1/replays", { data: { filter, dryRun: true } });
    expect(await dryRun.json()).toEqual({ count: 3, skipped: 0 });
    expect(hook.requests()).toHaveLength(3);

    const started = await hook.api.post("/api/v1/replays", { data: { filter, ratePerSecond: 100 } });
    expect(started.status(), await started.text()).toBe(202);
    const job: ReplayOutput = await started.json();
    expect(job).toMatchObject({ kind: "replay", total: 3, filter: { status: ["succeeded"], tests: "0" } });
    await expect.poll(() => hook.replay(job.id)).toMatchObject({ status: "done", done: 3, skipped: 0 });
    await expect.poll(() => hook.requests().length).toBe(6);
    const keys = hook.requests().map((request) => request.headers["webhook-id"]);
    expect(new Set(keys).size).toBe(3);
    const list: { data: ReplayOutput[] } = await (await hook.api.get("/api/v1/replays")).json();
    expect(list.data.map((one) => one.id)).toEqual([job.id]);
  });

  test("by the ids of deliveries sends those again, and no other", async () => {
    const hook = await webhook("/chosen");
    await hook.publish(3);
    await expect.poll(() => hook.statuses()).toEqual(Array(3).fill("succeeded"));
    const log: { data: DeliveryOutput[] } = await (await hook.api.get("/api/v1/deliveries")).json();
    const id = log.data[1]?.id ?? "";
    const started = await hook.api.post("/api/v1/replays", { data: { filter: { id: [id] } } });
    const job: ReplayOutput = await started.json();
    expect(job).toMatchObject({ total: 1, filter: { id: [id] } });
    await expect.poll(() => hook.replay(job.id)).toMatchObject({ status: "done", done: 1 });
    await expect.poll(() => hook.requests().length).toBe(4);
    expect(hook.requests()[3]?.headers["webhook-id"]).toBe(id);
  });

  test("is paused, resumed and canceled, and each is in the audit log", async () => {
    const hook = await webhook("/controlled");
    await hook.publish(3);
    await expect.poll(() => hook.statuses()).toEqual(Array(3).fill("succeeded"));
    await hook.api.post(`/api/v1/endpoints/${hook.id}/disable`);
    const started = await hook.api.post("/api/v1/replays", { data: { filter: { endpointId: hook.id } } });
    const job: ReplayOutput = await started.json();
    expect(job).toMatchObject({ status: "running", reason: "it goes on when the webhook is enabled" });
    const control = (action: string) => hook.api.post(`/api/v1/replays/${job.id}/${action}`);
    expect(await (await control("pause")).json()).toMatchObject({ status: "paused" });
    expect(await (await hook.api.get("/api/v1/replays?status=paused&status=running")).json()).toMatchObject({
      data: [{ id: job.id }],
    });
    expect(await (await control("resume")).json()).toMatchObject({ status: "running" });
    expect(await (await control("cancel")).json()).toMatchObject({
      status: "canceled",
      reason: "by API key Test",
      done: 0,
    });
    await expectProblem(await control("resume"), 409, "conflict");
    const actions = await app.database.sql<{ action: string }[]>`
      select action from audit_log where target_id = ${uuidOf(job.id)} order by id`;
    expect(actions.map((row) => row.action)).toEqual([
      "replay.start",
      "replay.pause",
      "replay.resume",
      "replay.cancel",
    ]);
    expect(hook.requests()).toHaveLength(3);
  });
});

test("what is wrong with a request is answered 422, naming the field, and nothing begins", async () => {
  const hook = await webhook("/refused");
  const noEndpoint = hook.id.replace(/^.{10}/, "ep_0000000");
  const wrong: [string, object, string, string][] = [
    ["/api/v1/replays", {}, "filter", "is missing"],
    ["/api/v1/replays", { filter: { state: "failed" } }, "filter.state", "is not a field of this request"],
    ["/api/v1/replays", { filter: { status: "lost" } }, "filter.status.0", "must be one of pending, held,"],
    [
      "/api/v1/replays",
      { filter: { endpointId: noEndpoint } },
      "filter.endpointId.0",
      "is not the id of a webhook",
    ],
    [
      "/api/v1/replays",
      { filter: { endpointId: [hook.id, noEndpoint] }, dryRun: true },
      "filter.endpointId.1",
      "is not the id of a webhook",
    ],
    ["/api/v1/replays", { filter: { eventId: "evt_1" } }, "filter.eventId", "is not the id of an event"],
    ["/api/v1/replays", { filter: { id: "ep_1" } }, "filter.id.0", "is not the id of a delivery"],
    ["/api/v1/replays", { filter: {}, ratePerSecond: 0 }, "ratePerSecond", "a whole number from 1 to 1000"],
    ["/api/v1/replays", { filter: {}, ratePerSecond: "5" }, "ratePerSecond", "a whole number from 1 to 1000"],
    [`/api/v1/endpoints/${hook.id}/enable`, { held: "drop" }, "held", "must be one of replay, discard, keep"],
    [
      `/api/v1/endpoints/${hook.id}/enable`,
      { held: "discard", ratePerSecond: 5 },
      "ratePerSecond",
      "is the pace of a replay; leave it out",
    ],
    [`/api/v1/endpoints/${hook.id}/disable`, { keepEvents: "no" }, "keepEvents", "must be true or false"],
    [`/api/v1/endpoints/${hook.id}/held`, {}, "action", "must be one of replay, discard"],
  ];
  for (const [path, data, field, message] of wrong) {
    const problem = await expectProblem(await hook.api.post(path, { data }), 422, "validation_failed");
    expect(problem.errors?.[0], path).toMatchObject({
      path: field,
      message: expect.stringContaining(message),
    });
  }
  expect(await (await hook.api.get("/api/v1/replays")).json()).toEqual({ data: [], nextCursor: null });
  expect(await (await hook.api.get(`/api/v1/endpoints/${hook.id}`)).json()).toMatchObject({
    status: "enabled",
  });
});

test("a job that nobody works on, because its signal was lost, is found by the sweep", async () => {
  const hook = await webhook("/restarted");
  await hook.publish(2);
  await expect.poll(() => hook.statuses()).toEqual(["succeeded", "succeeded"]);
  await hook.api.post(`/api/v1/endpoints/${hook.id}/disable`);
  const started = await hook.api.post("/api/v1/replays", { data: { filter: { endpointId: hook.id } } });
  const job: ReplayOutput = await started.json();
  // Enabled as by a process that was killed before it could signal.
  await app.database
    .sql`update endpoint_states set disabled_at = null where endpoint_id = ${uuidOf(hook.id)}`;
  await expect
    .poll(() => hook.replay(job.id), { timeout: 75_000, intervals: [1_000] })
    .toMatchObject({ status: "done", done: 2 });
  await expect.poll(() => hook.requests().length).toBe(4);
});

const uuidOf = (id: string) => id.replace(/^[a-z]+_(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** A workspace with one webhook, whose requests come to a path of its own. */
async function webhook(path: string) {
  const { api }: TestWorkspace = await app.makeWorkspace();
  const made = await api.post("/api/v1/endpoints", { data: { url: app.receiver.url + path } });
  expect(made.status(), await made.text()).toBe(201);
  const { id }: EndpointOutput = await made.json();
  const publish = async (n: number) => {
    const events = Array.from({ length: n }, () => ({ type: "invoice.paid", data: {} }));
    expect((await api.post("/api/v1/events/batch", { data: { events } })).status()).toBe(202);
  };
  return {
    api,
    id,
    publish,
    requests: () => app.receiver.received.filter((request) => request.path === path),
    enable: async (data: object): Promise<EnableEndpointOutput> => {
      const answer = await api.post(`/api/v1/endpoints/${id}/enable`, { data });
      expect(answer.status(), await answer.text()).toBe(200);
      return answer.json();
    },
    replay: async (replayId: string | null): Promise<ReplayOutput> =>
      (await api.get(`/api/v1/replays/${replayId}`)).json(),
    statuses: async () => {
      const { data }: { data: DeliveryOutput[] } = await (await api.get("/api/v1/deliveries")).json();
      return data.map((one) => one.status);
    },
  };
}

/** The same, disabled, with deliveries that are held. */
async function heldWebhook(path: string, held: number) {
  const hook = await webhook(path);
  await hook.api.post(`/api/v1/endpoints/${hook.id}/disable`);
  await hook.publish(held);
  expect(await hook.statuses()).toEqual(Array(held).fill("held"));
  return hook;
}
