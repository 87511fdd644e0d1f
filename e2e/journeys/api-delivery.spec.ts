import { expect, test } from "@playwright/test";
import type { DeliveryDetailOutput, DeliveryOutput } from "@/lib/contract/deliveries";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { expectProblem } from "../support/expect-problem";
import { gate } from "../support/receiver";
import { type ApiUnderTest, startApi, type TestWorkspace } from "../support/start-api";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});

test.afterAll(() => app?.stop());

const event = { type: "invoice.paid", data: { id: "inv_1" } };
type Published = { id: string; type: string; deliveries: number };

test.describe("publishing", () => {
  test("the same key and body is answered with the first event, however often and at once", async () => {
    const { api, count } = await app.makeWorkspace();
    const data = { ...event, idempotencyKey: "order-1" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post("/api/v1/events", { data })));
    const bodies: Published[] = await Promise.all(answers.map((answer) => answer.json()));
    expect(answers.map((answer) => answer.status())).toEqual(Array(8).fill(202));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    // The meaning counts, not the spelling; and the header is the field.
    const again = await api.post("/api/v1/events", {
      data: Buffer.from('{ "data": {"id" : "inv_1"}, "type": "invoice.paid" }'),
      headers: { "content-type": "application/json", "idempotency-key": "order-1" },
    });
    expect(await again.json()).toEqual(bodies[0]);
    expect(await count()).toMatchObject({ events: 1, idempotency: 1 });
  });

  test("the same key with another body is answered 409, and nothing is written", async () => {
    const { api, count } = await app.makeWorkspace();
    await api.post("/api/v1/events", { data: { ...event, idempotencyKey: "order-2" } });
    const before = await count();
    const other = { ...event, data: { id: "inv_2" }, idempotencyKey: "order-2" };
    const problem = await expectProblem(await api.post("/api/v1/events", { data: other }), 409, "conflict");
    expect(problem.errors).toMatchObject([{ path: "idempotencyKey" }]);
    expect(await count()).toEqual(before);
  });

  test("header and field that name two keys are answered 422", async () => {
    const { api } = await app.makeWorkspace();
    const answer = await api.post("/api/v1/events", {
      data: { ...event, idempotencyKey: "one" },
      headers: { "idempotency-key": "other" },
    });
    await expectProblem(answer, 422, "validation_failed");
  });

  test("a batch is taken whole or not at all", async () => {
    const workspace = await app.makeWorkspace();
    const { api, count } = workspace;
    await addEndpoint(workspace);
    await api.post("/api/v1/events", { data: { ...event, idempotencyKey: "taken" } });
    const before = await count();
    const events = Array.from({ length: 100 }, (_, index) => ({ ...event, idempotencyKey: `b-${index}` }));

    const clash = { ...event, data: { id: "other" }, idempotencyKey: "taken" };
    const refused = await api.post("/api/v1/events/batch", { data: { events: [...events, clash] } });
    const problem = await expectProblem(refused, 409, "conflict");
    expect(problem.errors).toMatchObject([{ path: "events.100.idempotencyKey" }]);
    const large = { ...event, data: { text: "x".repeat(256 * 1024) } };
    await expectProblem(
      await api.post("/api/v1/events/batch", { data: { events: [...events, large] } }),
      422,
      "validation_failed",
    );
    expect(await count()).toEqual(before);

    const taken = await api.post("/api/v1/events/batch", { data: { events } });
    expect(taken.status(), await taken.text()).toBe(202);
    const { data }: { data: Published[] } = await taken.json();
    expect(data).toHaveLength(100);
    expect(await count()).toMatchObject({ events: before.events + 100, deliveries: before.deliveries + 100 });
  });

  test("an event goes to the webhooks that chose its type, and with deliver false to none", async () => {
    const workspace = await app.makeWorkspace();
    await addEndpoint(workspace, { eventTypes: ["invoice.paid"] });
    await addEndpoint(workspace, { eventTypes: null });
    await addEndpoint(workspace, { eventTypes: ["user.created"] });
    const deliveriesOf = async (data: object) => {
      const answer = await workspace.api.post("/api/v1/events", { data });
      const published: Published = await answer.json();
      return published.deliveries;
    };
    expect(await deliveriesOf(event)).toBe(2);
    expect(await deliveriesOf({ ...event, type: "lead.created" })).toBe(1);
    expect(await deliveriesOf({ ...event, deliver: false })).toBe(0);
  });

  test("numbers arrive with every digit, signed, and are kept like that", async () => {
    const workspace = await app.makeWorkspace();
    await addEndpoint(workspace, { path: "/digits" });
    const text =
      '{"big":12345678901234567890,"exact":0.1000000000000000055511151231257827,"far":1e400,"zero":-0.0}';
    const answer = await workspace.api.post("/api/v1/events", {
      data: Buffer.from(`{"type":"sale.created","data":${text}}`),
      headers: { "content-type": "application/json" },
    });
    const { id }: Published = await answer.json();
    await expect.poll(() => requestsAt("/digits")).toHaveLength(1);
    const [received] = requestsAt("/digits");
    expect(received?.body).toContain(`"data":${text}}`);
    expect(received?.signatureProblem).toBeNull();
    const kept: { payload: string } = await (await workspace.api.get(`/api/v1/events/${id}`)).json();
    expect(kept.payload).toBe(received?.body);
  });
});

