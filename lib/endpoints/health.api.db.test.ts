import { afterAll, expect, test } from "vitest";
import { closeAgent } from "../delivery/http-client/agent";
import { startTestApi } from "../testing/api";
import { drain } from "../testing/drain";
import { answerWith, startTestReceiver } from "../testing/test-receiver.mjs";
import { disableEndpoint } from "./disable-endpoint";
import { getEndpoint } from "./get-endpoint";
import { testEndpoint } from "./test-endpoint";

const { ctx, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
afterAll(closeAgent);
afterAll(receiver.close);

test("the rate is over what was due: probes and tests don't lower it, and what waits for a failing webhook does", async () => {
  const { id } = await addEndpoint({ url: receiver.url, eventTypes: ["rate.made"] });
  await publish([1, 2, 3].map((n) => ({ type: "rate.made", data: { n } })));
  await drain();
  const { lastDeliveryAt, lastSuccessAt, ...good } = await getEndpoint({ ctx, id });
  expect(good.health24h).toMatchObject({ due: 3, succeeded: 3, successRate: 1, requests: 3 });
  expect(lastSuccessAt).toBe(lastDeliveryAt);

  receiver.answer = answerWith(500);
  await testEndpoint({ ctx, id, input: { type: "rate.made", data: {} } });
  expect((await getEndpoint({ ctx, id })).health24h).toEqual(good.health24h);

  await publish(Array.from({ length: 9 }, (_, n) => ({ type: "rate.made", data: { n } })));
  await drain();
  const bad = await getEndpoint({ ctx, id });
  expect(bad).toMatchObject({ status: "failing", waiting: { count: 9 }, lastSuccessAt });
  expect(Date.parse(bad.lastDeliveryAt ?? "")).toBeGreaterThan(Date.parse(lastSuccessAt ?? ""));
  expect(bad.health24h).toMatchObject({ due: 12, succeeded: 3, successRate: 0.25 });
  expect(bad.health24h.hours.reduce((sum, { pending }) => sum + pending, 0)).toBe(9);

  await disableEndpoint({ ctx, id, input: {} });
  const held = await getEndpoint({ ctx, id });
  expect(held).toMatchObject({ held: 9, health24h: { due: 3, successRate: 1 } });
});
