import { afterAll, beforeAll, expect, test } from "vitest";
import * as exportedDeliveries from "@/app/api/v1/deliveries/export/route";
import * as exported from "@/app/api/v1/events/export/route";
import * as events from "@/app/api/v1/events/route";
import { database } from "@/db/connection/database";
import type { EventOutput } from "../contract/events";
import type { Page } from "../contract/shared";
import { closeAgent } from "../delivery/http-client/agent";
import {
  type Caller,
  call,
  expectFieldError,
  expectProblem,
  makeCaller,
  makeKey,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";

const { id: workspaceId, ctx, key, addEndpoint, publish } = await startTestApi();
afterAll(closeAgent);

beforeAll(async () => {
  await addEndpoint({ eventTypes: ["published.a"] });
  for (let left = 25; left > 0; left -= 1)
    await publish([
      { type: left % 5 === 0 ? "published.b" : "published.a", data: { left, text: 'a "b", ü' } },
    ]);
});

const ask = (query: string, as: Caller = key, route = exported) =>
  route.GET(new Request(`http://localhost:3000/api/v1/events/export?${query}`, { headers: as }), {
    params: Promise.resolve({}),
  });
const linesOf = async (response: Response) =>
  (await response.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const readBack = async (response: Response) => {
  const body = await response.json();
  return { status: response.status, headers: response.headers, text: JSON.stringify(body), body };
};

test("an export holds what the log of published events lists, as NDJSON and as CSV", async () => {
  const { data: rows } = (await call<Page<EventOutput>>(events, "GET", "/events?limit=100", { as: key }))
    .body;
  expect(rows).toHaveLength(25);
  const ndjson = await ask("format=ndjson");
  expect(ndjson.headers.get("content-type")).toBe("application/x-ndjson");
  expect(ndjson.headers.get("content-disposition")).toMatch(/filename="[\w-]+-published-.*\.ndjson"$/);
  expect(await linesOf(ndjson)).toEqual(rows);
  const [head, ...body] = (await (await ask("format=csv")).text()).trimEnd().split("\r\n");
  expect(head).toBe("id,createdAt,type,timestamp,idempotencyKey,deliveries");
  expect(body.map((line) => line.split(",")[0])).toEqual(rows.map(({ id }) => id));
  expect(await linesOf(await ask("format=ndjson&type=published.b"))).toEqual(
    rows.filter(({ type }) => type === "published.b"),
  );
});

test("with payloads, each row has its event's body, over all pages, in both exports", async () => {
  const rows = await linesOf(await ask("format=ndjson&payload=1"));
  expect(rows.map(({ payload }) => JSON.parse(payload).data.left)).toEqual(
    Array.from({ length: 25 }, (_, at) => at + 1),
  );
  const [head, first] = (await (await ask("format=csv&payload=1")).text()).split("\r\n");
  expect(head).toMatch(/,deliveries,payload$/);
  expect(first).toContain('a \\""b\\"", ü');
  const deliveries = await linesOf(await ask("format=ndjson&payload=1", key, exportedDeliveries));
  expect(deliveries.length).toBeGreaterThan(0);
  const payloadOf = new Map(rows.map(({ id, payload }) => [id, payload]));
  for (const { eventId, payload } of deliveries) expect(payload).toBe(payloadOf.get(eventId));
});

test("payloads are only for those who may see them, and a key needs the scope", async () => {
  const blind = await makeCaller({ id: workspaceId, slug: ctx.workspace.slug }, "viewer");
  await database().sql`update workspaces set viewers_see_payloads = false where id = ${workspaceId}`;
  for (const route of [exported, exportedDeliveries]) {
    expectProblem(await readBack(await ask("format=ndjson&payload=1", blind, route)), 403, "forbidden");
    expect((await ask("format=ndjson", blind, route)).status).toBe(200);
  }
  const none = await makeKey(workspaceId, ["deliveries:read"]);
  expectProblem(await readBack(await ask("format=ndjson", none)), 403, "forbidden");
  const other = await makeOtherWorkspace();
  expect(await (await ask("format=ndjson", other.key)).text()).toBe("");
});

test.each([
  ["format=xlsx", "format", "must be csv or ndjson"],
  ["payload=yes", "payload", "must be 0 or 1"],
  ["limit=5", "limit", "is not a field of this request"],
])("?%s is answered 422, naming the parameter", async (query, path, message) => {
  expectFieldError(await readBack(await ask(query)), path, message);
});
