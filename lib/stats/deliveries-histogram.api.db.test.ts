import { afterAll, beforeAll, expect, test } from "vitest";
import * as histogram from "@/app/api/v1/deliveries/histogram/route";
import { database } from "@/db/connection/database";
import type { HistogramOutput } from "../contract/histogram";
import { closeAgent } from "../delivery/http-client/agent";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import { testEndpoint } from "../endpoints/test-endpoint";
import { call, expectDone, expectFieldError, makeOtherWorkspace, startTestApi } from "../testing/api";
import { drain } from "../testing/drain";
import { answerWith, startTestReceiver } from "../testing/test-receiver.mjs";

const { ctx, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
const failing = await startTestReceiver();
failing.answer = answerWith(500);
afterAll(closeAgent);
afterAll(() => Promise.all([receiver.close(), failing.close()]));

const count = (query: string, as = key) =>
  call<HistogramOutput>(histogram, "GET", `/deliveries/histogram?${query}`, { as });
const nothing = { succeeded: 0, waiting: 0, retrying: 0, failed: 0, held: 0, discarded: 0 };

/** Two succeeded, one is retried, one failed for good, and what a disabled webhook holds. */
const ids = { good: "", retried: "", failed: "", held: "" };
let publishedAt = 0;
beforeAll(async () => {
  ids.good = (await addEndpoint({ url: receiver.url, eventTypes: ["sum.good", "sum.other"] })).id;
  ids.retried = (await addEndpoint({ url: failing.url, eventTypes: ["sum.retried"] })).id;
  const retryPolicy = { retries: 0, retryOn: "any" as const };
  ids.failed = (await addEndpoint({ url: failing.url, eventTypes: ["sum.failed"], retryPolicy })).id;
  ids.held = (await addEndpoint({ eventTypes: ["sum.held"] })).id;
  await disableEndpoint({ ctx, id: ids.held, input: {} });
  publishedAt = Date.now();
  await publish(
    ["sum.good", "sum.other", "sum.retried", "sum.failed", "sum.held", "sum.held", "sum.held"].map(
      (type) => ({
        type,
        data: {},
      }),
    ),
  );
  await drain();
  await testEndpoint({ ctx, id: ids.good, input: { type: "sum.good", data: {} } });
});

test("deliveries are counted by what became of them, in the bucket of their creation", async () => {
  const answer = await count("");
  expectDone(answer);
  const { from, to, bucketSeconds, data, total, countedFrom } = answer.body;
  expect(total).toEqual({ ...nothing, succeeded: 2, retrying: 1, failed: 1, held: 3 });
  expect(bucketSeconds).toBe(15 * 60);
  expect(Date.parse(to) - Date.parse(from)).toBe(data.length * bucketSeconds * 1_000);
  expect(data.length).toBeLessThanOrEqual(120);
  const filled = data.filter((bucket) => bucket.succeeded > 0);
  expect(filled).toHaveLength(1);
  expect(Date.parse(filled[0]?.from ?? "")).toBe(Math.floor(publishedAt / 900_000) * 900_000);
  expect(countedFrom).toBeNull();
});

test("a range of minutes has a bucket for each; one of days has wider ones, and the same counts", async () => {
  const to = new Date(Date.now() + 60_000).toISOString();
  const since = async (ms: number) =>
    (await count(`from=${new Date(Date.now() - ms).toISOString()}&to=${to}`)).body;
  const total = (await count("")).body.total;
  for (const [ms, bucketSeconds] of [
    [900_000, 60],
    [3_600_000, 60],
    [7 * 86_400_000, 7_200],
    [30 * 86_400_000, 43_200],
  ] as const) {
    expect(await since(ms)).toMatchObject({ bucketSeconds, total });
  }
});

test("a range ends now", async () => {
  const { body } = await count("range=15m");
  expect(body).toMatchObject({ bucketSeconds: 60, total: (await count("")).body.total });
  expect(Date.parse(body.to) - Date.now()).toBeLessThanOrEqual(60_000);
});

test("the webhook and the status are filters; pending is what waits and what is retried", async () => {
  expect((await count(`endpointId=${ids.held}`)).body.total).toEqual({ ...nothing, held: 3 });
  expect((await count("status=failed&status=held")).body.total).toEqual({ ...nothing, failed: 1, held: 3 });
  expect((await count("status=pending")).body.total).toEqual({ ...nothing, retrying: 1 });
  expect((await count("endpointId=ep_unknown")).body.total).toEqual(nothing);
});

test("what is not counted ahead is looked for: type, response, error, search, tests", async () => {
  expect((await count("type=sum.other&type=sum.held")).body.total).toEqual({
    ...nothing,
    succeeded: 1,
    held: 3,
  });
  expect((await count("httpStatus=5xx")).body.total).toEqual({ ...nothing, retrying: 1, failed: 1 });
  expect((await count("error=timeout")).body.total).toEqual(nothing);
  expect((await count("tests=1")).body.total).toEqual({
    ...nothing,
    succeeded: 3,
    retrying: 1,
    failed: 1,
    held: 3,
  });
  expect((await count("q=unknown-key")).body.total).toEqual(nothing);
});

test("what changed the state of webhooks is marked, of those that are asked for", async () => {
  expect((await count("")).body.marks).toMatchObject([{ endpointId: ids.held, kind: "disabled" }]);
  expect((await count(`endpointId=${ids.good}`)).body.marks).toEqual([]);
});

test("while what was there before is being counted, it says since when all is", async () => {
  const { sql } = database();
  const countedFrom = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
  await sql`update delivery_counts set complete_from = ${countedFrom}`;
  expect((await count("")).body).toMatchObject({ countedFrom });
  await sql`update delivery_counts set complete_from = to_timestamp(0)`;
});

test("another workspace has counts of its own", async () => {
  const other = await makeOtherWorkspace();
  expect((await count(`endpointId=${ids.good}`, other.key)).body).toMatchObject({
    total: nothing,
    marks: [],
  });
});

test("a range that ends before it begins is refused", async () => {
  const answer = await count("from=2026-11-20T12:00:00Z&to=2026-11-20T11:00:00Z");
  expectFieldError(answer, "from", "must be before to");
});

test("a range that starts in the future is empty until then", async () => {
  const from = new Date(Date.now() + 3_600_000);
  const answer = await count(`from=${from.toISOString()}`);
  expect(answer.status).toBe(200);
  expect(answer.body.total).toEqual(nothing);
  expect(Date.parse(answer.body.to)).toBeGreaterThan(from.getTime());
});
