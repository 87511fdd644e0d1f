import { afterAll, beforeAll, expect, test } from "vitest";
import * as counts from "@/app/api/v1/deliveries/counts/route";
import type { DeliveryCountsOutput } from "../contract/deliveries";
import { closeAgent } from "../delivery/http-client/agent";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import {
  call,
  expectDone,
  expectFieldError,
  expectProblem,
  makeKey,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { drain } from "../testing/drain";
import { answerWith, startTestReceiver } from "../testing/test-receiver.mjs";

const { ctx, id, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
const busy = await startTestReceiver();
afterAll(closeAgent);
afterAll(receiver.close);
afterAll(busy.close);

const count = (query = "", as = key) =>
  call<DeliveryCountsOutput>(counts, "GET", `/deliveries/counts?${query}`, { as });

const exactly = (numbers: Partial<Record<keyof DeliveryCountsOutput, number>>) =>
  Object.fromEntries(
    ["waiting", "retrying", "failed", "held", "succeeded", "discarded"].map((status) => [
      status,
      { count: numbers[status as keyof DeliveryCountsOutput] ?? 0, more: false },
    ]),
  );

beforeAll(async () => {
  busy.answer = answerWith(503);
  await addEndpoint({ url: receiver.url, eventTypes: ["count.ok"] });
  await addEndpoint({ url: busy.url, eventTypes: ["count.busy"] });
  const paused = await addEndpoint({ eventTypes: ["count.held"] });
  await publish([
    { type: "count.ok", data: {} },
    { type: "count.ok", data: {} },
    { type: "count.busy", data: {} },
  ]);
  await drain();
  await disableEndpoint({ ctx, id: paused.id, input: {} });
  await publish([
    { type: "count.held", data: {} },
    { type: "count.ok", data: {} },
  ]);
});

test("what the filters match is counted by status", async () => {
  const answer = await count();
  expectDone(answer);
  expect(answer.body).toEqual(exactly({ succeeded: 2, retrying: 1, held: 1, waiting: 1 }));
  expect((await count("type=count.ok")).body).toEqual(exactly({ succeeded: 2, waiting: 1 }));
  expect((await count("httpStatus=5xx")).body).toEqual(exactly({ retrying: 1 }));
});

test("of chosen statuses only those are counted; pending are those that wait and those that are retried", async () => {
  expect((await count("status=succeeded&status=held")).body).toEqual(exactly({ succeeded: 2, held: 1 }));
  expect((await count("status=pending")).body).toEqual(exactly({ retrying: 1, waiting: 1 }));
});

test("another workspace counts nothing of it", async () => {
  const { key: other } = await makeOtherWorkspace();
  expect((await count("", other)).body).toEqual(exactly({}));
});

test("what is no filter is a 422, and a key without the scope is refused", async () => {
  expectFieldError(await count("limit=5"), "limit", "is not a field of this request");
  expectFieldError(await count("status=done"), "status.0", "must be one of");
  expectProblem(await count("", await makeKey(id, ["events:read"])), 403, "forbidden");
});
