import { afterAll, beforeAll, expect, test } from "vitest";
import * as deliveries from "@/app/api/v1/deliveries/route";
import * as groups from "@/app/api/v1/failure-groups/route";
import * as replays from "@/app/api/v1/replays/route";
import type { DeliveryOutput } from "../contract/deliveries";
import type { FailureGroupsOutput } from "../contract/failure-groups";
import type { ReplayCountOutput } from "../contract/replays";
import type { Page } from "../contract/shared";
import { closeAgent } from "../delivery/http-client/agent";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { getEndpoint } from "../endpoints/get-endpoint";
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
import { startTestReceiver } from "../testing/test-receiver.mjs";

const { id: workspaceId, ctx, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
afterAll(closeAgent);
afterAll(receiver.close);

const list = (query = "", as = key) =>
  call<FailureGroupsOutput>(groups, "GET", `/failure-groups?${query}`, { as });
const log = (query: string) =>
  call<Page<DeliveryOutput>>(deliveries, "GET", `/deliveries?${query}`, { as: key });

let endpointId: string;
beforeAll(async () => {
  ({ id: endpointId } = await addEndpoint({ url: receiver.url, eventTypes: ["groups.a", "groups.b"] }));
  let n = 0;
  receiver.reply(() => {
    n += 1;
    return { status: 500, body: n % 3 === 0 ? `out of memory, job ${n}` : `db pool exhausted (conn ${n})` };
  });
  await publish(
    [1, 2, 3, 4].flatMap(() => [
      { type: "groups.a", data: {} },
      { type: "groups.b", data: {} },
    ]),
  );
  await drain();
});

test("what fails is listed in groups, the largest first, and each is a filter of the log and of replays", async () => {
  const answer = await list();
  expectDone(answer);
  const [first, second, ...others] = answer.body.data;
  if (!first || !second) throw new Error("there are no groups");
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    id: expect.stringMatching(/^fgr_[0-9a-f]{32}$/),
    endpointId,
    httpStatus: 500,
    error: null,
    text: "db pool exhausted (conn …)",
    types: ["groups.a", "groups.b"],
  });
  expect(second).toMatchObject({ httpStatus: 500, text: "out of memory, job …" });
  const attempted = first.count + second.count;
  expect(answer.body.total).toEqual({ groups: 2, deliveries: attempted });
  for (const group of [first, second]) {
    expect(group.strip.counts).toHaveLength(24);
    expect(group.strip.counts.reduce((a, b) => a + b)).toBe(group.count);
    const { body } = await log(`failureGroup=${group.id}`);
    expect(body.data).toHaveLength(group.count);
    expect(body.data.map(({ id }) => id)).toContain(group.sampleDeliveryId);
    const dry = await call<ReplayCountOutput>(replays, "POST", "/replays", {
      as: key,
      body: { filter: { failureGroup: group.id }, dryRun: true },
    });
    expectDone(dry, 202);
    expect(dry.body.count + dry.body.skipped).toBe(group.count);
  }
});

test("the list can be of one webhook, one group, a range of time, and the newest first", async () => {
  const all = (await list()).body.data;
  const idsOf = async (query: string) => (await list(query)).body.data.map(({ id }) => id);
  const ids = all.map(({ id }) => id);
  expect(await idsOf(`endpointId=${endpointId}`)).toEqual(ids);
  expect(await idsOf("endpointId=none")).toEqual([]);
  expect(await idsOf(`id=${ids[1]}`)).toEqual([ids[1]]);
  expect(await idsOf("id=none")).toEqual([]);
  expect((await idsOf("order=newest")).toSorted()).toEqual(ids.toSorted());
  expect((await idsOf("order=worst")).toSorted()).toEqual(ids.toSorted());
  expect(await idsOf("range=1h")).toEqual(ids);
  expect(await idsOf("limit=1")).toEqual([ids[0]]);
  const first = (await list("limit=1")).body;
  const second = (await list(`limit=1&cursor=${first.nextCursor}`)).body;
  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
  expect(second.nextCursor).toBeNull();
  expect(await idsOf("to=2026-01-01T00:00:00Z")).toEqual([]);
  expect(await idsOf("from=2026-01-01T00:00:00Z")).toEqual(ids);
});

test("the list has the filters of the log by type, response and cause, and counts what a replay with them takes", async () => {
  const countsOf = async (query: string) => (await list(query)).body.data.map(({ count }) => count);
  const all = await countsOf("");
  expect(await countsOf("httpStatus=5xx")).toEqual(all);
  expect(await countsOf("httpStatus=404&httpStatus=500")).toEqual(all);
  expect(await countsOf("httpStatus=none&httpStatus=4xx")).toEqual([]);
  expect(await countsOf("error=timeout")).toEqual([]);
  const ofA = (await list("type=groups.a")).body;
  expect(ofA.total.deliveries).toBeGreaterThan(0);
  for (const { id, count, types } of ofA.data) {
    expect(types).toEqual(["groups.a"]);
    const filter = { failureGroup: id, type: ["groups.a"] };
    const dry = await call<ReplayCountOutput>(replays, "POST", "/replays", {
      as: key,
      body: { filter, dryRun: true },
    });
    expect(dry.body.count + dry.body.skipped).toBe(count);
  }
});

test("another workspace has none of them, and a key without the scope is refused", async () => {
  const other = await makeOtherWorkspace();
  expect((await list("", other.key)).body).toEqual({
    data: [],
    total: { groups: 0, deliveries: 0 },
    nextCursor: null,
  });
  const [group] = (await list()).body.data;
  expect((await list(`id=${group?.id}`, other.key)).body.data).toEqual([]);
  expectProblem(await list("", await makeKey(workspaceId, ["events:read"])), 403, "forbidden");
});

test.each([
  ["order=smallest", "order", "must be largest, newest or worst"],
  ["limit=0", "limit", "from 1 to 100"],
  ["from=today", "from", "RFC 3339"],
  ["state=1", "state", "is not a field of this request"],
])("?%s is answered 422, naming the parameter", async (query, path, message) => {
  expectFieldError(await list(query), path, message);
});

test("a webhook that is deleted has no groups any more", async () => {
  await deleteEndpoint({ ctx, id: endpointId });
  expect((await list()).body.data).toEqual([]);
});

test("what is wrong with the receiver's TLS is said by the webhook, the log and the group", async () => {
  const { id } = await addEndpoint({
    url: receiver.url.replace("http:", "https:"),
    eventTypes: ["groups.tls"],
  });
  await publish([{ type: "groups.tls", data: {} }]);
  await drain();
  const said = "The server does not speak TLS on that port; it may be a plain http server";
  expect((await getEndpoint({ ctx, id })).lastFailure?.title).toBe(said);
  expect((await log(`endpointId=${id}`)).body.data).toMatchObject([
    { error: "tls_error", errorDetail: said },
  ]);
  expect((await list(`endpointId=${id}`)).body.data).toMatchObject([{ error: "tls_error", text: said }]);
});
