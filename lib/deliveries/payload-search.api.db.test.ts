import { beforeAll, expect, test } from "vitest";
import * as counts from "@/app/api/v1/deliveries/counts/route";
import * as exported from "@/app/api/v1/deliveries/export/route";
import * as histogram from "@/app/api/v1/deliveries/histogram/route";
import * as deliveries from "@/app/api/v1/deliveries/route";
import * as events from "@/app/api/v1/events/route";
import * as replays from "@/app/api/v1/replays/route";
import { database } from "@/db/connection/database";
import type { DeliveriesPage, DeliveryCountsOutput } from "../contract/deliveries";
import type { EventsPage } from "../contract/events";
import type { HistogramOutput } from "../contract/histogram";
import { newIdAt } from "../core/ids";
import { indexPayloads } from "../maintenance/index-payloads";
import { type Caller, call, expectDone, expectProblem, makeCaller, startTestApi } from "../testing/api";

const workspace = await startTestApi();
const { key, owner, addEndpoint, publish } = workspace;
const { sql } = database();

const bodies = [
  { type: "order.paid", data: { customer: { id: "cus_4321", email: "ana@example.com" } } },
  { type: "order.paid", data: { customer: { id: "cus_43210", email: "bob@example.com" } } },
  { type: "order.lost", data: { note: "Lost by cus_4321's courier" } },
  { type: "order.none", data: { id: "cus_4321" }, deliver: false },
  { type: "order.paid", data: {}, idempotencyKey: "cus_4321" },
];
/** Ids of the events by their places, and of the webhook. */
let ids: string[];

beforeAll(async () => {
  await addEndpoint({ eventTypes: ["order.paid", "order.lost"] });
  ids = (await publish(bodies)).map(({ id }) => id);
});

const query = (q: string, more = "") => `q=${encodeURIComponent(q)}${more}`;
const listDeliveries = (q: string, as: Caller = key) =>
  call<DeliveriesPage>(deliveries, "GET", `/deliveries?${query(q)}`, { as });
const listEvents = (q: string, as: Caller = key, more = "") =>
  call<EventsPage>(events, "GET", `/events?${query(q, more)}`, { as });
const placesOf = (rows: { id?: string; eventId?: string }[]) =>
  rows.map(({ id, eventId }) => ids.indexOf(eventId ?? id ?? ""));

const found: [q: string, ofDeliveries: number[], ofEvents: number[]][] = [
  ["cus_4321", [4, 0], [4, 3, 0]],
  ["customer.id:cus_4321", [0], [0]],
  ["cus_43*", [1, 0], [3, 1, 0]],
  ["customer.email:ana@*", [0], [0]],
  ['"CUS_4321"', [2, 1, 0], [3, 2, 1, 0]],
  ['"by cus_4321\'s"', [2], [2]],
  ["nothing", [], []],
];

test.each(found)("%s finds deliveries and events by their payloads", async (q, ofDeliveries, ofEvents) => {
  const [list, published] = [await listDeliveries(q), await listEvents(q)];
  expectDone(list);
  expect(placesOf(list.body.data)).toEqual(ofDeliveries);
  expect(list.body).toMatchObject({ nextCursor: null, lookedBackTo: null });
  expect(placesOf(published.body.data)).toEqual(ofEvents);
  expect(published.body).toMatchObject({ nextCursor: null, lookedBackTo: null });

  const { body } = await call<DeliveryCountsOutput>(counts, "GET", `/deliveries/counts?${query(q)}`, {
    as: key,
  });
  expect(body.waiting).toEqual({ count: ofDeliveries.length, more: false });
  const file = await call<string>(exported, "GET", `/deliveries/export?${query(q, "&format=ndjson")}`, {
    as: key,
  });
  expect(String(file.body).trim().split("\n").filter(Boolean)).toHaveLength(ofDeliveries.length);
  const dry = { filter: { q }, dryRun: true };
  const { body: job } = await call<{ count: number; skipped: number }>(replays, "POST", "/replays", {
    as: key,
    body: dry,
  });
  expect(job.count + job.skipped).toBe(ofDeliveries.length);
  const { body: bars } = await call<HistogramOutput>(histogram, "GET", `/deliveries/histogram?${query(q)}`, {
    as: owner,
  });
  expect(bars.total.waiting).toBe(ofDeliveries.length);
});

test("a page of events goes on where the one before ended, by the key as well as by payloads", async () => {
  const places: number[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { body }: { body: EventsPage } = await listEvents(
      "cus_4321",
      key,
      `&limit=1${cursor && `&cursor=${cursor}`}`,
    );
    places.push(...placesOf(body.data));
    cursor = body.nextCursor;
  }
  expect(places).toEqual([4, 3, 0]);
  expect(placesOf((await listEvents("cus_4321", key, "&type=order.paid&type=order.lost")).body.data)).toEqual(
    [4, 0],
  );
});

test("what the index covers is said of values, and not of texts and ids", async () => {
  expect((await listDeliveries("cus_4321")).body.payloadIndex).toBeNull();
  await sql`insert into events (id, workspace_id, type, test, body, body_bytes, deliveries)
    select ${newIdAt(new Date(Date.now() - 2 * 3_600_000))}, id, 'order.old', false, '{"data":{"id":"cus_old"}}', 25, 0 from workspaces limit 1`;
  expect(await indexPayloads()).toBe(1);
  const covered = { from: null, to: expect.any(String) };
  expect((await listDeliveries("cus_4321")).body.payloadIndex).toEqual(covered);
  expect((await listEvents("cus_old")).body).toMatchObject({
    data: [{ type: "order.old" }],
    payloadIndex: covered,
  });
  expect((await listEvents('"cus_old"')).body).toMatchObject({
    data: [{ type: "order.old" }],
    payloadIndex: null,
  });
  expect((await listDeliveries(ids[0] ?? "")).body.payloadIndex).toBeNull();
});

test("who may not see payloads finds nothing by them: values are not looked for, and a text is refused", async () => {
  const viewer = await makeCaller({ id: workspace.id, slug: workspace.ctx.workspace.slug }, "viewer");
  expect(placesOf((await listDeliveries("customer.id:cus_4321", viewer)).body.data)).toEqual([0]);
  await sql`update workspaces set viewers_see_payloads = false where id = ${workspace.id}`;
  for (const q of ["customer.id:cus_4321", "ana@*", "bob@example.com"]) {
    expect((await listDeliveries(q, viewer)).body).toMatchObject({ data: [], payloadIndex: null });
    expect((await listEvents(q, viewer)).body).toMatchObject({ data: [], payloadIndex: null });
  }
  expect(placesOf((await listDeliveries("cus_4321", viewer)).body.data)).toEqual([4]);
  for (const answer of [
    await listDeliveries('"courier"', viewer),
    await listEvents('"courier"', viewer),
    await call(counts, "GET", `/deliveries/counts?${query('"courier"')}`, { as: viewer }),
    await call(exported, "GET", `/deliveries/export?${query('"courier"')}`, { as: viewer }),
    await call(histogram, "GET", `/deliveries/histogram?${query('"courier"')}`, { as: viewer }),
  ]) {
    expect(expectProblem(answer, 403, "forbidden").detail).toContain("the data of events");
  }
});
