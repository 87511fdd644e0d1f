import { beforeAll, expect, test } from "vitest";
import * as deliveries from "@/app/api/v1/deliveries/route";
import * as replays from "@/app/api/v1/replays/route";
import type { DeliveryOutput } from "../contract/deliveries";
import type { ReplayCountOutput, ReplayOutput } from "../contract/replays";
import type { Page } from "../contract/shared";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import {
  call,
  countRows,
  expectDone,
  expectFieldError,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { controlReplay } from "./control-replay";

const { id: workspaceId, ctx, key, addEndpoint, publish } = await startTestApi();
const start = <T = ReplayOutput>(body: object, as = key) =>
  call<T>(replays, "POST", "/replays", { as, body });
const list = (query: string, as = key) =>
  call<Page<ReplayOutput>>(replays, "GET", `/replays?${query}`, { as });

let endpointId: string;
beforeAll(async () => {
  ({ id: endpointId } = await addEndpoint({ eventTypes: ["replayed"] }));
  await disableEndpoint({ ctx, id: endpointId, input: { keepEvents: true } });
  await publish([1, 2, 3].map(() => ({ type: "replayed", data: {} })));
});

test("with dryRun it is a count, and nothing begins", async () => {
  const before = await countRows(workspaceId);
  const counted = await start<ReplayCountOutput>({ filter: { type: "replayed" }, dryRun: true });
  expectDone(counted, 202);
  expect(counted.body).toEqual({ count: 0, skipped: 3, oldest: null, endpoints: [], types: [], waiting: [] });
  expect(await countRows(workspaceId)).toEqual(before);
});

test("a job is answered with its filter and total, and is listed, by webhook and by status", async () => {
  const filter = { endpointId, status: ["held"], from: "2026-01-01T00:00:00Z" };
  const started = await start({ filter, ratePerSecond: 100 });
  expectDone(started, 202);
  expect(started.body).toEqual({
    id: expect.stringMatching(/^rpl_[0-9a-f]{32}$/),
    kind: "replay",
    endpointId,
    filter: { ...filter, endpointId: [endpointId], tests: "0" },
    status: "running",
    reason: "it goes on when the webhook is enabled",
    total: 3,
    done: 0,
    skipped: 0,
    ratePerSecond: 100,
    order: "oldest",
    createdAt: expect.any(String),
    finishedAt: null,
    createdBy: "API key Test",
  });
  const { body: other } = await start({ filter: { type: "none" } });
  await controlReplay({ ctx, id: other.id, action: "pause" });
  const idsOf = async (query: string) => (await list(query)).body.data.map(({ id }) => id);
  expect(await idsOf("")).toEqual([other.id, started.body.id]);
  expect(await idsOf(`endpointId=${endpointId}`)).toEqual([started.body.id]);
  expect(await idsOf("endpointId=none")).toEqual([]);
  expect(await idsOf("status=paused")).toEqual([other.id]);
  expect(await idsOf("status=paused&status=running")).toEqual([other.id, started.body.id]);
  const first = (await list("limit=1")).body;
  expect(first.nextCursor).toBe(other.id);
  const second = (await list(`limit=1&cursor=${first.nextCursor}`)).body;
  expect(second).toMatchObject({ data: [{ id: started.body.id }], nextCursor: null });
});

test("deliveries that are named one by one are counted, and a job is about no other", async () => {
  const page = await call<Page<DeliveryOutput>>(deliveries, "GET", "/deliveries?type=replayed", { as: key });
  const [first = "", second = ""] = page.body.data.map(({ id }) => id);
  const counted = await start<ReplayCountOutput>({ filter: { id: [first] }, dryRun: true });
  expect(counted.body).toMatchObject({ count: 0, skipped: 1 });
  const started = await start({ filter: { id: [first, second, `dlv_${"0".repeat(32)}`] }, order: "newest" });
  expectDone(started, 202);
  expect(started.body).toMatchObject({ filter: { id: [first, second, expect.any(String)] }, total: 2 });
});

const none = `ep_${"0".repeat(32)}`;

test.each<[body: () => object, path: string, message: string]>([
  [() => ({}), "filter", "is missing"],
  [() => ({ filter: 5 }), "filter", "must be a JSON object"],
  [() => ({ filter: { state: "failed" } }), "filter.state", "is not a field of this request"],
  [() => ({ filter: { limit: 5 } }), "filter.limit", "is not a field of this request"],
  [
    () => ({ filter: { status: "lost" } }),
    "filter.status.0",
    "must be one of pending, waiting, retrying, held,",
  ],
  [() => ({ filter: { endpointId: none } }), "filter.endpointId.0", "is not the id of a webhook"],
  [
    () => ({ filter: { endpointId: [endpointId, none] }, dryRun: true }),
    "filter.endpointId.1",
    "is not the id",
  ],
  [() => ({ filter: { eventId: "evt_1" } }), "filter.eventId", "is not the id of an event"],
  [() => ({ filter: { id: "ep_1" } }), "filter.id.0", "is not the id of a delivery"],
  [() => ({ filter: { id: [] } }), "filter.id", "must be at least 1 value"],
  [
    () => ({ filter: { id: Array(1_001).fill(`dlv_${"0".repeat(32)}`) } }),
    "filter.id",
    "must be at most 1000 values",
  ],
  [() => ({ filter: { type: Array(70_000).fill("x") } }), "filter.type", "must be at most 500 values"],
  [() => ({ filter: {}, dryRun: "yes" }), "dryRun", "must be true or false"],
  [() => ({ filter: {}, ratePerSecond: 0 }), "ratePerSecond", "a whole number from 1 to 1000"],
  [() => ({ filter: {}, ratePerSecond: "5" }), "ratePerSecond", "a whole number from 1 to 1000"],
])("%s is answered 422, naming the field, and nothing begins", async (body, path, message) => {
  const before = await countRows(workspaceId);
  expectFieldError(await start(body()), path, message);
  expect(await countRows(workspaceId)).toEqual(before);
});

test("what another workspace has is not found by its id", async () => {
  const [mine] = (await call<Page<DeliveryOutput>>(deliveries, "GET", "/deliveries", { as: key })).body.data;
  const { key: other } = await makeOtherWorkspace();
  const counted = await start<ReplayCountOutput>({ filter: { id: [mine?.id] }, dryRun: true }, other);
  expect(counted.body).toMatchObject({ count: 0, skipped: 0 });
});

test("a webhook of another workspace is the id of none", async () => {
  const { id, key } = await makeOtherWorkspace();
  const answer = await start({ filter: { endpointId }, dryRun: true }, key);
  expectFieldError(answer, "filter.endpointId.0", "is not the id of a webhook");
  expect(await countRows(id)).toMatchObject({ audit: 0 });
});

test.each([
  ["status=over", "status.0", "must be one of running, paused"],
  ["endpointId=a&endpointId=b", "endpointId", "must be given only once"],
])("the list's ?%s is answered 422, naming the parameter", async (query, path, message) => {
  expectFieldError(await list(query), path, message);
});
