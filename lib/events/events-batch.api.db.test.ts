import { expect, test } from "vitest";
import { eventDataBytesMax, eventsPerBatchMax } from "../core/events";
import { createEventType } from "../event-types/create-event-type";
import {
  call,
  countRows,
  expectDone,
  expectFieldError,
  expectProblem,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { updateWorkspace } from "../workspaces/update-workspace";

const { id: workspaceId, ctx, key, addEndpoint } = await startTestApi();
const event = { type: "invoice.paid", data: { id: "inv_1" } };

const publish = (events: unknown, as = key) =>
  call<{ data: { id: string; type: string; deliveries: number }[] }>({}, "POST", "/events/batch", {
    as,
    body: { events },
  });

test("each event of a batch is answered in its place, and a key twice in it is one event", async () => {
  await addEndpoint({ eventTypes: ["invoice.paid"] });
  const published = await publish([
    event,
    { ...event, type: "user.created", deliver: true },
    { ...event, idempotencyKey: "twice" },
    { ...event, idempotencyKey: "twice" },
  ]);
  expectDone(published, 202);
  const { data } = published.body;
  expect(data.map(({ type, deliveries }) => [type, deliveries])).toEqual([
    ["invoice.paid", 1],
    ["user.created", 0],
    ["invoice.paid", 1],
    ["invoice.paid", 1],
  ]);
  expect(data[3]).toEqual(data[2]);
  expect(new Set(data.map(({ id }) => id)).size).toBe(3);
});

test(`a batch of ${eventsPerBatchMax} is taken`, async () => {
  const published = await publish(Array.from({ length: eventsPerBatchMax }, () => event));
  expect(published.body.data).toHaveLength(eventsPerBatchMax);
});

test("a batch of which one key was used with another body is answered 409, and none of it is written", async () => {
  await publish([{ ...event, idempotencyKey: "taken" }]);
  const before = await countRows(workspaceId);
  const events = Array.from({ length: 100 }, (_, index) => ({ ...event, idempotencyKey: `b-${index}` }));
  const clash = { ...event, data: { id: "other" }, idempotencyKey: "taken" };
  const { errors } = expectProblem(await publish([...events, clash]), 409, "conflict");
  expect(errors).toMatchObject([{ path: "events.100.idempotencyKey" }]);
  expect(await countRows(workspaceId)).toEqual(before);
});

test.each<[what: string, events: unknown, path: string, message: string]>([
  ["no list", undefined, "events", "is missing; it must be a list"],
  ["a number for a list", 5, "events", "must be a list"],
  ["an empty list", [], "events", "must hold at least 1 event"],
  ["one event too many", Array.from({ length: eventsPerBatchMax + 1 }, () => event), "events", "at most 500"],
  ["a number for an event", [event, 5], "events.1", "must be a JSON object"],
  ["an event without a type", [event, event, { ...event, type: "" }], "events.2.type", "must not be empty"],
  ["an unknown field", [{ ...event, key: "a" }], "events.0.key", "is not a field of this request"],
  [
    "data over 256 KiB",
    [event, { ...event, data: { text: "x".repeat(eventDataBytesMax) } }],
    "events.1.data",
    "must be at most 256 KiB as JSON",
  ],
])("%s is answered 422, naming the event, and none is written", async (_, events, path, message) => {
  const before = await countRows(workspaceId);
  const answer = await publish(events);
  const found = expectProblem(answer, 422, "validation_failed").errors?.find((error) => error.path === path);
  expect(found?.message, answer.text).toContain(message);
  expect(await countRows(workspaceId)).toEqual(before);
});

test("a strict workspace refuses unknown types and invalid data, naming each place, and takes nothing", async () => {
  const schema = {
    type: "object",
    properties: { total: { type: "integer" }, customer: { type: "object", required: ["id"] } },
    required: ["total"],
  };
  await createEventType({ ctx, input: { name: "order.made", description: null, schema, example: {} } });
  const good = { type: "order.made", data: { total: 1 } };
  const unknown = { type: "order.mad", data: {} };
  const wrong = [{}, { total: 12.5 }, { total: 2, customer: {} }].map((data) => ({ ...good, data }));
  expectDone(await publish([good, ...wrong]), 202);

  await updateWorkspace({ ctx, input: { refuseUnknownTypes: true, refuseInvalidData: true } });
  const before = await countRows(workspaceId);
  expectFieldError(await publish([good, unknown]), "events.1.type", "not in the catalogue");
  expect(expectProblem(await publish([good, ...wrong]), 422, "validation_failed").errors).toEqual([
    { path: "events.1.data.total", message: "is missing" },
    { path: "events.2.data.total", message: "must be integer" },
    { path: "events.3.data.customer.id", message: "is missing" },
  ]);
  expect(await countRows(workspaceId)).toEqual(before);
  expectDone(await publish([good, { type: "invoice.paid", data: { any: 1 } }]), 202);
  expectDone(await publish([unknown], (await makeOtherWorkspace()).key), 202);
});
