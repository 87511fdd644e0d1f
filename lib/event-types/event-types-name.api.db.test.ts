import { expect, test } from "vitest";
import * as eventType from "@/app/api/v1/event-types/[name]/route";
import type { EventTypeOutput } from "../contract/event-types";
import { call, expectDone, expectFieldError, expectProblem, startTestApi } from "../testing/api";
import { createEventType } from "./create-event-type";

const { ctx, key } = await startTestApi();
const schema = { type: "object", required: ["total"] };

const get = (name: string) => call<EventTypeOutput>(eventType, "GET", `/event-types/${name}`, { as: key });
const patch = (name: string, body: object, headers = {}) =>
  call<EventTypeOutput>(eventType, "PATCH", `/event-types/${name}`, { as: key, body, headers });
const remove = (name: string, headers = {}) =>
  call(eventType, "DELETE", `/event-types/${name}`, { as: key, headers });
const add = (name: string) =>
  createEventType({ ctx, input: { name, description: "Before", schema, example: { total: 1 } } });

test("a change keeps what it does not name, and answers with another ETag, which fits the next change", async () => {
  const added = await add("order.paid");
  const read = await get("order.paid");
  expectDone(read);
  expect(read.body).toEqual({ ...added, schema });
  const etag = read.headers.get("etag");
  expect(etag).toBe(`"${added.version}"`);
  const changed = await patch("order.paid", { description: null }, { "if-match": etag });
  expectDone(changed);
  expect(changed.body).toEqual({ ...read.body, description: null, version: expect.any(String) });
  expect(changed.headers.get("etag")).not.toBe(etag);
  expect((await get("order.paid")).body).toEqual(changed.body);
  const stale = await patch("order.paid", { schema: null }, { "if-match": etag });
  expectProblem(stale, 412, "precondition_failed");
  const next = { "if-match": changed.headers.get("etag") };
  expect((await patch("order.paid", { schema: null }, next)).body).toMatchObject({ schema: null });
});

test.each<[body: object, path: string, message: string]>([
  [{}, "", "must contain at least one field to change"],
  [{ name: "order.sold" }, "name", "is not a field of this request"],
  [{ description: "a", name: "order.sold" }, "name", "is not a field of this request"],
  [{ description: 5 }, "description", "must be a string"],
  [{ schema: { type: "strin" } }, "schema.type", ""],
  [{ example: null }, "example", "must be a JSON object"],
])("%j is answered 422, naming the field, and nothing is changed", async (body, path, message) => {
  const name = `order.wrong${path}${JSON.stringify(body).length}`;
  await add(name);
  const before = await get(name);
  expectFieldError(await patch(name, body), path, message);
  expect((await get(name)).body).toEqual(before.body);
});

test("a deleted type is gone, and deleting it again answers 404", async () => {
  const { version } = await add("order.lost");
  const removed = await remove("order.lost", { "if-match": `"${version}"` });
  expectDone(removed);
  expect([removed.body, removed.headers.get("etag")]).toEqual([{ ok: true }, null]);
  const answers = [
    await get("order.lost"),
    await patch("order.lost", { schema }),
    await remove("order.lost"),
  ];
  for (const answer of answers) expectProblem(answer, 404, "not_found");
});
