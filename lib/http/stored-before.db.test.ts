import { expect, test } from "vitest";
import * as delivery from "@/app/api/v1/deliveries/[id]/route";
import * as eventType from "@/app/api/v1/event-types/[name]/route";
import * as eventTypes from "@/app/api/v1/event-types/route";
import * as event from "@/app/api/v1/events/[id]/route";
import * as events from "@/app/api/v1/events/route";
import * as replay from "@/app/api/v1/replays/[id]/route";
import { database } from "@/db/connection/database";
import { insertEventType } from "@/db/queries/event-types";
import { insertReplay } from "@/db/queries/replays";
import { fromPublicId, newId, toPublicId } from "../core/ids";
import { call, type RouteModule, startTestApi } from "../testing/api";

/** What earlier versions took and stored is answered, however it is refused by now. */
const { key, ...workspace } = await startTestApi();

type Answered = { timestamp: string; data: object[]; deliveryLog: { id: string }[]; filter: object };
const read = (route: RouteModule, path: string) => call<Answered>(route, "GET", path, { as: key });

test.each([
  ["10000-01-01 09:59:59+00", "9999-12-31T23:59:59.999Z"],
  ["0050-06-01 00:00:00+00", "0050-06-01T00:00:00.000Z"],
  ["0001-01-01 00:00:00+00", "0001-01-01T00:00:00.000Z"],
  ["0001-01-01 00:00:00+00 BC", "0000-01-01T00:00:00.000Z"],
])("an event of %s is listed and shown, with its delivery", async (stored, answered) => {
  await workspace.addEndpoint();
  const [published] = await workspace.publish({ type: "old.event", data: {} });
  const { sql } = database();
  await sql`update events set timestamp = ${stored}::text::timestamptz where id = ${fromPublicId("event", published?.id ?? "")}`;

  const list = await read(events, "/events");
  expect(list.status, list.text).toBe(200);
  expect(list.body.data).toContainEqual(expect.objectContaining({ id: published?.id, timestamp: answered }));
  const one = await read(event, `/events/${published?.id}`);
  expect(one.body).toMatchObject({ timestamp: answered });
  const sent = await read(delivery, `/deliveries/${one.body.deliveryLog[0]?.id}`);
  expect(sent.body).toMatchObject({ timestamp: answered });
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
  for (const answer of [
    await read(eventTypes, "/event-types"),
    await read(eventType, `/event-types/${name}`),
  ]) {
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
  const answer = await read(replay, `/replays/${toPublicId("replay", id)}`);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body.filter).toEqual(filter);
});

test.each<[what: string, route: RouteModule, path: string, status: number]>([
  ["a name with U+0000", eventType, "/event-types/a.b%00", 422],
  ["an invalid name", eventType, "/event-types/a%20b", 404],
  ["an id with U+0000", event, "/events/evt_%00", 422],
  ["the largest id", event, `/events/evt_${"f".repeat(32)}`, 404],
  ["the largest id of a delivery", delivery, `/deliveries/dlv_${"f".repeat(32)}`, 404],
])("%s in a path is refused", async (_, route, path, status) => {
  expect((await read(route, path)).status).toBe(status);
});
