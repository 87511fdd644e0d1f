import { expect, test } from "vitest";
import { testAttempt, testDelivery } from "@/components/testing/test-delivery";
import { latestRequest } from "./latest-request";

const delivery = testDelivery({ id: "dlv_1", type: "order.paid", timestamp: "2026-11-20T12:00:00.000Z" });

test("before the first attempt it has the headers that Posthorn gives any request", () => {
  expect(latestRequest(delivery)).toEqual({
    url: delivery.endpoint.url,
    headers: {
      "content-type": "application/json",
      "webhook-id": "dlv_1",
      "webhook-timestamp": "1795176000",
      "posthorn-event-type": "order.paid",
      "posthorn-attempt": "1",
    },
    body: delivery.payload,
  });
  expect(latestRequest({ ...delivery, test: true }).headers).toMatchObject({ "posthorn-test": "1" });
});

test("it is the last attempt's, at the URL of then", () => {
  const last = testAttempt({ url: "https://old.example.com/", request: { headers: { a: "1" } } });
  expect(latestRequest({ ...delivery, attemptLog: [last, testAttempt()] })).toMatchObject({
    url: "https://old.example.com/",
    headers: { a: "1" },
  });
});
