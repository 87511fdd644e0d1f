import { expect, test } from "vitest";
import * as eventTypes from "@/app/api/v1/event-types/route";
import type { EventTypeOutput } from "../contract/event-types";
import type { Page } from "../contract/shared";
import { eventTypeExampleBytesMax, eventTypeSchemaBytesMax } from "../core/event-types";
import {
  call,
  countRows,
  expectDone,
  expectFieldError,
  expectProblem,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { sampleCatalogue } from "./sample-catalogue";

const { id: workspaceId, key } = await startTestApi();

const add = (body: object | string, as = key) =>
  call<EventTypeOutput>(eventTypes, "POST", "/event-types", { as, body });
const list = (query: string, as = key) =>
  call<Page<EventTypeOutput>>(eventTypes, "GET", `/event-types?${query}`, { as });

test("a workspace begins with the sample catalogue, by name, in pages; each example is JSON", async () => {
  const { data } = (await list("limit=100")).body;
  expect(data.map(({ name }) => name)).toEqual(sampleCatalogue.map(({ name }) => name).toSorted());
  for (const { example } of data) expect(JSON.parse(example)).toBeTruthy();
  const first = (await list("limit=5")).body;
  expect(first.nextCursor).toBe(first.data[4]?.name);
  const rest = (await list(`limit=100&cursor=${first.nextCursor}`)).body;
  expect([...first.data, ...rest.data]).toEqual(data);
  expect(rest.nextCursor).toBeNull();
});

test("a type is added with its ETag; a second time it is a 409, and in another workspace it is not", async () => {
  const schema = { type: "object", required: ["total"] };
  const body = { name: "order.paid", description: " An order was paid. ", schema, example: { total: 1 } };
  const added = await add(body);
  expectDone(added, 201);
  expect(added.body).toEqual({
    name: "order.paid",
    group: "order",
    description: "An order was paid.",
    schema,
    example: '{\n  "total": 1\n}',
    createdAt: expect.any(String),
    version: expect.any(String),
  });
  expect(added.headers.get("etag")).toBe(`"${added.body.version}"`);
  expectProblem(await add({ name: "order.paid" }), 409, "conflict");
  const minimal = await add({ name: "order.paid" }, (await makeOtherWorkspace()).key);
  expect(minimal.body).toMatchObject({ description: null, schema: null, example: "{}" });
});

test("numbers of a schema and of an example keep every digit", async () => {
  const digits = "12345678901234567890.10";
  const added = await add(`{"name":"every.digit","schema":{"const":${digits}},"example":{"n":${digits}}}`);
  expect(added.text).toContain(`"schema":{"const":${digits}}`);
  expect(added.body.example).toContain(`"n": ${digits}`);
});

const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

test.each<[what: string, body: object | string, path: string, message: string]>([
  ["no name", {}, "name", "is missing"],
  ["a name with a space", { name: "a b" }, "name", "like invoice.payment_failed"],
  ["a name that is too long", { name: "a".repeat(129) }, "name", "at most 128"],
  [
    "half of a character",
    '{"name":"a.b","description":"\\ud83d"}',
    "description",
    "half of a surrogate pair",
  ],
  [
    "a description that is too long",
    { name: "a.b", description: "a".repeat(501) },
    "description",
    "at most 500",
  ],
  ["a schema that is a number", { name: "a.b", schema: 5 }, "schema", "must be a JSON object"],
  [
    "a schema with an unknown type",
    { name: "a.b", schema: { properties: { a: { type: "strin" } } } },
    "schema.properties.a.type",
    "",
  ],
  [
    "a schema that is too long",
    { name: "a.b", schema: { $comment: "x".repeat(eventTypeSchemaBytesMax) } },
    "schema",
    "must be at most 64 KiB",
  ],
  ["an example that is a list", { name: "a.b", example: [] }, "example", "must be a JSON object"],
  [
    "an example that is too long",
    { name: "a.b", example: { a: "x".repeat(eventTypeExampleBytesMax) } },
    "example",
    "must be at most 256 KiB",
  ],
  [
    "an example that no parser's stack holds",
    `{"name":"a.b","example":{"a":${deep}}}`,
    "example",
    "must be nested at most 100 levels deep",
  ],
])("%s is answered 422, naming the field, and nothing is added", async (_, body, path, message) => {
  const before = await countRows(workspaceId);
  expectFieldError(await add(body), path, message);
  expect(await countRows(workspaceId)).toEqual(before);
  expect((await list("limit=100")).body.data.map(({ name }) => name)).not.toContain("a.b");
});
