import { parse } from "lossless-json";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { findEventType } from "@/db/queries/event-types";
import { findEvent, findEvents } from "@/db/queries/events";
import { countDeliveries } from "@/db/queries/scan-deliveries";
import { publishInput } from "../contract/events";
import { fromPublicId } from "../core/ids";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { publishEvents } from "./publish-events";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(() => workspace.close());

async function counts() {
  const { ctx } = workspace;
  const events = await findEvents(ctx.db, { workspaceId: ctx.workspace.id, limit: 1000, before: null });
  const filter = { workspaceId: ctx.workspace.id, tests: true };
  const deliveries = await countDeliveries(ctx.db, { filter, max: 1000 });
  return { events: events.length, deliveries: deliveries.count };
}

async function bodyOf(publicId: string | undefined): Promise<string> {
  const id = fromPublicId("event", publicId ?? "") ?? "";
  return (await findEvent(workspace.ctx.db, { workspaceId: workspace.ctx.workspace.id, id }))?.body ?? "";
}

test("an event gets a delivery for each webhook that subscribes, disabled ones included", async () => {
  const { ctx } = workspace;
  await workspace.addEndpoint({ eventTypes: null });
  await workspace.addEndpoint({ eventTypes: ["invoice.paid"] });
  const disabled = await workspace.addEndpoint({ eventTypes: ["invoice.paid", "link.clicked"] });
  await disableEndpoint({ ctx, id: disabled.id, input: { keepEvents: true } });

  const published = await workspace.publish([
    { type: "invoice.paid", data: {} },
    { type: "link.clicked", data: {} },
    { type: "user.created", data: {} },
    { type: "invoice.paid", data: {}, deliver: false },
  ]);
  expect(published.map((event) => event.deliveries)).toEqual([3, 2, 1, 0]);
  expect(await counts()).toEqual({ events: 4, deliveries: 6 });
});

test("the body keeps every digit, every key, and every character", async () => {
  const data =
    '{"n":12345678901234567890.100,"tiny":1e-400,"__proto__":{"a":1},"constructor":2,"s":"\\u0000 \\ud800 é 🚀"}';
  const [event] = await publishEvents({
    ctx: workspace.ctx,
    path: "",
    input: [publishInput.parse({ type: "a.b", data: parse(data) })],
  });
  expect(await bodyOf(event?.id)).toContain(`"data":${data}}`);
});

test("the timestamp is when it happened, in UTC with milliseconds", async () => {
  const [event] = await workspace.publish({ type: "a.b", data: {}, occurredAt: "2026-11-20T14:00:00+02:00" });
  expect(JSON.parse(await bodyOf(event?.id)).timestamp).toBe("2026-11-20T12:00:00.000Z");
});

test("the same key answers the first event, also when twenty come at once", async () => {
  const before = await counts();
  const publish = () => workspace.publish({ type: "a.b", data: { x: 1, y: 2 }, idempotencyKey: "twenty" });
  const answers = await Promise.all(Array.from({ length: 20 }, publish));
  expect(new Set(answers.map(([event]) => event?.id)).size).toBe(1);
  expect((await counts()).events).toBe(before.events + 1);
  // The order of keys in the JSON makes no difference.
  const [again] = await workspace.publish({ idempotencyKey: "twenty", data: { y: 2, x: 1 }, type: "a.b" });
  expect(again?.id).toBe(answers[0]?.[0]?.id);
});

test("a key used with another body is a conflict, and nothing of its request is written", async () => {
  await workspace.publish({ type: "a.b", data: { x: 1 }, idempotencyKey: "taken" });
  const before = await counts();
  const request = workspace.publish([
    { type: "a.b", data: { fresh: true } },
    { type: "a.b", data: { x: 1 }, idempotencyKey: "new" },
    { type: "a.b", data: { x: 2 }, idempotencyKey: "taken" },
  ]);
  await expect(request).rejects.toMatchObject({
    code: "conflict",
    extra: { errors: [{ path: "events.2.idempotencyKey" }] },
  });
  expect(await counts()).toEqual(before);
  // Neither was the new key taken.
  const [event] = await workspace.publish({ type: "a.b", data: { other: 1 }, idempotencyKey: "new" });
  expect(await bodyOf(event?.id)).toContain('"other":1');
});

test("a key twice in one batch is one event; with two bodies it is a conflict", async () => {
  const before = await counts();
  const same = { type: "a.b", data: { x: 1 }, idempotencyKey: "in-batch" };
  const [first, second] = await workspace.publish([same, same]);
  expect(second?.id).toBe(first?.id);
  expect((await counts()).events).toBe(before.events + 1);
  const other = { ...same, data: { x: 2 }, idempotencyKey: "in-batch-2" };
  await expect(workspace.publish([other, { ...other, data: { x: 3 } }])).rejects.toMatchObject({
    code: "conflict",
  });
});

test("a key whose 24 hours are over is free again", async () => {
  const [first] = await workspace.publish({ type: "a.b", data: { x: 1 }, idempotencyKey: "old" });
  await database()
    .sql`update idempotency_keys set expires_at = now() - interval '1 second' where key = 'old'`;
  const [second] = await workspace.publish({ type: "a.b", data: { x: 2 }, idempotencyKey: "old" });
  expect(second?.id).not.toBe(first?.id);
});

test("batches that hold the same keys in opposite order do not wait for each other in a ring", async () => {
  const keys = Array.from({ length: 50 }, (_, n) => `ring-${n}`);
  const batch = (order: string[]) =>
    workspace.publish(order.map((key) => ({ type: "a.b", data: { key }, idempotencyKey: key })));
  const [one, two] = await Promise.all([batch(keys), batch([...keys].reverse())]);
  expect(one.map((event) => event.id)).toEqual([...two].reverse().map((event) => event.id));
});

test("a type the catalogue lacks is added, with placeholders in place of what was published", async () => {
  const { ctx } = workspace;
  const data = {
    email: "secret@example.com",
    total: 4711,
    items: [{ sku: "A-1" }, { sku: "B-2" }],
    paid: false,
  };
  await workspace.publish({ type: "order.shipped", data });
  const added = await findEventType(ctx.db, { workspaceId: ctx.workspace.id, name: "order.shipped" });
  expect(JSON.parse(added?.example ?? "")).toEqual({
    email: "text",
    total: 0,
    items: [{ sku: "text" }],
    paid: true,
  });
});

test("data over 256 KiB is refused with the path of the event, and nothing is written", async () => {
  const before = await counts();
  const request = workspace.publish([
    { type: "a.b", data: {} },
    { type: "a.b", data: { text: "x".repeat(256 * 1024) } },
  ]);
  await expect(request).rejects.toMatchObject({
    code: "validation_failed",
    extra: { errors: [{ path: "events.1.data" }] },
  });
  expect(await counts()).toEqual(before);
});