test.describe("the log", () => {
  test("pages follow each other without a gap or a double, newest first", async () => {
    const workspace = await app.makeWorkspace();
    await addEndpoint(workspace);
    const events = Array.from({ length: 7 }, () => event);
    await workspace.api.post("/api/v1/events/batch", { data: { events } });
    for (const list of ["/api/v1/events", "/api/v1/deliveries"]) {
      const ids: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const answer = await workspace.api.get(`${list}?limit=3${cursor && `&cursor=${cursor}`}`);
        const page: { data: { id: string }[]; nextCursor: string | null } = await answer.json();
        ids.push(...page.data.map((row) => row.id));
        expect(page.data.length).toBeLessThanOrEqual(3);
        cursor = page.nextCursor;
      }
      expect(new Set(ids).size).toBe(7);
      expect(ids).toEqual(ids.toSorted().toReversed());
    }
  });

  test("retrying a delivery that is being sent is answered 409, and sends nothing", async () => {
    const workspace = await app.makeWorkspace();
    const held = gate();
    app.receiver.answer((request) => ({
      status: 200,
      after: request.path === "/held" ? held.opened : undefined,
    }));
    await addEndpoint(workspace, { path: "/held" });
    await workspace.api.post("/api/v1/events", { data: event });
    await expect.poll(() => requestsAt("/held")).toHaveLength(1);
    const [delivery] = await logOf(workspace);
    expect(delivery).toMatchObject({ status: "pending", inFlight: true });
    const retry = `/api/v1/deliveries/${delivery?.id}/retry`;
    await expectProblem(await workspace.api.post(retry), 409, "conflict");
    held.open();
    await expect.poll(() => logOf(workspace)).toMatchObject([{ status: "succeeded", attempts: 1 }]);
    expect(requestsAt("/held")).toHaveLength(1);
  });

  test("a retry sends once more under the same key, also what has succeeded", async () => {
    const workspace = await app.makeWorkspace();
    await addEndpoint(workspace, { path: "/again" });
    await workspace.api.post("/api/v1/events", { data: event });
    await expect.poll(() => logOf(workspace)).toMatchObject([{ status: "succeeded" }]);
    const [delivery] = await logOf(workspace);
    const answer = await workspace.api.post(`/api/v1/deliveries/${delivery?.id}/retry`);
    expect(answer.status(), await answer.text()).toBe(202);
    await expect.poll(() => logOf(workspace)).toMatchObject([{ status: "succeeded", attempts: 2 }]);
    const keys = requestsAt("/again").map((request) => request.headers["webhook-id"]);
    expect(keys).toEqual([delivery?.id, delivery?.id]);
    const detail: DeliveryDetailOutput = await (
      await workspace.api.get(`/api/v1/deliveries/${delivery?.id}`)
    ).json();
    expect(detail.attemptLog.map((attempt) => attempt.trigger)).toEqual(["manual", "automatic"]);
  });
});

