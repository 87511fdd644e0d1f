import { afterAll, beforeAll, expect, test } from "vitest";
import * as exported from "@/app/api/v1/deliveries/export/route";
import * as deliveries from "@/app/api/v1/deliveries/route";
import { database } from "@/db/connection/database";
import { walkDeliveryRows } from "@/db/queries/export-deliveries";
import type { DeliveryOutput } from "../contract/deliveries";
import type { Page } from "../contract/shared";
import { closeAgent } from "../delivery/http-client/agent";
import {
  type Caller,
  call,
  expectFieldError,
  expectProblem,
  makeKey,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";

const { id: workspaceId, key, addEndpoint, publish } = await startTestApi();
afterAll(closeAgent);

beforeAll(async () => {
  await addEndpoint({ eventTypes: ["export.a", "export.b"] });
  for (let left = 25; left > 0; left -= 1)
    await publish([{ type: left % 5 === 0 ? "export.b" : "export.a", data: {} }]);
});

const ask = (query: string, as: Caller = key) =>
  exported.GET(new Request(`http://localhost:3000/api/v1/deliveries/export?${query}`, { headers: as }), {
    params: Promise.resolve({}),
  });

const listed = async () =>
  (await call<Page<DeliveryOutput>>(deliveries, "GET", "/deliveries?limit=100", { as: key })).body.data;

test("an export holds what the log lists, as NDJSON and as CSV, under a name of workspace and time", async () => {
  const rows = await listed();
  expect(rows.length).toBeGreaterThan(0);
  const ndjson = await ask("format=ndjson");
  expect(ndjson.status).toBe(200);
  expect(ndjson.headers.get("content-type")).toBe("application/x-ndjson");
  expect(ndjson.headers.get("cache-control")).toBe("no-store");
  expect(ndjson.headers.get("content-disposition")).toMatch(
    /^attachment; filename="[\w-]+-events-\d{4}-\d\d-\d\dT\d{6}Z\.ndjson"$/,
  );
  const lines = (await ndjson.text()).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual(rows);

  const csv = await ask("format=csv");
  expect(csv.headers.get("content-type")).toContain("text/csv");
  const [head, ...body] = (await csv.text()).trimEnd().split("\r\n");
  expect(head).toBe(
    "id,createdAt,status,type,eventId,endpointId,attempts,httpStatus,error,durationMs,nextAttemptAt,completedAt,test",
  );
  expect(body.map((line) => line.split(",")[0])).toEqual(rows.map(({ id }) => id));
});

test("the filters of the log hold, and what matches nothing is an empty file", async () => {
  const some = await (await ask("format=ndjson&type=export.b")).text();
  const types = some
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).type);
  expect(new Set(types)).toEqual(
    new Set((await listed()).map(({ type }) => type).filter((one) => one === "export.b")),
  );
  expect(await (await ask("format=ndjson&type=none")).text()).toBe("");
  expect((await (await ask("format=csv&type=none")).text()).split("\r\n")).toHaveLength(2);
});

test("rows are read in pieces, each when it is asked for, and none after nobody asks any more", async () => {
  const { db, sql } = database();
  const [count] = await sql`select count(*)::int as n from delivery_log where workspace_id = ${workspaceId}`;
  const walk = walkDeliveryRows(db, { workspaceId, tests: true }, { chunk: 4 });
  const sizes: number[] = [];
  for await (const rows of walk) sizes.push(rows.length);
  expect(Math.max(...sizes)).toBe(4);
  expect(sizes.reduce((a, b) => a + b)).toBe(count?.n);
  const response = await ask("format=csv");
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(await reader?.read()).toEqual({ done: true, value: undefined });
});

test("another workspace exports nothing of it, and a key without the scope is refused", async () => {
  const other = await makeOtherWorkspace();
  expect(await (await ask("format=ndjson", other.key)).text()).toBe("");
  const refused = await ask("format=ndjson", await makeKey(workspaceId, ["events:read"]));
  const body = await refused.json();
  expectProblem({ status: refused.status, headers: refused.headers, text: "", body }, 403, "forbidden");
});

test.each([
  ["format=xlsx", "format", "must be csv or ndjson"],
  ["format=csv&limit=5", "limit", "is not a field of this request"],
])("?%s is answered 422, naming the parameter", async (query, path, message) => {
  const response = await ask(query);
  const { status, headers } = response;
  const body = await response.json();
  expectFieldError({ status, headers, text: JSON.stringify(body), body }, path, message);
});
