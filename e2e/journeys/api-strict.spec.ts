import { type APIRequestContext, expect, test } from "@playwright/test";
import { expectProblem } from "../support/expect-problem";
import { type ApiUnderTest, startApi, type TestWorkspace } from "../support/start-api";

let app: ApiUnderTest;
let workspace: TestWorkspace;
/** The first owner's dashboard. */
let owner: APIRequestContext;

test.beforeAll(async () => {
  app = await startApi();
  workspace = await app.makeWorkspace();
  owner = await app.signIn();
});

test.afterAll(() => app?.stop());

const schema = {
  type: "object",
  properties: { total: { type: "integer" }, customer: { type: "object", required: ["id"] } },
  required: ["total"],
};

test("an event type is added, read, changed and deleted", async () => {
  const { api } = workspace;
  const added = await api.post("/api/v1/event-types", {
    data: { name: "order.paid", description: "An order was paid.", schema, example: { total: 1 } },
  });
  expect(added.status(), await added.text()).toBe(201);
  expect(await added.json()).toMatchObject({ name: "order.paid", group: "order", schema });
  await expectProblem(
    await api.post("/api/v1/event-types", { data: { name: "order.paid" } }),
    409,
    "conflict",
  );

  const changed = await api.patch("/api/v1/event-types/order.paid", { data: { description: null } });
  expect(await changed.json()).toMatchObject({ description: null, schema, example: '{\n  "total": 1\n}' });
  expect(await (await api.get("/api/v1/event-types/order.paid")).json()).toEqual(await changed.json());

  expect((await api.delete("/api/v1/event-types/order.paid")).status()).toBe(200);
  for (const answer of [
    await api.get("/api/v1/event-types/order.paid"),
    await api.patch("/api/v1/event-types/order.paid", { data: { schema } }),
    await api.delete("/api/v1/event-types/order.paid"),
  ]) {
    await expectProblem(answer, 404, "not_found");
  }
});

test("a schema that cannot be used is answered 422, naming the place in it", async () => {
  const answer = await workspace.api.post("/api/v1/event-types", {
    data: { name: "order.lost", schema: { properties: { a: { type: "strin" } } } },
  });
  const problem = await expectProblem(answer, 422, "validation_failed");
  expect(problem.errors?.[0]?.path).toBe("schema.properties.a.type");
  await expectProblem(await workspace.api.get("/api/v1/event-types/order.lost"), 404, "not_found");
});

test("settings are read and changed by an owner, and by no API key", async () => {
  const { version, ...settings } = await (await owner.get("/api/v1/workspace")).json();
  expect(settings).toMatchObject({
    slug: "main",
    retryPolicy: { retries: null, retryOn: "any" },
    refuseUnknownTypes: false,
    refuseInvalidData: false,
    retentionDays: 30,
    endpointLimit: 10,
  });
  const retryPolicy = { retries: 3, retryOn: "5xx" };
  const changed = await owner.patch("/api/v1/workspace", { data: { name: "Renamed", retryPolicy } });
  const { version: versionAfter, ...after } = await changed.json();
  expect(after).toEqual({ ...settings, name: "Renamed", retryPolicy });
  expect(versionAfter).not.toBe(version);
  await expectProblem(await workspace.api.get("/api/v1/workspace"), 403, "forbidden");

  for (const [data, path] of [
    [{ retryPolicy: { retries: 21, retryOn: "any" } }, "retryPolicy.retries"],
    [{ retryPolicy: { retries: 1.5, retryOn: "any" } }, "retryPolicy.retries"],
    [{ retryPolicy: { retries: 1, retryOn: "4xx" } }, "retryPolicy.retryOn"],
    [{ name: " " }, "name"],
    [{ retentionDays: 90 }, "retentionDays"],
    [{}, ""],
  ] as const) {
    const problem = await expectProblem(
      await owner.patch("/api/v1/workspace", { data }),
      422,
      "validation_failed",
    );
    expect(problem.errors?.[0]?.path).toBe(path);
  }
  await app.database.sql`update memberships set role = 'member'`;
  expect((await owner.get("/api/v1/workspace")).status()).toBe(200);
  await expectProblem(await owner.patch("/api/v1/workspace", { data: { name: "Mine" } }), 403, "forbidden");
  await app.database.sql`update memberships set role = 'owner'`;
});

test("a strict workspace refuses unknown types and invalid data, naming the place, and takes nothing", async () => {
  const types = { name: "order.made", schema };
  expect((await owner.post("/api/v1/event-types", { data: types })).status()).toBe(201);
  const good = { type: "order.made", data: { total: 1 } };
  const unknown = { type: "order.mad", data: {} };
  const publish = (events: object[]) => owner.post("/api/v1/events/batch", { data: { events } });
  expect((await publish([good, unknown, { type: "order.made", data: { total: "1" } }])).status()).toBe(202);
  expect((await owner.delete("/api/v1/event-types/order.mad")).status()).toBe(200);

  const strict = { refuseUnknownTypes: true, refuseInvalidData: true };
  expect((await owner.patch("/api/v1/workspace", { data: strict })).status()).toBe(200);
  const count = async () => (await app.database.sql`select count(*)::int as n from events`)[0]?.n;
  const before = await count();
  const refused = await expectProblem(await publish([good, unknown]), 422, "validation_failed");
  expect(refused.errors).toMatchObject([
    { path: "events.1.type", message: expect.stringContaining("not in the catalogue") },
  ]);
  const invalid = await expectProblem(
    await publish([
      good,
      { type: "order.made", data: {} },
      { type: "order.made", data: { total: 12.5 } },
      { type: "order.made", data: { total: 2, customer: {} } },
    ]),
    422,
    "validation_failed",
  );
  expect(invalid.errors).toEqual([
    { path: "events.1.data.total", message: "is missing" },
    { path: "events.2.data.total", message: "must be integer" },
    { path: "events.3.data.customer.id", message: "is missing" },
  ]);
  const single = await owner.post("/api/v1/events", { data: { type: "order.made", data: { total: "1" } } });
  expect((await expectProblem(single, 422, "validation_failed")).errors).toEqual([
    { path: "data.total", message: "must be integer" },
  ]);
  expect(await count()).toBe(before);
  expect((await owner.get("/api/v1/event-types/order.mad")).status()).toBe(404);
  expect((await publish([good, { type: "invoice.paid", data: { any: 1 } }])).status()).toBe(202);
  const other = await workspace.api.post("/api/v1/events", { data: unknown });
  expect(other.status(), "another workspace is not strict").toBe(202);
});