test.describe("webhooks", () => {
  test("what is published to a disabled webhook is held, and delivered once it is enabled", async () => {
    const workspace = await app.makeWorkspace();
    const endpoint = await addEndpoint(workspace, { path: "/held-back" });
    const disabled = await workspace.api.post(`/api/v1/endpoints/${endpoint.id}/disable`);
    expect(await disabled.json()).toMatchObject({ status: "disabled", disabledReason: "by API key Test" });
    await workspace.api.post("/api/v1/events/batch", { data: { events: [event, event] } });
    expect(await logOf(workspace)).toMatchObject([{ status: "held" }, { status: "held" }]);
    const shown = await workspace.api.get(`/api/v1/endpoints/${endpoint.id}`);
    expect(await shown.json()).toMatchObject({ held: 2 });
    expect(requestsAt("/held-back")).toHaveLength(0);

    const enabled = await workspace.api.post(`/api/v1/endpoints/${endpoint.id}/enable`);
    expect(await enabled.json()).toMatchObject({
      endpoint: { status: "enabled", disabledAt: null },
      replayId: expect.stringMatching(/^rpl_/),
    });
    await expect
      .poll(() => logOf(workspace))
      .toMatchObject([
        { status: "succeeded", attempts: 1 },
        { status: "succeeded", attempts: 1 },
      ]);
    expect(requestsAt("/held-back")).toHaveLength(2);
  });

  test("deleting a webhook discards what it has not delivered, and keeps its log", async () => {
    const workspace = await app.makeWorkspace();
    const endpoint = await addEndpoint(workspace, { path: "/deleted" });
    await workspace.api.post(`/api/v1/endpoints/${endpoint.id}/disable`);
    await workspace.api.post("/api/v1/events", { data: event });
    expect((await workspace.api.delete(`/api/v1/endpoints/${endpoint.id}`)).status()).toBe(200);
    await expectProblem(await workspace.api.get(`/api/v1/endpoints/${endpoint.id}`), 404, "not_found");
    await expectProblem(await workspace.api.delete(`/api/v1/endpoints/${endpoint.id}`), 404, "not_found");
    await expect.poll(() => logOf(workspace)).toMatchObject([{ status: "discarded" }]);
    const [delivery] = await logOf(workspace);
    const retry = await workspace.api.post(`/api/v1/deliveries/${delivery?.id}/retry`);
    await expectProblem(retry, 409, "conflict");
    expect(requestsAt("/deleted")).toHaveLength(0);
  });

  test("revealing a secret is in the audit log, and a refused reveal shows nothing", async () => {
    const workspace = await app.makeWorkspace();
    const made = await workspace.api.post("/api/v1/endpoints", { data: { url: `${app.receiver.url}/s` } });
    const text = await made.text();
    expect(text).not.toContain("whsec_");
    const { id }: EndpointOutput = JSON.parse(text);
    const answer = await workspace.api.get(`/api/v1/endpoints/${id}/secret`);
    const { secret }: { secret: string } = await answer.json();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    const rows = await app.database.sql<{ action: string; actorType: string; details: object }[]>`
      select action, actor_type as "actorType", details from audit_log
      where workspace_id = ${workspace.id} order by id`;
    expect(rows).toMatchObject([
      { action: "endpoint.create", actorType: "api_key" },
      { action: "endpoint.reveal_secret", actorType: "api_key" },
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret);
    const [stored] = await app.database.sql<{ ciphertext: string }[]>`
      select ciphertext from endpoint_secrets order by id desc limit 1`;
    expect(stored?.ciphertext).not.toContain(secret.slice("whsec_".length));
  });

  test("a test event is answered with its attempt, is in the log as a test, and is never retried", async () => {
    const workspace = await app.makeWorkspace();
    const endpoint = await addEndpoint(workspace, { path: "/test" });
    app.receiver.answer((request) =>
      request.path === "/test" ? { status: 503, body: "busy" } : { status: 200 },
    );
    const answer = await workspace.api.post(`/api/v1/endpoints/${endpoint.id}/test`, {
      data: { type: "invoice.paid", data: { id: "inv_9" } },
    });
    expect(await answer.json()).toMatchObject({
      attempt: { trigger: "test", httpStatus: 503, response: { body: "busy" } },
    });
    expect(await logOf(workspace)).toEqual([]);
    const tests = await workspace.api.get("/api/v1/deliveries?tests=1");
    expect(await tests.json()).toMatchObject({
      data: [{ test: true, status: "failed", attempts: 1, nextAttemptAt: null }],
    });
  });
});

async function addEndpoint(
  { api }: TestWorkspace,
  { path = "/", ...rest }: { path?: string; eventTypes?: string[] | null } = {},
): Promise<EndpointOutput> {
  const made = await api.post("/api/v1/endpoints", { data: { url: app.receiver.url + path, ...rest } });
  expect(made.status(), await made.text()).toBe(201);
  const endpoint: EndpointOutput = await made.json();
  const { secret }: { secret: string } = await (
    await api.get(`/api/v1/endpoints/${endpoint.id}/secret`)
  ).json();
  app.receiver.trust(secret);
  return endpoint;
}

async function logOf({ api }: TestWorkspace): Promise<DeliveryOutput[]> {
  const { data }: { data: DeliveryOutput[] } = await (await api.get("/api/v1/deliveries")).json();
  return data;
}

const requestsAt = (path: string) => app.receiver.received.filter((request) => request.path === path);
