import { afterAll, expect, test } from "vitest";
import * as overview from "@/app/api/v1/overview/route";
import { database } from "@/db/connection/database";
import type { OverviewOutput } from "../contract/stats";
import { fromPublicId } from "../core/ids";
import { closeAgent } from "../delivery/http-client/agent";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import { call, expectDone, expectFieldError, makeOtherWorkspace, startTestApi } from "../testing/api";
import { drain } from "../testing/drain";
import { answerWith, startTestReceiver } from "../testing/test-receiver.mjs";

const { ctx, key, addEndpoint, publish } = await startTestApi();
const receiver = await startTestReceiver();
const failing = await startTestReceiver();
failing.answer = answerWith(500);
afterAll(closeAgent);
afterAll(() => Promise.all([receiver.close(), failing.close()]));

const read = (query = "", as = key) => call<OverviewOutput>(overview, "GET", `/overview${query}`, { as });

test("a workspace without anything has zeros, and no rate", async () => {
  const { key: other } = await makeOtherWorkspace();
  const answer = await read("", other);
  expectDone(answer);
  expect(answer.body).toMatchObject({
    today: { events: 0, deliveries: 0, due: 0, successRate: null, p50Ms: null },
    yesterday: { events: 0, deliveries: 0 },
    attention: [],
    held: { count: 0, endpoints: 0 },
    ledger: { accepted: 0, openAlarms: 0 },
    countedFrom: null,
  });
  expect(answer.body.hours).toHaveLength(24);
});

test("today is counted as it is now: events without deliveries too, and what was due and delivered", async () => {
  const good = await addEndpoint({ url: receiver.url, eventTypes: ["over.good"] });
  const bad = await addEndpoint({ url: failing.url, eventTypes: ["over.bad"] });
  const held = await addEndpoint({ eventTypes: ["over.held"] });
  await disableEndpoint({ ctx, id: held.id, input: {} });
  await publish(
    ["over.good", "over.good", "over.good", "over.bad", "over.held", "over.nobody"].map((type) => ({
      type,
      data: {},
    })),
  );
  await drain();
  const { today, hours, attention, held: holds, ledger } = (await read()).body;
  expect(today).toMatchObject({ events: 6, deliveries: 5, due: 4, succeeded: 3, successRate: 0.75 });
  expect(today.p50Ms).toBeGreaterThan(0);
  expect(today.p95Ms).toBeGreaterThanOrEqual(today.p50Ms ?? 0);
  expect(hours.at(-1)).toMatchObject({ succeeded: 3, retrying: 1, held: 1, failed: 0 });
  expect(holds).toEqual({ count: 1, endpoints: 1 });
  expect(ledger).toMatchObject({ accepted: 5, pending: 1, held: 1, succeeded: 3 });
  expect(attention).toMatchObject([
    { endpointId: bad.id, problem: "failing", nextStep: "show_failures" },
    { endpointId: held.id, problem: "holds_events", nextStep: "decide_held" },
  ]);
  expect(attention.some(({ endpointId }) => endpointId === good.id)).toBe(false);
});

test("what a rule disabled comes first, then what backs off", async () => {
  const [backsOff, byRule] = [await addEndpoint({}), await addEndpoint({})];
  const { sql } = database();
  await sql`update endpoint_states set consecutive_failures = 7 where endpoint_id = ${fromPublicId("endpoint", backsOff.id)}`;
  await sql`update endpoint_states set consecutive_failures = 20, disabled_at = now(), disabled_cause = 'failures'
    where endpoint_id = ${fromPublicId("endpoint", byRule.id)}`;
  const { attention } = (await read()).body;
  expect(attention.slice(0, 2)).toMatchObject([
    { endpointId: byRule.id, problem: "disabled_by_rule", nextStep: "enable" },
    { endpointId: backsOff.id, problem: "backs_off", nextStep: "try_now" },
  ]);
});

test("yesterday counts to the same time of day, of its last hour in proportion", async () => {
  const { id, key: other } = await makeOtherWorkspace();
  const { sql } = database();
  const { from, to } = (await read("?timeZone=UTC", other)).body.yesterday;
  const lastHour = new Date(Math.floor(Date.parse(to) / 3_600_000) * 3_600_000);
  const share = (Date.parse(to) - lastHour.getTime()) / 3_600_000;
  await sql`insert into ledger_hours (workspace_id, hour, accepted, succeeded, failed, discarded, events)
    values (${id}, ${lastHour.toISOString()}, 2000000, 0, 0, 0, 1000000),
      (${id}, ${new Date(lastHour.getTime() + 3_600_000).toISOString()}, 7, 0, 0, 0, 7)`;
  const { yesterday } = (await read("?timeZone=UTC", other)).body;
  expect(yesterday.from).toBe(from);
  // Between the two requests the share grows by what they take.
  expect(yesterday.events).toBeGreaterThanOrEqual(Math.floor(share * 1_000_000));
  expect(yesterday.events).toBeLessThan(share * 1_000_000 + 10_000);
  expect(Math.abs(yesterday.deliveries - 2 * yesterday.events)).toBeLessThanOrEqual(1);
});

test("today begins at midnight of the time zone, and one that there is not is refused", async () => {
  const { today } = (await read("?timeZone=Asia/Tokyo")).body;
  expect(new Date(today.from).getUTCHours()).toBe(15);
  expect(Date.now() - Date.parse(today.from)).toBeLessThanOrEqual(86_400_000);
  expectFieldError(await read("?timeZone=Nowhere"), "timeZone", "must be a time zone");
});
