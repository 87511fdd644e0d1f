import { expect, test } from "vitest";
import * as event from "@/app/api/v1/events/[id]/route";
import { call, expectDone, makeCaller, startTestApi } from "../testing/api";

const { ctx, key, addEndpoint, publish } = await startTestApi();

test("an event is answered with the body as it is sent, and its deliveries", async () => {
  const endpoint = await addEndpoint({ eventTypes: ["invoice.paid"] });
  const occurredAt = "2026-01-02T03:04:05.678Z";
  const input = { type: "invoice.paid", data: { id: "inv_1" }, idempotencyKey: "one", occurredAt };
  const [published] = await publish(input);
  const read = await call(event, "GET", `/events/${published?.id ?? ""}`, { as: key });
  expectDone(read);
  expect(read.body).toEqual({
    ...published,
    deliveries: 1,
    statuses: { pending: 1, held: 0, succeeded: 0, failed: 0, discarded: 0 },
    test: false,
    idempotencyKey: "one",
    timestamp: occurredAt,
    createdAt: expect.any(String),
    payload: JSON.stringify({
      id: published?.id,
      type: "invoice.paid",
      timestamp: occurredAt,
      data: { id: "inv_1" },
    }),
    deliveryLog: [
      expect.objectContaining({
        id: expect.stringMatching(/^dlv_/),
        eventId: published?.id,
        endpointId: endpoint.id,
        status: "pending",
      }),
    ],
  });
});

test("a workspace can keep the data of events from its viewers", async () => {
  const [published] = await publish({ type: "kept.back", data: { card: "4242" } });
  const as = await makeCaller(ctx.workspace, "viewer");
  const read = () => call<{ payload: string }>(event, "GET", `/events/${published?.id ?? ""}`, { as });
  expect((await read()).body.payload).toContain("4242");
  await ctx.db.execute("update workspaces set viewers_see_payloads = false");
  const kept = await read();
  expectDone(kept);
  expect(kept.body.payload).toBeNull();
  expect(kept.text).not.toContain("4242");
});
