import { afterAll, expect, test } from "vitest";
import * as retry from "@/app/api/v1/deliveries/[id]/retry/route";
import type { DeliveryOutput } from "../contract/deliveries";
import { closeAgent } from "../delivery/http-client/agent";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import { call, expectDone, expectProblem, startTestApi } from "../testing/api";
import { drain } from "../testing/drain";
import { addTestWebhook } from "../testing/test-webhook";
import { getDelivery } from "./get-delivery";

const { key, ...workspace } = await startTestApi();
const { ctx } = workspace;
afterAll(closeAgent);

const ask = (id: string) => call<DeliveryOutput>(retry, "POST", `/deliveries/${id}/retry`, { as: key });

/** A webhook, and the one delivery to it. */
async function sent(type: string) {
  const hook = await addTestWebhook(workspace, type);
  await hook.publish(1);
  await drain();
  return { ...hook, deliveryId: (await hook.log())[0]?.id ?? "" };
}

test("what has succeeded is sent again under the same key, by a request without a body", async () => {
  const { deliveryId, receiver } = await sent("retry.again");
  const asked = await ask(deliveryId);
  expectDone(asked, 202);
  expect(asked.body).toMatchObject({ id: deliveryId, inFlight: true, attempts: 1 });
  await drain();
  expect(receiver.ids).toEqual([deliveryId, deliveryId]);
  const { status, attempts, attemptLog } = await getDelivery({ ctx, id: deliveryId });
  expect([status, attempts]).toEqual(["succeeded", 2]);
  expect(attemptLog.map(({ trigger }) => trigger)).toEqual(["manual", "automatic"]);
});

test("what is under way is answered 409, and sent no more often", async () => {
  const hook = await addTestWebhook(workspace, "retry.held");
  let letGo = () => {};
  hook.receiver.answer = (response) => {
    letGo = () => response.end("ok");
  };
  await hook.publish(1);
  const draining = drain();
  await expect.poll(() => hook.receiver.ids).toHaveLength(1);
  const [delivery] = await hook.log();
  expect(delivery).toMatchObject({ status: "pending", inFlight: true });
  const refused = await ask(delivery?.id ?? "");
  expect(expectProblem(refused, 409, "conflict").detail).toContain("An attempt is in progress");
  letGo();
  await draining;
  expect(await hook.log()).toMatchObject([{ status: "succeeded", attempts: 1 }]);
  expect(hook.receiver.ids).toHaveLength(1);
});

test("a disabled webhook is sent it, and a deleted one is answered 409", async () => {
  const { id, deliveryId, receiver } = await sent("retry.disabled");
  await disableEndpoint({ ctx, id, input: { keepEvents: true } });
  expectDone(await ask(deliveryId), 202);
  await drain();
  expect(receiver.ids).toHaveLength(2);
  await deleteEndpoint({ ctx, id });
  expect(expectProblem(await ask(deliveryId), 409, "conflict").detail).toContain("The webhook was deleted");
});
