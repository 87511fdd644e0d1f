import { afterAll, beforeAll, expect, test } from "vitest";
import * as stats from "@/app/api/v1/endpoints/[id]/stats/route";
import type { EndpointStatsOutput } from "../contract/stats";
import { closeAgent } from "../delivery/http-client/agent";
import { testEndpoint } from "../endpoints/test-endpoint";
import {
  call,
  expectDone,
  expectFieldError,
  expectProblem,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { drain } from "../testing/drain";
import { answerWith, startTestReceiver } from "../testing/test-receiver.mjs";

const { ctx, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
afterAll(closeAgent);
afterAll(receiver.close);

const read = (id: string, query = "", as = key) =>
  call<EndpointStatsOutput>(stats, "GET", `/endpoints/${id}/stats${query}`, { as });

let id: string;
beforeAll(async () => {
  ({ id } = await addEndpoint({ url: receiver.url, eventTypes: ["stats.paid", "stats.sent"] }));
  await publish(["stats.paid", "stats.paid", "stats.paid"].map((type) => ({ type, data: {} })));
  await drain();
  receiver.answer = answerWith(503);
  await publish([{ type: "stats.sent", data: {} }]);
  await drain();
  await testEndpoint({ ctx, id, input: { type: "stats.paid", data: {} } });
});

test("outcomes, latency, causes and types of a webhook, without tests", async () => {
  const answer = await read(id);
  expectDone(answer);
  const { data, failures, types, ...rest } = answer.body;
  expect(rest).toMatchObject({
    window: "24h",
    bucketSeconds: 3_600,
    due: 4,
    succeeded: 3,
    successRate: 0.75,
    attempts: 4,
    countedFrom: null,
    typesFrom: null,
  });
  expect(rest.p50Ms).toBeGreaterThan(0);
  expect(data).toHaveLength(24);
  expect(data.at(-1)).toMatchObject({ succeeded: 3, retrying: 1, attempts: 4 });
  expect(data[0]).toMatchObject({ succeeded: 0, attempts: 0, p50Ms: null });
  expect(failures).toEqual([{ error: null, httpStatus: 503, title: "503 Service Unavailable", attempts: 1 }]);
  expect(types).toEqual([
    { type: "stats.paid", deliveries: 3, undelivered: 0 },
    { type: "stats.sent", deliveries: 1, undelivered: 1 },
  ]);
});

test.each([
  ["7d", 56],
  ["30d", 60],
] as const)("a window of %s has %i buckets, and the same sums", async (window, buckets) => {
  const { body } = await read(id, `?window=${window}`);
  expect(body).toMatchObject({ window, due: 4, succeeded: 3, attempts: 4 });
  expect(body.data).toHaveLength(buckets);
});

test("another workspace's webhook is none, and another window is refused", async () => {
  const { key: other } = await makeOtherWorkspace();
  expectProblem(await read(id, "", other), 404, "not_found");
  expectFieldError(await read(id, "?window=1y"), "window", "must be one of 24h, 7d, 30d");
});
