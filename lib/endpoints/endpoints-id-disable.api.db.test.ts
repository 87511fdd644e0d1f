import { expect, test } from "vitest";
import * as disable from "@/app/api/v1/endpoints/[id]/disable/route";
import type { EndpointOutput } from "../contract/endpoints";
import { call, expectDone, expectFieldError, startTestApi } from "../testing/api";
import { getEndpoint } from "./get-endpoint";

const { ctx, key, owner, addEndpoint, publish } = await startTestApi();

const ask = (id: string, body?: object, as = key) =>
  call<EndpointOutput>(disable, "POST", `/endpoints/${id}/disable`, { as, ...(body ? { body } : {}) });

test("a webhook is disabled by a request without a body, says by whom, and holds what arrives", async () => {
  const { id } = await addEndpoint({ eventTypes: ["disabled.kept"] });
  const disabled = await ask(id);
  expectDone(disabled);
  expect(disabled.body).toMatchObject({
    id,
    status: "disabled",
    disabledAt: expect.any(String),
    disabledReason: "by API key Test",
    disabledCause: { kind: "api_key", actorName: "Test" },
    discardsWhileDisabled: false,
  });
  await publish({ type: "disabled.kept", data: {} });
  expect(await getEndpoint({ ctx, id })).toMatchObject({ held: 1 });
});

test("with keepEvents false it discards what arrives, and a second request only changes that", async () => {
  const { id } = await addEndpoint({ eventTypes: ["disabled.unkept"] });
  const first = await ask(id, { keepEvents: false }, owner);
  expect(first.body).toMatchObject({ status: "disabled", discardsWhileDisabled: true });
  await publish({ type: "disabled.unkept", data: {} });
  const second = await ask(id, { keepEvents: true });
  expectDone(second);
  expect(second.body).toMatchObject({
    disabledAt: first.body.disabledAt,
    disabledReason: "by The owner",
    disabledCause: { kind: "user", actorName: "The owner" },
    discardsWhileDisabled: false,
    held: 0,
  });
});

test("keepEvents that is no boolean is answered 422, and the webhook stays enabled", async () => {
  const { id } = await addEndpoint();
  expectFieldError(await ask(id, { keepEvents: "no" }), "keepEvents", "must be true or false");
  expect(await getEndpoint({ ctx, id })).toMatchObject({ status: "enabled" });
});
