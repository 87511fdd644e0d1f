import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { unanswered } from "@/components/data/delivery-cache";
import { serveApi } from "@/components/testing/serve-api";
import { testDelivery } from "@/components/testing/test-delivery";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { DeliveryDetailOutput, DeliveryOutput } from "@/lib/contract/deliveries";
import { retryInPlace } from "./retry-in-place";

const failed = testDelivery({ status: "failed", attempts: 1, httpStatus: 500 });
const { payload: _, ...shown } = failed;

/** A page that shows the delivery in its log and in its sheet. */
function page() {
  const client = new QueryClient();
  const list = queryKeys.deliveryList("acme", {});
  const log = {
    pages: [{ data: [shown, testDelivery({ id: "dlv_0" })], nextCursor: null }],
    pageParams: [null],
  };
  client.setQueryData(list, log);
  client.setQueryData(queryKeys.delivery("acme", failed.id), failed);
  return {
    client,
    row: () => client.getQueryData<{ pages: { data: DeliveryOutput[] }[] }>(list)?.pages[0]?.data[0],
    sheet: () => client.getQueryData<DeliveryDetailOutput>(queryKeys.delivery("acme", failed.id)),
  };
}

test("a retry shows as being sent at once, and its result in the log and in the sheet", async () => {
  const { client, row, sheet } = page();
  let looks = 0;
  await serveApi(({ method }) => {
    if (method === "POST") {
      expect(row()?.inFlight).toBe(true);
      expect(unanswered.has(failed.id)).toBe(true);
      return { body: { ...shown, inFlight: true } };
    }
    looks += 1;
    const ended = { ...failed, status: "succeeded", attempts: 2, httpStatus: 204 };
    return { body: looks < 3 ? { ...failed, inFlight: true } : ended };
  });
  const result = await retryInPlace(client, "acme", failed.id);
  expect(result).toMatchObject({ status: "succeeded", attempts: 2 });
  expect(row()).toMatchObject({ status: "succeeded", inFlight: false, httpStatus: 204 });
  expect(row()).not.toHaveProperty("payload");
  expect(sheet()).toMatchObject({ status: "succeeded", payload: "{}" });
  expect(unanswered.size).toBe(0);
});

test("a look that fails is made up for by the next one", async () => {
  const { client } = page();
  let looks = 0;
  await serveApi(({ method }) => {
    if (method === "POST") return { body: { ...shown, inFlight: true } };
    looks += 1;
    return looks === 1 ? { status: 503, body: {} } : { body: { ...failed, attempts: 2 } };
  });
  expect(await retryInPlace(client, "acme", failed.id)).toMatchObject({ status: "failed", attempts: 2 });
});

test("a refusal is thrown, and what is shown is to be read again", async () => {
  const { client } = page();
  await serveApi(() => ({
    status: 409,
    body: { status: 409, code: "conflict", detail: "It is being sent." },
  }));
  await expect(retryInPlace(client, "acme", failed.id)).rejects.toThrow("It is being sent.");
  expect(client.getQueryState(queryKeys.deliveryList("acme", {}))?.isInvalidated).toBe(true);
  expect(unanswered.size).toBe(0);
});
