import { afterAll, beforeAll, expect, test } from "vitest";
import * as deliveries from "@/app/api/v1/deliveries/route";
import type { DeliveryOutput } from "../contract/deliveries";
import type { Page } from "../contract/shared";
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
import { getDelivery } from "./get-delivery";

const { ctx, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
afterAll(closeAgent);
afterAll(receiver.close);

const list = (query: string, as = key) =>
  call<Page<DeliveryOutput>>(deliveries, "GET", `/deliveries?${query}`, { as });
const idsOf = async (query: string) => (await list(query)).body.data.map(({ id }) => id);

/** Two that succeeded, one whose receiver is down, one that was answered 503, and one that is pending. */
let endpointId: string;
let eventId: string;
let ids: Record<"ok" | "keyed" | "unheard" | "busy" | "test", string>;
/** Of the delivery that was answered 503. */
let attemptId: string;
beforeAll(async () => {
  ({ id: endpointId } = await addEndpoint({ url: receiver.url, eventTypes: ["log.ok"] }));
  await addEndpoint({ eventTypes: ["log.unheard"] });
  const busy = await startTestReceiver();
  afterAll(busy.close);
  busy.answer = answerWith(503);
  await addEndpoint({ url: busy.url, eventTypes: ["log.busy"] });
  const published = await publish([
    { type: "log.ok", data: {} },
    { type: "log.ok", data: {}, idempotencyKey: "order-1" },
    { type: "log.unheard", data: {} },
    { type: "log.busy", data: {} },
  ]);
  eventId = published[0]?.id ?? "";
  await drain();
  const { deliveryId } = await testEndpoint({ ctx, id: endpointId, input: { type: "log.test", data: {} } });
  const of = async (event: number) => (await idsOf(`eventId=${published[event]?.id}`))[0] ?? "";
  ids = { ok: await of(0), keyed: await of(1), unheard: await of(2), busy: await of(3), test: deliveryId };
  attemptId = (await getDelivery({ ctx, id: ids.busy })).attemptLog[0]?.id ?? "";
});

test("a delivery is listed with what became of it", async () => {
  const answer = await list(`id=${ids.ok}`);
  expectDone(answer);
  expect(answer.body).toEqual({
    data: [
      {
        id: ids.ok,
        eventId,
        endpointId,
        type: "log.ok",
        test: false,
        status: "succeeded",
        inFlight: false,
        attempts: 1,
        httpStatus: 200,
        error: null,
        errorDetail: null,
        durationMs: expect.any(Number),
        nextAttemptAt: null,
        createdAt: expect.any(String),
        completedAt: expect.any(String),
      },
    ],
    nextCursor: null,
    lookedBackTo: null,
    payloadIndex: null,
  });
});

test.each<[query: (now: string) => string, found: (keyof typeof ids)[]]>([
  [() => "", ["busy", "unheard", "keyed", "ok"]],
  [() => "tests=1", ["test", "busy", "unheard", "keyed", "ok"]],
  [() => `id=${ids.ok}&id=${ids.busy}&id=none`, ["busy", "ok"]],
  [() => `endpointId=${endpointId}`, ["keyed", "ok"]],
  [() => "endpointId=none", []],
  [() => "status=succeeded", ["keyed", "ok"]],
  [() => "status=pending&status=succeeded", ["busy", "unheard", "keyed", "ok"]],
  [() => "type=log.busy&type=log.unheard", ["busy", "unheard"]],
  [() => "httpStatus=2xx", ["keyed", "ok"]],
  [() => "httpStatus=503&httpStatus=none", ["busy", "unheard"]],
  [() => "error=connection_refused", ["unheard"]],
  [() => `eventId=${eventId}`, ["ok"]],
  [() => `q=${eventId}`, ["ok"]],
  [() => `q=${ids.busy}`, ["busy"]],
  [() => `q=${attemptId}`, ["busy"]],
  [() => "q=order-1", ["keyed"]],
  [() => "q=none", []],
  [(now) => `from=${now}`, []],
  [() => "range=15m&status=succeeded", ["keyed", "ok"]],
  [(now) => `range=30d&from=${now}`, []],
  [(now) => `from=2026-01-01T00:00:00Z&to=${now}&status=succeeded`, ["keyed", "ok"]],
])("%s lists what matches, newest first: %j", async (query, found) => {
  expect(await idsOf(query(new Date().toISOString()))).toEqual(found.map((name) => ids[name]));
});

test("pages follow each other without a gap or a double", async () => {
  const found: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: Page<DeliveryOutput> = (await list(`limit=3${cursor && `&cursor=${cursor}`}`)).body;
    found.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(found).toEqual([ids.busy, ids.unheard, ids.keyed, ids.ok]);
});

test("no filter finds what is another workspace's", async () => {
  const { key: other } = await makeOtherWorkspace();
  for (const query of [
    `id=${ids.ok}`,
    `endpointId=${endpointId}`,
    `eventId=${eventId}`,
    `q=${ids.ok}`,
    `q=${attemptId}`,
    "q=order-1",
  ]) {
    expect((await list(query, other)).body).toEqual({
      data: [],
      nextCursor: null,
      lookedBackTo: null,
      payloadIndex: null,
    });
  }
});

test.each([
  ["limit=5&limit=5", "limit", "must be given only once"],
  ["eventId=a&eventId=b", "eventId", "must be given only once"],
  ["tests=1&tests=0", "tests", "must be given only once"],
  ["tests=2", "tests", "must be 0 or 1"],
  ["from=2026-11-20T12:00:00Z&from=2026-11-20T12:00:00Z", "from", "must be given only once"],
  ["from=today", "from", "RFC 3339"],
  ["from=1969-12-31T23:59:59Z", "from", "1970"],
  ["status=done", "status.0", "must be one of"],
  ["status=failed&status=done", "status.1", "must be one of"],
  ["statuss=failed", "statuss", "is not a field of this request"],
  ["httpStatus=6xx", "httpStatus.0", "must be 2xx to 5xx, none, or a status like 404"],
  ["error=lost", "error.0", "must be one of"],
  ["type=a%00b", "type.0", "U+0000"],
  ["q=%00", "q", "U+0000"],
  [`q=${"a".repeat(256)}`, "q", "at most 255"],
  ["cursor=dlv_1", "cursor", "must be the nextCursor of an earlier page"],
  ["__proto__=1", "__proto__", "is not a field of this request"],
  ["constructor=1", "constructor", "is not a field of this request"],
  ["toString=1&toString=2", "toString", "is not a field of this request"],
  ["nxtPid=1", "nxtPid", "is not a field of this request"],
  ["_rsc=1", "_rsc", "is not a field of this request"],
  [Array.from({ length: 501 }, () => "id=x").join("&"), "id", "must be at most 500 values"],
])("?%s is answered 422, naming the parameter", async (query, path, message) => {
  expectFieldError(await list(query), path, message);
});

test("each parameter that is wrong is named", async () => {
  const { errors } = expectProblem(await list("limit=0&status=done&from=today"), 422, "validation_failed");
  expect(errors?.map(({ path }) => path)).toEqual(["limit", "status.0", "from"]);
});

test("waiting and retrying are pending apart, and attempts are a filter", async () => {
  const [published] = await publish([{ type: "log.ok", data: {} }]);
  const waiting = await idsOf(`eventId=${published?.id}`);
  const retrying = [ids.busy, ids.unheard].toSorted();
  expect(await idsOf("status=waiting")).toEqual(waiting);
  expect((await idsOf("status=retrying")).toSorted()).toEqual(retrying);
  expect((await idsOf("status=pending")).toSorted()).toEqual([...retrying, ...waiting].toSorted());
  expect(await idsOf("attemptsMax=0")).toEqual(waiting);
  expect((await idsOf("attemptsMin=1&status=pending")).toSorted()).toEqual(retrying);
  expect(await idsOf("attemptsMin=2")).toEqual([]);
  expectFieldError(await list("attemptsMin=many"), "attemptsMin", "whole number");
});
