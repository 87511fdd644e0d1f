import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { expectProblem } from "../support/expect-problem";
import { type ApiUnderTest, sendPassword, startApi } from "../support/start-api";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});

test.afterAll(() => app?.stop());

test("the bootstrap's key opens a workspace with the sample catalogue", async () => {
  const api = await app.requestsOf(app.bootstrap.apiKey);
  const answer = await api.get("/api/v1/event-types?limit=100");
  const { data }: { data: { name: string; example: string }[] } = await answer.json();
  expect(data.map((type) => type.name)).toEqual(
    expect.arrayContaining(["customer.created", "invoice.payment_failed", "sale.created", "user.deleted"]),
  );
  expect(data).toHaveLength(13);
  for (const type of data) expect(JSON.parse(type.example)).toBeTruthy();
});

test("no key, a wrong key and no key at all are answered 401", async () => {
  for (const authorization of [
    undefined,
    "Bearer phk_wrongwrongwrongwrongwrongwrongwrong",
    "Basic YTpi",
    "",
  ]) {
    const api = await app.requestsOf();
    const answer = await api.post("/api/v1/events", {
      data: { type: "invoice.paid", data: {} },
      headers: authorization === undefined ? {} : { authorization },
    });
    await expectProblem(answer, 401, "unauthenticated");
    expect(answer.headers()["www-authenticate"]).toBe("Bearer");
  }
});

test("a key that was revoked is answered 401 from the next request on", async () => {
  const session = await app.signIn();
  const made = await session.post("/api/v1/api-keys", { data: { name: "Short", scopes: ["events:read"] } });
  const { id, key }: { id: string; key: string } = await made.json();
  const api = await app.requestsOf(key);
  expect((await api.get("/api/v1/events")).status()).toBe(200);
  expect((await session.delete(`/api/v1/api-keys/${id}`)).status()).toBe(200);
  await expectProblem(await api.get("/api/v1/events"), 401, "unauthenticated");
});

test("a key without the scope is answered 403, which names the scope, and nothing is written", async () => {
  const { api, count } = await app.makeWorkspace({ scopes: ["events:read"] });
  const event = { type: "invoice.paid", data: {} };
  const refused = {
    "events:write": await api.post("/api/v1/events", { data: event }),
    "endpoints:write": await api.post("/api/v1/endpoints", { data: { url: "https://example.com" } }),
    "endpoints:read": await api.get("/api/v1/endpoints"),
    "deliveries:read": await api.get("/api/v1/deliveries"),
    "secrets:read": await api.get("/api/v1/endpoints/ep_1/secret"),
    "apiKeys:write": await api.post("/api/v1/api-keys", { data: { name: "a", scopes: ["events:write"] } }),
  };
  for (const [scope, answer] of Object.entries(refused)) {
    expect((await expectProblem(answer, 403, "forbidden")).detail).toContain(scope);
  }
  expect(await count()).toEqual({ events: 0, deliveries: 0, endpoints: 0, idempotency: 0, audit: 0 });
});

test("what belongs to another workspace is answered as what does not exist", async () => {
  const [theirs, ours] = await Promise.all([app.makeWorkspace(), app.makeWorkspace()]);
  const made = await theirs.api.post("/api/v1/endpoints", { data: { url: `${app.receiver.url}/theirs` } });
  const endpoint: { id: string } = await made.json();
  const published = await theirs.api.post("/api/v1/events", { data: { type: "invoice.paid", data: {} } });
  const event: { id: string } = await published.json();
  const log = await theirs.api.get(`/api/v1/deliveries?eventId=${event.id}`);
  const [delivery]: { id: string }[] = (await log.json()).data;
  const started = await theirs.api.post("/api/v1/replays", { data: { filter: { type: "none.such" } } });
  const replay: { id: string } = await started.json();
  const before = await theirs.count();

  const attempts: Record<string, () => ReturnType<APIRequestContext["get"]>> = {
    event: () => ours.api.get(`/api/v1/events/${event.id}`),
    webhook: () => ours.api.get(`/api/v1/endpoints/${endpoint.id}`),
    change: () => ours.api.patch(`/api/v1/endpoints/${endpoint.id}`, { data: { name: "Mine" } }),
    secret: () => ours.api.get(`/api/v1/endpoints/${endpoint.id}/secret`),
    test: () => ours.api.post(`/api/v1/endpoints/${endpoint.id}/test`, { data: { type: "a", data: {} } }),
    disable: () => ours.api.post(`/api/v1/endpoints/${endpoint.id}/disable`),
    enable: () => ours.api.post(`/api/v1/endpoints/${endpoint.id}/enable`),
    held: () => ours.api.post(`/api/v1/endpoints/${endpoint.id}/held`, { data: { action: "discard" } }),
    replay: () => ours.api.get(`/api/v1/replays/${replay.id}`),
    pause: () => ours.api.post(`/api/v1/replays/${replay.id}/pause`),
    resume: () => ours.api.post(`/api/v1/replays/${replay.id}/resume`),
    cancel: () => ours.api.post(`/api/v1/replays/${replay.id}/cancel`),
    delete: () => ours.api.delete(`/api/v1/endpoints/${endpoint.id}`),
    delivery: () => ours.api.get(`/api/v1/deliveries/${delivery?.id}`),
    retry: () => ours.api.post(`/api/v1/deliveries/${delivery?.id}/retry`),
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    await test.step(what, async () => expectProblem(await attempt(), 404, "not_found"));
  }
  for (const query of [
    `eventId=${event.id}`,
    `endpointId=${endpoint.id}`,
    `q=${event.id}`,
    `q=${delivery?.id}`,
  ]) {
    const answer = await ours.api.get(`/api/v1/deliveries?${query}`);
    expect(await answer.json()).toEqual({ data: [], nextCursor: null });
  }
  const filter = { endpointId: endpoint.id };
  const counted = await ours.api.post("/api/v1/replays", { data: { filter, dryRun: true } });
  const named = await expectProblem(counted, 422, "validation_failed");
  expect(named.errors).toEqual([{ path: "filter.endpointId.0", message: "is not the id of a webhook" }]);
  expect(await (await ours.api.get("/api/v1/replays")).json()).toEqual({ data: [], nextCursor: null });
  expect(await theirs.count()).toEqual(before);
  expect(await ours.count()).toMatchObject({ audit: 0 });
});

