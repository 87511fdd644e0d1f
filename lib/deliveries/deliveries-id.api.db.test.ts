import { afterAll, expect, test } from "vitest";
import * as delivery from "@/app/api/v1/deliveries/[id]/route";
import * as events from "@/app/api/v1/events/route";
import type { DeliveryDetailOutput } from "../contract/deliveries";
import type { Role } from "../core/roles";
import { closeAgent } from "../delivery/http-client/agent";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { getEvent } from "../events/get-event";
import { runReplays } from "../replays/run-replays";
import { call, expectDone, makeCaller, startTestApi } from "../testing/api";
import { drain } from "../testing/drain";
import { startTestReceiver } from "../testing/test-receiver.mjs";

const { ctx, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
afterAll(closeAgent);
afterAll(receiver.close);

const get = (id: string) => call<DeliveryDetailOutput>(delivery, "GET", `/deliveries/${id}`, { as: key });

/** The delivery of an event that is published now. */
async function deliveryOf(event: { type: string; data: object; idempotencyKey?: string }): Promise<string> {
  const [published] = await publish(event);
  return (await getEvent({ ctx, id: published?.id ?? "" })).deliveryLog[0]?.id ?? "";
}

test("a delivery that succeeded is answered with its payload as it was sent, and its attempt", async () => {
  const endpoint = await addEndpoint({ url: receiver.url, eventTypes: ["one.sent"], name: "Billing" });
  const id = await deliveryOf({ type: "one.sent", data: { n: 1 }, idempotencyKey: "one" });
  await drain();
  const read = await get(id);
  expectDone(read);
  const [request] = receiver.received;
  expect(read.body).toMatchObject({
    id: request?.headers["webhook-id"],
    status: "succeeded",
    attempts: 1,
    payload: request?.body,
    idempotencyKey: "one",
    endpoint: { id: endpoint.id, name: "Billing", url: receiver.url, deleted: false, disabledAt: null },
    plannedAttempts: [],
    reasons: {
      match: "The webhook subscribes to one.sent.",
      webhook: "It was healthy.",
      next: "A 2xx response ends the delivery. Nothing more is sent.",
    },
    why: expect.stringContaining("200"),
    attemptLog: [
      {
        id: expect.stringMatching(/^att_/),
        number: 1,
        trigger: "automatic",
        url: receiver.url,
        httpStatus: 200,
        error: null,
        errorDetail: null,
        remoteAddress: "127.0.0.1",
        certificateExpiresAt: null,
        timings: { dnsMs: null, connectMs: expect.any(Number), tlsMs: null, readMs: expect.any(Number) },
        request: { headers: expect.objectContaining({ "webhook-id": id }) },
        response: { body: "ok", truncated: false, headers: expect.any(Object) },
      },
    ],
  });
  const { durationMs = -1, timings } = read.body.attemptLog[0] ?? {};
  const { connectMs, waitMs, readMs } = timings ?? {};
  expect(durationMs).toBeGreaterThanOrEqual(0);
  expect((connectMs ?? 0) + (waitMs ?? 0) + (readMs ?? 0)).toBe(durationMs);
});

test("numbers arrive with every digit, as the payload shows them", async () => {
  await addEndpoint({ url: receiver.url, eventTypes: ["one.digits"] });
  const data = '{"big":12345678901234567890,"exact":0.1000000000000000055,"far":1e400,"zero":-0.0}';
  const body = `{"type":"one.digits","data":${data}}`;
  const { id } = (await call<{ id: string }>(events, "POST", "/events", { as: key, body })).body;
  await drain();
  const [sent] = (await getEvent({ ctx, id })).deliveryLog;
  const request = receiver.received.find(({ headers }) => headers["webhook-id"] === sent?.id);
  expect(request?.body).toContain(`"data":${data}}`);
  expect((await get(sent?.id ?? "")).body.payload).toBe(request?.body);
});

test("one that failed says why, and when it is sent again", async () => {
  await addEndpoint({ eventTypes: ["one.refused"] });
  const id = await deliveryOf({ type: "one.refused", data: {} });
  await drain();
  const { body } = await get(id);
  expect(body).toMatchObject({
    status: "pending",
    error: "connection_refused",
    attemptLog: [{ httpStatus: null, error: "connection_refused", response: null }],
  });
  expect(body.plannedAttempts[0]).toBe(body.nextAttemptAt);
});

test("that of a deleted webhook is kept, and says that it was deleted", async () => {
  const { id: endpointId } = await addEndpoint({ eventTypes: ["one.deleted"] });
  const id = await deliveryOf({ type: "one.deleted", data: {} });
  await deleteEndpoint({ ctx, id: endpointId });
  await runReplays();
  expect((await get(id)).body).toMatchObject({
    status: "discarded",
    endpoint: { id: endpointId, deleted: true },
    plannedAttempts: [],
    why: expect.stringContaining("deleted"),
  });
});

test("a workspace can keep the data of events, and what receivers answered, from its viewers alone", async () => {
  await addEndpoint({ url: receiver.url, eventTypes: ["kept.back"] });
  const id = await deliveryOf({ type: "kept.back", data: { card: "4242" } });
  await drain();
  const readAs = async (role: Role) => {
    const as = await makeCaller(ctx.workspace, role);
    return call<DeliveryDetailOutput>(delivery, "GET", `/deliveries/${id}`, { as });
  };
  expect((await readAs("viewer")).body.payload).toContain("4242");
  await ctx.db.execute("update workspaces set viewers_see_payloads = false");
  const kept = await readAs("viewer");
  expectDone(kept);
  expect(kept.text).not.toContain("4242");
  expect(kept.body).toMatchObject({ payload: null, attemptLog: [{ response: { body: null } }] });
  for (const role of ["owner", "developer"] as const) {
    expect((await readAs(role)).body).toMatchObject({ attemptLog: [{ response: { body: "ok" } }] });
  }
  expect((await get(id)).body.payload).toContain("4242");
});
