import { expect, test } from "vitest";
import * as enable from "@/app/api/v1/endpoints/[id]/enable/route";
import type { EnableEndpointInput, EnableEndpointOutput } from "../contract/endpoints";
import { getReplay } from "../replays/get-replay";
import { call, countRows, expectDone, expectFieldError, startTestApi } from "../testing/api";
import { disableEndpoint } from "./disable-endpoint";

const { id: workspaceId, ctx, key, addEndpoint, publish } = await startTestApi();

const ask = (id: string, body?: EnableEndpointInput | object) =>
  call<EnableEndpointOutput>(enable, "POST", `/endpoints/${id}/enable`, {
    as: key,
    ...(body ? { body } : {}),
  });

async function disabledWith(held: number) {
  const type = `held.${held}.${Math.random().toString(36).slice(2)}`;
  const { id } = await addEndpoint({ eventTypes: [type] });
  await disableEndpoint({ ctx, id, input: { keepEvents: true } });
  await publish(Array.from({ length: held }, () => ({ type, data: {} })));
  return id;
}

test("a webhook that holds nothing is enabled, without a job, by a request without a body", async () => {
  const id = await disabledWith(0);
  const enabled = await ask(id);
  expectDone(enabled);
  expect(enabled.body).toMatchObject({
    endpoint: { id, status: "enabled", disabledAt: null, disabledReason: null, disabledCause: null },
    replayId: null,
  });
  expect(enabled.headers.get("etag")).toBeNull();
});

test.each([
  [{}, { kind: "replay", ratePerSecond: null }],
  [
    { held: "replay", ratePerSecond: 4 },
    { kind: "replay", ratePerSecond: 4 },
  ],
  [{ held: "discard" }, { kind: "discard", ratePerSecond: null }],
] as const)("with %j what is held gets a job: %j", async (body, job) => {
  const id = await disabledWith(2);
  const { replayId } = (await ask(id, body)).body;
  const replay = await getReplay({ ctx, id: replayId ?? "" });
  expect(replay).toMatchObject({
    ...job,
    endpointId: id,
    total: 2,
    status: "running",
    createdBy: "API key Test",
  });
});

test("with held keep what is held stays so, without a job", async () => {
  const enabled = await ask(await disabledWith(2), { held: "keep" });
  expect(enabled.body).toMatchObject({ endpoint: { status: "enabled", held: 2 }, replayId: null });
});

test("one that is enabled stays as it is", async () => {
  const { id } = await addEndpoint();
  const enabled = await ask(id, { held: "discard" });
  expectDone(enabled);
  expect(enabled.body).toMatchObject({ endpoint: { id, status: "enabled" }, replayId: null });
});

test.each<[body: object, path: string, message: string]>([
  [{ held: "drop" }, "held", "must be one of replay, discard, keep"],
  [{ held: "discard", ratePerSecond: 5 }, "ratePerSecond", "only applies to a replay; leave it out"],
  [{ held: "keep", ratePerSecond: 5 }, "ratePerSecond", "only applies to a replay; leave it out"],
  [{ ratePerSecond: 0 }, "ratePerSecond", "must be a whole number from 1 to 1000"],
])("%j is answered 422, naming the field, and nothing is changed", async (body, path, message) => {
  const id = await disabledWith(1);
  const before = await countRows(workspaceId);
  expectFieldError(await ask(id, body), path, message);
  expect(await countRows(workspaceId)).toEqual(before);
  expect((await ask(id)).body.replayId).toMatch(/^rpl_/);
});
