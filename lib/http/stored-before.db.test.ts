import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { insertApiKey } from "@/db/queries/api-keys";
import { insertEventType } from "@/db/queries/event-types";
import { insertReplay } from "@/db/queries/replays";
import { apiKeyHint, hashApiKey, makeApiKey } from "../api-keys/hash-api-key";
import { operations } from "../contract/operations";
import { apiKeyScopes } from "../core/api-keys";
import { fromPublicId, newId, toPublicId } from "../core/ids";
import { getDelivery } from "../deliveries/get-delivery";
import { listDeliveries } from "../deliveries/list-deliveries";
import { getEventType } from "../event-types/get-event-type";
import { listEventTypes } from "../event-types/list-event-types";
import { getEvent } from "../events/get-event";
import { listEvents } from "../events/list-events";
import { getReplay } from "../replays/get-replay";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { route } from "./api-v1";

/** What earlier versions took and stored is answered, however it is refused by now. */
const apiKey = makeApiKey();
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
  await insertApiKey(workspace.ctx.db, {
    id: newId(),
    workspaceId: workspace.ctx.workspace.id,
    name: "Test",
    hash: hashApiKey(apiKey),
    hint: apiKeyHint(apiKey),
    scopes: [...apiKeyScopes],
  });
});
afterAll(() => workspace.close());

const reads = {
  events: route(operations.listEvents, listEvents),
  event: route(operations.getEvent, getEvent),
  deliveries: route(operations.listDeliveries, listDeliveries),
  delivery: route(operations.getDelivery, getDelivery),
  eventTypes: route(operations.listEventTypes, listEventTypes),
  eventType: route(operations.getEventType, getEventType),
  replay: route(operations.getReplay, getReplay),
};

async function read(what: keyof typeof reads, params: Record<string, string | undefined> = {}) {
  const request = new Request("http://localhost/", { headers: { authorization: `Bearer ${apiKey}` } });
  const answer = await reads[what](request, { params: Promise.resolve(params) });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) };
}

test.each([
  ["10000-01-01 09:59:59+00", "9999-12-31T23:59:59.999Z"],
  ["0050-06-01 00:00:00+00", "0050-06-01T00:00:00.000Z"],
  ["0001-01-01 00:00:00+00", "0001-01-01T00:00:00.000Z"],
  ["0001-01-01 00:00:00+00 BC", "0000-01-01T00:00:00.000Z"],
])("an event of %s is listed and shown, with its delivery", async (stored, answered) => {
  await workspace.addEndpoint();
  const [event] = await workspace.publish({ type: "old.event", data: {} });
  const { sql } = database();
  await sql`update events set timestamp = ${stored}::text::timestamptz where id = ${fromPublicId("event", event?.id ?? "")}`;

  const list = await read("events");
  expect(list.status, list.text).toBe(200);
  expect(list.body.data).toContainEqual(expect.objectContaining({ id: event?.id, timestamp: answered }));
  const one = await read("event", { id: event?.id });
  expect(one.body).toMatchObject({ timestamp: answered });
  const delivery = await read("delivery", { id: one.body.deliveryLog[0].id });
  expect(delivery.body).toMatchObject({ timestamp: answered });
});

test.each([1_500, 6_000, 30_000])("a schema of %i levels is listed and shown as it is", async (depth) => {
  const name = `deep.${depth}`;
  const schema = `{"const":${"[".repeat(depth)}12345678901234567890.10${"]".repeat(depth)}}`;
  await insertEventType(workspace.ctx.db, {
    workspaceId: workspace.ctx.workspace.id,
    name,
    schema,
    example: "{}",
  });
  for (const answer of [await read("eventTypes"), await read("eventType", { name })]) {
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`"schema":${schema}`);
  }
});

test("a job is shown whose filter is not taken any more", async () => {
  const id = newId();
  const filter = { to: "9999-12-31T23:59:59-10:00", type: ["x".repeat(2_000)], tests: "0" as const };
  await insertReplay(workspace.ctx.db, {
    id,
    workspaceId: workspace.ctx.workspace.id,
    kind: "replay",
    endpointId: null,
    filter,
    status: "running",
    total: 0,
    ratePerSecond: null,
    createdBy: "Ana",
  });
  const answer = await read("replay", { id: toPublicId("replay", id) });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body.filter).toEqual(filter);
});

test.each([
  ["a name with U+0000", "eventType", { name: "a.b\u0000" }, 422],
  ["a name that is none", "eventType", { name: "a b" }, 404],
  ["an id with U+0000", "event", { id: "evt_\u0000" }, 422],
  ["the largest id", "event", { id: `evt_${"f".repeat(32)}` }, 404],
  ["the largest id of a delivery", "delivery", { id: `dlv_${"f".repeat(32)}` }, 404],
] as const)("%s in a path is answered %i", async (_, what, params, status) => {
  expect((await read(what, params)).status).toBe(status);
});
