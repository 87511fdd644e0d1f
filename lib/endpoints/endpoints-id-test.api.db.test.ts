import { afterAll, expect, onTestFinished, test } from "vitest";
import * as testRoute from "@/app/api/v1/endpoints/[id]/test/route";
import { deliveriesQuery } from "../contract/deliveries";
import type { TestEndpointOutput } from "../contract/endpoints";
import { listDeliveries } from "../deliveries/list-deliveries";
import { closeAgent } from "../delivery/http-client/agent";
import { call, expectDone, expectFieldError, startTestApi } from "../testing/api";
import { createCertificateAuthority } from "../testing/certificate-authority";
import { startTestReceiver } from "../testing/test-receiver.mjs";
import { getEndpoint } from "./get-endpoint";
import { updateEndpoint } from "./update-endpoint";

const { ctx, key, addEndpoint } = await startTestApi();
const receiver = await startTestReceiver();
afterAll(closeAgent);
afterAll(receiver.close);

const send = (id: string, body: object) =>
  call<TestEndpointOutput>(testRoute, "POST", `/endpoints/${id}/test`, { as: key, body });
const log = async (tests: "0" | "1") =>
  (await listDeliveries({ ctx, input: deliveriesQuery.parse({ tests }) })).data;

test("a test event is answered with its attempt, is in the log as a test alone, and is never retried", async () => {
  const { id } = await addEndpoint({ url: receiver.url });
  receiver.answer = (response) => {
    response.statusCode = 503;
    response.end("busy");
  };
  const sent = await send(id, { type: "invoice.paid", data: { id: "inv_9" } });
  expectDone(sent);
  expect(sent.body).toEqual({
    eventId: expect.stringMatching(/^evt_/),
    deliveryId: receiver.ids[0],
    attempt: expect.objectContaining({
      number: 1,
      trigger: "test",
      url: receiver.url,
      httpStatus: 503,
      response: expect.objectContaining({ body: "busy", truncated: false }),
    }),
  });
  expect(await log("0")).toEqual([]);
  expect(await log("1")).toMatchObject([
    { id: sent.body.deliveryId, test: true, status: "failed", attempts: 1, nextAttemptAt: null },
  ]);
});

test("a webhook that nothing listens at is a 200 whose attempt has an error", async () => {
  const { id } = await addEndpoint();
  const sent = await send(id, { type: "invoice.paid" });
  expectDone(sent);
  expect(sent.body.attempt).toMatchObject({ httpStatus: null, error: "connection_refused", response: null });
});

test("it goes to another URL if one is given, and the webhook's stays", async () => {
  const { id, url } = await addEndpoint();
  const sent = await send(id, { type: "invoice.paid", url: `${receiver.origin}/moved` });
  expectDone(sent);
  expect(sent.body.attempt).toMatchObject({ url: `${receiver.origin}/moved`, trigger: "test" });
  expect(receiver.received.at(-1)?.path).toBe("/moved");
  expect((await getEndpoint({ ctx, id })).url).toBe(url);
});

test("the end of the server's certificate is known from its last delivery, until the URL names another server", async () => {
  const authority = await createCertificateAuthority();
  const to = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1));
  const untrusted = await startTestReceiver({ certificate: await authority.issue({ to }) });
  onTestFinished(untrusted.close);
  const { id, certificateExpiresAt } = await addEndpoint({ url: untrusted.url });
  expect(certificateExpiresAt).toBeNull();
  const { attempt } = (await send(id, { type: "invoice.paid" })).body;
  expect(attempt).toMatchObject({ error: "tls_error", certificateExpiresAt: to.toISOString() });
  expect((await getEndpoint({ ctx, id })).certificateExpiresAt).toBe(to.toISOString());
  await updateEndpoint({ ctx, id, input: { url: receiver.url } });
  expect((await getEndpoint({ ctx, id })).certificateExpiresAt).toBeNull();
});

test.each<[body: object, path: string, message: string]>([
  [{ type: "invoice.paid", url: "https://10.0.0.1/" }, "url", "private"],
  [{ type: "invoice.paid", url: "none" }, "url", "must be a full URL"],
  [{ data: {} }, "type", "is missing"],
  [{ type: "not a type", data: {} }, "type", "like invoice.payment_failed"],
  [{ type: "none.such" }, "type", "is not in the catalogue, so there is no example; send `data` too"],
  [{ type: "invoice.paid", data: 5 }, "data", "must be a JSON object"],
])("%j is answered 422, naming the field, and nothing is sent", async (body, path, message) => {
  const { id } = await addEndpoint({ url: receiver.url });
  const before = receiver.ids.length;
  expectFieldError(await send(id, body), path, message);
  expect(receiver.ids).toHaveLength(before);
});
