import { afterAll, expect, test } from "vitest";
import * as deliveries from "@/app/api/v1/events/[id]/deliveries/route";
import { database } from "@/db/connection/database";
import { compareLedger } from "@/db/queries/compare-ledger";
import type { DeliveryOutput } from "../contract/deliveries";
import { fromPublicId } from "../core/ids";
import { timeOfId } from "../core/time-of-id.mjs";
import { getDelivery } from "../deliveries/get-delivery";
import { closeAgent } from "../delivery/http-client/agent";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { testEndpoint } from "../endpoints/test-endpoint";
import { runReplays } from "../replays/run-replays";
import {
  call,
  countRows,
  expectDone,
  expectFieldError,
  expectProblem,
  makeCaller,
  makeKey,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { drain } from "../testing/drain";
import { answerWith } from "../testing/test-receiver.mjs";
import { addTestWebhook } from "../testing/test-webhook";
import { getEvent } from "./get-event";
import { listEvents } from "./list-events";

const { id: workspaceId, key, ...workspace } = await startTestApi();
const { ctx, publish } = workspace;
afterAll(closeAgent);

const send = (eventId: string, body: object, as = key) =>
  call<DeliveryOutput>(deliveries, "POST", `/events/${eventId}/deliveries`, { as, body });

const uuidOf = (eventId: string) => fromPublicId("event", eventId) ?? "";

/** The id of an event that went to nobody. */
async function publishedToNobody(more: object = {}): Promise<string> {
  const [published] = await publish({
    type: "order.shipped",
    data: { id: "ord_1" },
    deliver: false,
    ...more,
  });
  return published?.id ?? "";
}

/** A webhook that subscribes to something else. */
const webhook = () => addTestWebhook(workspace, `other.${Math.random().toString(36).slice(2)}`);

/** Hours of the ledger that say something else than the tables. */
const gaps = () =>
  compareLedger(database().sql, {
    from: new Date(Math.floor(Date.now() / 3_600_000 - 48) * 3_600_000),
    to: new Date(Date.now() + 3_600_000),
  });

test("an event that went to nobody is sent to the webhook, counted with it and in the ledger, and audited", async () => {
  const hook = await webhook();
  const eventId = await publishedToNobody();
  const added = await send(eventId, { endpointId: hook.id });
  expectDone(added, 202);
  expect(added.body).toMatchObject({ eventId, endpointId: hook.id, status: "pending", attempts: 0 });
  expect(await gaps()).toEqual([]);
  await drain();
  expect(hook.receiver.ids).toEqual([added.body.id]);
  const event = await getEvent({ ctx, id: eventId });
  expect(event).toMatchObject({
    deliveries: 1,
    statuses: { succeeded: 1 },
    deliveryLog: [{ id: added.body.id, status: "succeeded" }],
  });
  expect(hook.receiver.received[0]?.body).toBe(event.payload);
  expect(await gaps()).toEqual([]);
  const [audit] = await database()
    .sql`select action, target_id, details from audit_log order by id desc limit 1`;
  expect(audit).toEqual({
    action: "event.deliver",
    target_id: uuidOf(eventId),
    details: {
      endpoint: expect.any(String),
      endpointId: hook.uuid,
      deliveryId: fromPublicId("delivery", added.body.id),
    },
  });
});

test("it is retried by the schedule if it fails", async () => {
  const hook = await webhook();
  hook.receiver.answer = answerWith(503);
  const { body } = await send(await publishedToNobody(), { endpointId: hook.id });
  await drain();
  const [delivery] = await hook.log();
  expect(delivery).toMatchObject({ id: body.id, status: "pending", attempts: 1, httpStatus: 503 });
  expect(delivery?.nextAttemptAt).not.toBeNull();
});

test("it is kept as long as its event, whose time its id has", async () => {
  const hook = await webhook();
  const eventId = await publishedToNobody();
  const { body } = await send(eventId, { endpointId: hook.id });
  const made = timeOfId(fromPublicId("delivery", body.id) ?? "").getTime();
  expect(made - timeOfId(uuidOf(eventId)).getTime()).toBe(1);
  const { reasons } = await getDelivery({ ctx, id: body.id });
  expect(reasons.match).toBe("Someone sent the event to this webhook after it was published.");
});

test("what the webhook has already is answered 409 with its id, also of two requests at once", async () => {
  const hook = await webhook();
  const eventId = await publishedToNobody();
  const answers = await Promise.all([1, 2, 3].map(() => send(eventId, { endpointId: hook.id })));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
  const added = answers.find(({ status }) => status === 202)?.body.id ?? "";
  const refused = answers.find(({ status }) => status === 409);
  if (!refused) throw new Error("none was refused");
  expect(expectProblem(refused, 409, "conflict").detail).toBe(
    `The webhook already has this event as ${added}. To send it again, retry that delivery.`,
  );
  await drain();
  expect(expectProblem(await send(eventId, { endpointId: hook.id }), 409, "conflict").detail).toContain(
    added,
  );
  expect(hook.receiver.ids).toEqual([added]);
  expect((await getEvent({ ctx, id: eventId })).deliveries).toBe(1);
  expect(await gaps()).toEqual([]);
});

test("a disabled webhook holds it, and sends it when it is enabled", async () => {
  const hook = await webhook();
  await hook.disable(true);
  const { body } = await send(await publishedToNobody(), { endpointId: hook.id });
  expect(body).toMatchObject({ status: "held", nextAttemptAt: null });
  await drain();
  expect(hook.receiver.ids).toEqual([]);
  await hook.enable("replay");
  await runReplays();
  await drain();
  expect(hook.receiver.ids).toEqual([body.id]);
});

test("one that is disabled and keeps nothing is a 409 that says so, as one that was deleted", async () => {
  const hook = await webhook();
  const eventId = await publishedToNobody();
  await hook.disable(false);
  const before = await countRows(workspaceId);
  const disabled = expectProblem(await send(eventId, { endpointId: hook.id }), 409, "conflict");
  expect(disabled.detail).toBe(
    "The webhook is disabled and does not keep events. Enable it, then send the event.",
  );
  await deleteEndpoint({ ctx, id: hook.id });
  const deleted = expectProblem(await send(eventId, { endpointId: hook.id }), 409, "conflict");
  expect(deleted.detail).toBe("The webhook was deleted, so there is nowhere to send it.");
  expect((await getEvent({ ctx, id: eventId })).deliveries).toBe(0);
  expect(await countRows(workspaceId)).toMatchObject({ deliveries: before.deliveries });
});

test("a test event is not sent to another webhook", async () => {
  const [one, other] = [await webhook(), await webhook()];
  const { eventId } = await testEndpoint({ ctx, id: one.id, input: { type: "a.test", data: {} } });
  expect(expectProblem(await send(eventId, { endpointId: other.id }), 409, "conflict").detail).toContain(
    "is a test",
  );
});

test("event and webhook of another workspace are answered 404, as what there is none of", async () => {
  const other = await makeOtherWorkspace();
  const hook = await webhook();
  const eventId = await publishedToNobody();
  const refused = [
    await send(eventId, { endpointId: hook.id }, other.key),
    await send(eventId, { endpointId: "ep_none" }),
    await send("evt_none", { endpointId: hook.id }),
  ];
  const details = refused.map((answer) => expectProblem(answer, 404, "not_found").detail);
  expect(details).toEqual([
    "There is no such event.",
    "There is no such webhook.",
    "There is no such event.",
  ]);
  // The event is the workspace's own, and the webhook is not.
  const theirs = await listEvents({
    ctx: { ...ctx, workspace: { ...ctx.workspace, id: other.id } },
    input: {},
  });
  expect(theirs.data).toEqual([]);
  expect(hook.receiver.ids).toEqual([]);
});

test("an event that is past retention is not found, for what it is kept with may go at any time", async () => {
  const hook = await webhook();
  const eventId = await publishedToNobody();
  const { sql } = database();
  // A week and a day later it would be: the retention of a day ends with the Monday before.
  await sql`update workspaces set retention_days = -14 where id = ${workspaceId}`;
  const answer = await send(eventId, { endpointId: hook.id });
  await sql`update workspaces set retention_days = 30 where id = ${workspaceId}`;
  expectProblem(answer, 404, "not_found");
});

test("the webhook must be named, and whoever may not send deliveries is refused", async () => {
  const hook = await webhook();
  const eventId = await publishedToNobody();
  expectFieldError(await send(eventId, {}), "endpointId", "is missing");
  const publisher = await makeKey(workspaceId, ["events:write", "events:read", "deliveries:read"]);
  expectProblem(await send(eventId, { endpointId: hook.id }, publisher), 403, "forbidden");
  const viewer = await makeCaller(ctx.workspace, "viewer");
  expectProblem(await send(eventId, { endpointId: hook.id }, viewer), 403, "forbidden");
  const member = await makeCaller(ctx.workspace, "developer");
  expectDone(await send(eventId, { endpointId: hook.id }, member), 202);
});