test("a session is refused to requests from another origin", async () => {
  const session = await app.signIn();
  const event = { type: "invoice.paid", data: {} };
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of foreign) {
    await expectProblem(await session.post("/api/v1/events", { data: event, headers }), 403, "forbidden");
    await expectProblem(await session.get("/api/v1/events", { headers }), 403, "forbidden");
  }
  const own = await session.post("/api/v1/events", { data: event });
  expect(own.status(), await own.text()).toBe(202);
});

test("a session does not open a workspace that its user is no member of", async () => {
  const session = await app.signIn();
  const { slug } = await app.makeWorkspace();
  const answer = await session.get("/api/v1/events", { headers: { "x-workspace": slug } });
  await expectProblem(answer, 404, "not_found");
});

test("a session that was ended in the database is refused from the next request on", async () => {
  const session = await app.signIn();
  expect((await session.get("/api/v1/events")).status()).toBe(200);
  await app.database.sql`update sessions set revoked_at = now()`;
  await expectProblem(await session.get("/api/v1/events"), 401, "unauthenticated");
  const page = await session.get("/main/developers/webhooks", { maxRedirects: 0 });
  expect(page.headers().location).toMatch(/^\/sign-in/);
});

test("a wrong password begins no session", async () => {
  const session = await app.requestsOf();
  const answer = await sendPassword(session, { email: app.bootstrap.email, password: "wrong horse battery" });
  expect(answer.status()).toBe(401);
  const { cookies } = await session.storageState();
  expect(cookies.map((cookie) => cookie.name)).not.toContain("next-auth.session-token");
});

test("setting up a second time is a conflict", async () => {
  const api = await app.requestsOf();
  const answer = await api.post("/api/setup", {
    data: { name: "Eve", email: "eve@example.com", password: "correct horse battery", workspace: "Evil" },
  });
  await expectProblem(answer, 409, "conflict");
  const rows = await app.database.sql`select 1 from users where email = 'eve@example.com'`;
  expect(rows).toHaveLength(0);
});

test("the OpenAPI document names every route and method there is, and no other", async () => {
  const api = await app.requestsOf();
  const document: { openapi: string; paths: Record<string, Record<string, unknown>> } = await (
    await api.get("/api/openapi.json")
  ).json();
  expect(document.openapi).toBe("3.1.0");
  const documented = Object.entries(document.paths).flatMap(([route, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${route}`),
  );
  expect(documented.toSorted()).toEqual(routesOfTheTree().toSorted());
});

test("the inngest route does not exist without an Inngest server", async () => {
  const api = await app.requestsOf();
  for (const answer of [await api.get("/api/inngest"), await api.post("/api/inngest?fnId=deliver-due")]) {
    expect(answer.status()).toBe(404);
  }
});

test("health says that database and engine are fine, without signing in", async () => {
  const api = await app.requestsOf();
  const answer = await api.get("/api/health");
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ status: "ok", setup: "done", ledger: "ok" });
});

/** `GET /endpoints/{id}` and so on, by the files below app/api/v1 and what they export. */
function routesOfTheTree(): string[] {
  const root = fileURLToPath(new URL("../../app/api/v1", import.meta.url));
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts" && !file.includes("[..."))
    .flatMap((file) => {
      const route = `/${path.dirname(file).replaceAll(path.sep, "/").replaceAll("[", "{").replaceAll("]", "}")}`;
      const source = readFileSync(path.join(root, file), "utf8");
      return [...source.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)].map(
        ([, method]) => `${method} ${route}`,
      );
    });
}
