import { afterAll, expect, test } from "vitest";
import * as probe from "@/app/api/v1/endpoints/[id]/probe/route";
import { database } from "@/db/connection/database";
import type { EndpointOutput } from "../contract/endpoints";
import { fromPublicId } from "../core/ids";
import { call, expectDone, expectProblem, startTestApi } from "../testing/api";
import { drain } from "../testing/drain";
import { answerWith, startTestReceiver } from "../testing/test-receiver.mjs";
import { disableEndpoint } from "./disable-endpoint";
import { getEndpoint } from "./get-endpoint";

const { ctx, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
afterAll(() => receiver.close());

const ask = (id: string) => call<EndpointOutput>(probe, "POST", `/endpoints/${id}/probe`, { as: key });

const uuidOf = (id: string) => fromPublicId("endpoint", id) ?? "";

/** A webhook that backs off: nothing is due for hours, and so many events wait. */
async function backingOff(waiting: number) {
  const type = `probe.${Math.random().toString(36).slice(2)}`;
  const { id } = await addEndpoint({ url: receiver.url, eventTypes: [type] });
  await publish(Array.from({ length: waiting }, () => ({ type, data: {} })));
  const { sql } = database();
  await sql`update endpoint_states set consecutive_failures = 7, next_due_at = null, next_probe_at = now() + interval '5 hours'
    where endpoint_id = ${uuidOf(id)}`;
  await sql`update delivery_queue set due_at = now() + interval '3 hours' where endpoint_id = ${uuidOf(id)}`;
  return id;
}

test("one delivery is tried at once; a success lets the others follow, whenever they were due", async () => {
  const id = await backingOff(3);
  expect(await getEndpoint({ ctx, id })).toMatchObject({ waiting: { count: 3, more: false } });
  await drain();
  expect(receiver.ids).toEqual([]);
  const asked = await ask(id);
  expectDone(asked);
  expect(asked.body).toMatchObject({ id, status: "failing", consecutiveFailures: 7 });
  await drain();
  expect(receiver.ids).toHaveLength(3);
  expect(await getEndpoint({ ctx, id })).toMatchObject({ status: "enabled", waiting: null });
});

test("a failure does not count, and the schedule goes on as if nothing had been asked", async () => {
  receiver.answer = answerWith(503);
  const id = await backingOff(2);
  const scheduled = (await getEndpoint({ ctx, id })).nextProbeAt;
  await ask(id);
  // Twice at once is like once.
  await ask(id);
  const before = receiver.ids.length;
  await drain();
  expect(receiver.ids).toHaveLength(before + 1);
  expect(await getEndpoint({ ctx, id })).toMatchObject({ consecutiveFailures: 7, nextProbeAt: scheduled });
  // The schedule's own probe counts.
  await database().sql`update endpoint_states set next_probe_at = now(), next_due_at = now()
    where endpoint_id = ${uuidOf(id)}`;
  await drain();
  expect((await getEndpoint({ ctx, id })).consecutiveFailures).toBe(8);
});

test("while a probe is under way nothing changes, and the audit log says so", async () => {
  const id = await backingOff(1);
  await database()
    .sql`update endpoint_states set probe_token = gen_random_uuid(), probe_until = now() + interval '1 minute'
      where endpoint_id = ${uuidOf(id)}`;
  const { nextProbeAt } = (await ask(id)).body;
  expect(Date.parse(nextProbeAt ?? "")).toBeGreaterThan(Date.now() + 3_600_000);
  const [last] = await database().sql`
    select action, details from audit_log order by id desc limit 1`;
  expect(last).toEqual({ action: "endpoint.probe", details: { changed: false } });
});

test("one that does not back off stays as it is", async () => {
  const { id } = await addEndpoint({ url: receiver.url });
  const asked = await ask(id);
  expectDone(asked);
  expect(asked.body).toMatchObject({ status: "enabled", nextProbeAt: null });
});

test("of a disabled webhook it is a conflict", async () => {
  const id = await backingOff(1);
  await disableEndpoint({ ctx, id, input: {} });
  const { detail } = expectProblem(await ask(id), 409, "conflict");
  expect(detail).toBe("The webhook is disabled, so nothing is tried. Enable it first.");
  expect(await getEndpoint({ ctx, id })).toMatchObject({ status: "disabled", waiting: null });
});
