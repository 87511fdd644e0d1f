import { expect, test } from "vitest";
import * as events from "@/app/api/v1/events/route";
import type { EventOutput } from "../contract/events";
import type { Page } from "../contract/shared";
import { eventDataBytesMax } from "../core/events";
import {
  call,
  countRows,
  expectDone,
  expectFieldError,
  expectProblem,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { getEvent } from "./get-event";

type Published = { id: string; type: string; deliveries: number };

const { id: workspaceId, ctx, key, owner, addEndpoint } = await startTestApi();
const event = { type: "invoice.paid", data: { id: "inv_1" } };

const publish = (body: object | string, { as = key, headers = {} } = {}) =>
  call<Published>(events, "POST", "/events", { as, body, headers });
const ofBytes = (bytes: number) => ({ text: "x".repeat(bytes - '{"text":""}'.length) });

test("an event goes to the webhooks that chose its type, and with deliver false to none", async () => {
  await addEndpoint({ eventTypes: ["invoice.paid"] });
  await addEndpoint({ eventTypes: null });
  await addEndpoint({ eventTypes: ["user.created"] });
  const published = await publish(event);
  expectDone(published, 202);
  expect(published.body).toEqual({
    id: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
    type: "invoice.paid",
    deliveries: 2,
  });
  expect((await publish({ ...event, type: "lead.created" })).body.deliveries).toBe(1);
  expect((await publish({ ...event, deliver: false })).body.deliveries).toBe(0);
  expectDone(await publish(event, { as: owner }), 202);
});

test("the same key and body is answered with the first event, however often, at once, and spelled", async () => {
  const other = await makeOtherWorkspace();
  const as = other.key;
  const data = { ...event, idempotencyKey: "order-1" };
  const answers = await Promise.all(Array.from({ length: 8 }, () => publish(data, { as })));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const spelled = '{ "data": {"id" : "inv_1"}, "type": "invoice.paid" }';
  const again = await publish(spelled, { as, headers: { "idempotency-key": "order-1" } });
  expect(again.body).toEqual(answers[0]?.body);
  expect(await countRows(other.id)).toMatchObject({ events: 1, idempotency: 1 });
});

test("the same key with another body is answered 409, and nothing is written", async () => {
  await publish({ ...event, idempotencyKey: "order-2" });
  const before = await countRows(workspaceId);
  const answer = await publish({ ...event, data: { id: "inv_2" }, idempotencyKey: "order-2" });
  expect(expectProblem(answer, 409, "conflict").errors).toMatchObject([{ path: "idempotencyKey" }]);
  expect(await countRows(workspaceId)).toEqual(before);
});

test("the key of another workspace is not found", async () => {
  const data = { ...event, idempotencyKey: "order-3" };
  const first = await publish(data);
  const { key } = await makeOtherWorkspace();
  const second = await publish({ ...data, data: { id: "inv_3" } }, { as: key });
  expectDone(second, 202);
  expect(second.body.id).not.toBe(first.body.id);
});

test.each([
  [
    { "idempotency-key": "other" },
    "idempotencyKey",
    "must be the same as the Idempotency-Key header, or left out",
  ],
  [{ "idempotency-key": "é" }, "Idempotency-Key", "must be printable ASCII"],
  [{ "idempotency-key": "a".repeat(256) }, "Idempotency-Key", "at most 255"],
])("the header %j is answered 422, naming it", async (headers, path, message) => {
  const answer = await publish({ ...event, idempotencyKey: "one" }, { headers });
  expectFieldError(answer, path, message);
});

test("data of 256 KiB is taken", async () => {
  expectDone(await publish({ ...event, data: ofBytes(eventDataBytesMax) }), 202);
});

test("numbers are kept with every digit", async () => {
  const data = '{"big":12345678901234567890,"exact":0.1000000000000000055,"far":1e400,"zero":-0.0}';
  const { id } = (await publish(`{"type":"sale.created","data":${data}}`)).body;
  expect((await getEvent({ ctx, id })).payload).toContain(`"data":${data}}`);
});

test("a request without a body gets an error for each missing field", async () => {
  const { errors } = expectProblem(await publish(""), 422, "validation_failed");
  expect(errors).toEqual([
    { path: "type", message: "is missing; it must be a string" },
    { path: "data", message: "is missing; it must be a JSON object" },
  ]);
});

const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

test.each<[what: string, body: object | string, path: string, message: string]>([
  ["no type", { data: {} }, "type", "is missing; it must be a string"],
  ["no data", { type: "invoice.paid" }, "data", "is missing; it must be a JSON object"],
  ["a type that is a number", { ...event, type: 5 }, "type", "must be a string"],
  ["a type that is no name", { ...event, type: "invoice paid!" }, "type", "like invoice.payment_failed"],
  ["data that is a list", { ...event, data: [1] }, "data", "must be a JSON object"],
  ["data that is a number", { ...event, data: 1 }, "data", "must be a JSON object"],
  ["data over 256 KiB", { ...event, data: ofBytes(eventDataBytesMax + 1) }, "data", "at most 256 KiB"],
  ["deep data", `{"type":"a.b","data":{"a":${deep(3_000)}}}`, "data", "at most 100 levels deep"],
  ["deeper data", `{"type":"a.b","data":{"a":${deep(100_000)}}}`, "data", "at most 100 levels deep"],
  ["a key that occurs twice", '{"type":"a.b","data":{"id":1,"id":2}}', "id", "duplicate key"],
  ["an invalid time", { ...event, occurredAt: "yesterday" }, "occurredAt", "RFC 3339"],
  [
    "a time that its offset leads out of the years there are",
    { ...event, occurredAt: "9999-12-31T23:59:59-10:00" },
    "occurredAt",
    "must be in the years 100 to 9999 (UTC)",
  ],
  [
    "a key of more than ASCII",
    { ...event, idempotencyKey: "é" },
    "idempotencyKey",
    "must be printable ASCII",
  ],
  ["deliver that is no boolean", { ...event, deliver: "no" }, "deliver", "must be true or false"],
  ["a field of another spelling", { ...event, idempotencykey: "a" }, "idempotencykey", "is not a field"],
  ...["__proto__", "constructor", "toString"].map((name): [string, string, string, string] => [
    `a field named ${name}`,
    `{"type":"invoice.paid","data":{},"${name}":{"deliver":false}}`,
    name,
    "is not a field",
  ]),
])("%s is answered 422, naming the field, and nothing is written", async (_, body, path, message) => {
  const before = await countRows(workspaceId);
  expectFieldError(await publish(body), path, message);
  expect(await countRows(workspaceId)).toEqual(before);
});

test("the list has what was published, newest first, in pages without a gap or a double, and by type", async () => {
  const { key: as } = await makeOtherWorkspace();
  const ids: string[] = [];
  for (const n of [1, 2, 3, 4, 5]) {
    const body = { type: n === 3 ? "user.created" : "invoice.paid", data: {}, idempotencyKey: `key-${n}` };
    ids.unshift((await publish(body, { as })).body.id);
  }
  const list = (query: string) => call<Page<EventOutput>>(events, "GET", `/events?${query}`, { as });
  const found: EventOutput[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: Page<EventOutput> = (await list(`limit=2${cursor && `&cursor=${cursor}`}`)).body;
    found.push(...page.data);
    cursor = page.nextCursor;
  }
  expect(found.map(({ id }) => id)).toEqual(ids);
  expect(found[0]).toEqual({
    id: ids[0],
    type: "invoice.paid",
    test: false,
    idempotencyKey: "key-5",
    timestamp: expect.any(String),
    deliveries: 0,
    statuses: { pending: 0, held: 0, succeeded: 0, failed: 0, discarded: 0 },
    createdAt: expect.any(String),
  });
  expect((await list("type=user.created")).body.data.map(({ id }) => id)).toEqual([ids[2]]);
  expect((await list("type=none")).body).toEqual({
    data: [],
    nextCursor: null,
    lookedBackTo: null,
    payloadIndex: null,
  });
  const both = "type=user.created&type=invoice.paid&type=user.created";
  expect((await list(both)).body.data.map(({ id }) => id)).toEqual(ids);
  const firstPage = (await list(`${both}&limit=4`)).body;
  expect(firstPage.data.map(({ id }) => id)).toEqual(ids.slice(0, 4));
  const rest = (await list(`${both}&cursor=${firstPage.nextCursor}`)).body;
  expect(rest.data.map(({ id }) => id)).toEqual(ids.slice(4));
});

test("the list is searched by an event's id and the producer's key, and ends where a range of time does", async () => {
  const { key: as } = await makeOtherWorkspace();
  const ids: string[] = [];
  for (const n of [1, 2, 3])
    ids.push((await publish({ ...event, idempotencyKey: `find-${n}` }, { as })).body.id);
  const found = async (query: string) =>
    (await call<Page<EventOutput>>(events, "GET", `/events?${query}`, { as })).body.data;
  const idsOf = async (query: string) => (await found(query)).map(({ id }) => id);
  expect(await idsOf(`q=${ids[1]}`)).toEqual([ids[1]]);
  expect(await idsOf("q=find-3")).toEqual([ids[2]]);
  expect(await idsOf("q=find")).toEqual([]);
  expect(await idsOf("q=find-3&type=user.created")).toEqual([]);
  const [newest] = await found("limit=1");
  const time = newest?.createdAt ?? "";
  expect(await idsOf(`from=${time}`)).toContain(ids[2]);
  expect(await idsOf(`to=${time}`)).not.toContain(ids[2]);
  expect(await idsOf("to=2026-01-01T00:00:00Z")).toEqual([]);
});

test.each([
  ["from=yesterday", "from", "RFC 3339"],
  ["q=%00", "q", "U+0000"],
  [Array.from({ length: 51 }, (_, n) => `type=t${n}`).join("&"), "type", "at most 50 values"],
])("the filter %s is answered 422, naming it", async (query, path, message) => {
  expectFieldError(await call(events, "GET", `/events?${query}`, { as: key }), path, message);
});
