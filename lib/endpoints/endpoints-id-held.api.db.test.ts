import { expect, test } from "vitest";
import * as held from "@/app/api/v1/endpoints/[id]/held/route";
import type { DecideHeldOutput } from "../contract/endpoints";
import { getReplay } from "../replays/get-replay";
import { call, expectDone, expectFieldError, expectProblem, startTestApi } from "../testing/api";
import { disableEndpoint } from "./disable-endpoint";
import { enableEndpoint } from "./enable-endpoint";

const { ctx, key, addEndpoint, publish } = await startTestApi();

const decide = (id: string, body: object) =>
  call<DecideHeldOutput>(held, "POST", `/endpoints/${id}/held`, { as: key, body });

/** A webhook that holds two deliveries. */
async function holding(type: string, { enabled = true } = {}) {
  const { id } = await addEndpoint({ eventTypes: [type] });
  await disableEndpoint({ ctx, id, input: { keepEvents: true } });
  await publish([type, type].map((type) => ({ type, data: {} })));
  if (enabled) await enableEndpoint({ ctx, id, input: { held: "keep" } });
  return id;
}

test("what an enabled webhook holds is replayed at a pace by a job", async () => {
  const id = await holding("decided.replay");
  const decided = await decide(id, { action: "replay", ratePerSecond: 5 });
  expectDone(decided, 202);
  expect(decided.body).toEqual({ replayId: expect.stringMatching(/^rpl_[0-9a-f]{32}$/) });
  const job = await getReplay({ ctx, id: decided.body.replayId });
  expect(job).toMatchObject({ kind: "replay", endpointId: id, total: 2, ratePerSecond: 5 });
});

test("what a disabled webhook holds can be discarded and not replayed", async () => {
  const id = await holding("decided.disabled", { enabled: false });
  const refused = expectProblem(await decide(id, { action: "replay" }), 409, "conflict");
  expect(refused.detail).toContain("The webhook is disabled. To replay its held events, enable it");
  const { replayId } = (await decide(id, { action: "discard" })).body;
  expect(await getReplay({ ctx, id: replayId })).toMatchObject({ kind: "discard", total: 2 });
});

test("nothing held is answered 409", async () => {
  const { id } = await addEndpoint();
  expectProblem(await decide(id, { action: "discard" }), 409, "conflict");
});

test.each<[body: object, path: string, message: string]>([
  [{}, "action", "must be one of replay, discard"],
  [{ action: "keep" }, "action", "must be one of replay, discard"],
  [{ action: "discard", ratePerSecond: 5 }, "ratePerSecond", "only applies to a replay; leave it out"],
  [{ action: "replay", ratePerSecond: 1.5 }, "ratePerSecond", "must be a whole number from 1 to 1000"],
])("%j is answered 422, naming the field", async (body, path, message) => {
  const { id } = await addEndpoint();
  expectFieldError(await decide(id, body), path, message);
});
