import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { ledgerQuery, ledgerRangesMax } from "../contract/ledger";
import { disableEndpoint } from "../endpoints/disable-endpoint";
import { enableEndpoint } from "../endpoints/enable-endpoint";
import { health } from "../health/health";
import { runReplays } from "../replays/run-replays";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { checkLedger } from "./check-ledger";
import { getLedger } from "./get-ledger";

let workspace: TestWorkspace;
let endpointId: string;
beforeAll(async () => {
  workspace = await createTestWorkspace({ POSTHORN_LOG_LEVEL: "silent" });
  endpointId = (await workspace.addEndpoint()).id;
});
beforeEach(async () => {
  await workspace.publish(Array.from({ length: 3 }, () => ({ type: "ledger.made", data: {} })));
});
afterEach(async () => {
  await database()
    .sql`truncate events, deliveries, delivery_queue, delivery_leases, ledger_hours, ledger_deltas, ledger_alarms`;
});
afterAll(() => workspace.close());

async function check() {
  const result = await checkLedger({ everything: true });
  expect(result?.failed).toBe(0);
  return result;
}
const ledger = (query = {}) => getLedger({ ctx: workspace.ctx, input: ledgerQuery.parse(query) });

test("what was published is in the ledger, folded or not", async () => {
  const sums = { accepted: 3, pending: 3, held: 0, succeeded: 0, failed: 0, discarded: 0 };
  expect((await ledger()).total).toEqual(sums);
  expect(await check()).toMatchObject({ opened: 0, closed: 0 });
  expect(await database().sql`select 1 from ledger_deltas`).toHaveLength(0);
  const { total, data, alarms, checkedAt } = await ledger({ by: "hour" });
  expect(total).toEqual(sums);
  expect(data).toMatchObject([{ accepted: 3, open: 3, succeeded: 0 }]);
  expect(alarms).toEqual([]);
  expect(Date.parse(checkedAt ?? "")).toBeGreaterThan(0);
});

test("a disabled webhook's deliveries are held, and count as accepted", async () => {
  await disableEndpoint({ ctx: workspace.ctx, id: endpointId, input: { keepEvents: true } });
  expect((await ledger()).total).toMatchObject({ accepted: 3, pending: 0, held: 3 });
  await enableEndpoint({ ctx: workspace.ctx, id: endpointId, input: { held: "replay" } });
  await runReplays();
  expect((await ledger()).total).toMatchObject({ accepted: 3, pending: 3, held: 0 });
});

test("a delivery that vanishes opens one alarm, which closes when it is back", async () => {
  const { sql } = database();
  await sql`create table kept as select * from delivery_queue limit 1`;
  await sql`delete from delivery_queue where delivery_id in (select delivery_id from kept)`;
  expect(await check()).toMatchObject({ opened: 1, closed: 0 });
  expect(await check()).toMatchObject({ opened: 0, closed: 0 });
  expect((await ledger()).alarms).toMatchObject([
    {
      kind: "gap",
      expected: { accepted: 3, pending: 3 },
      found: { accepted: 3, pending: 2 },
      closedAt: null,
    },
  ]);
  expect(await health()).toMatchObject({ ledger: "gap", database: "ok" });

  await sql`insert into delivery_queue select * from kept`;
  await sql`drop table kept`;
  expect(await check()).toMatchObject({ opened: 0, closed: 1 });
  expect((await ledger()).alarms).toMatchObject([{ kind: "gap", closedAt: expect.any(String) }]);
  expect((await health()).ledger).toBe("ok");
});

test("a status changed behind the ledger's back opens an alarm", async () => {
  const { sql } = database();
  await sql`create table kept as select * from delivery_queue limit 1`;
  await sql`delete from delivery_queue where delivery_id in (select delivery_id from kept)`;
  await sql`insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts)
    select delivery_id, workspace_id, event_id, endpoint_id, type, test, 'succeeded', 1 from kept`;
  expect(await check()).toMatchObject({ opened: 1 });
  expect((await ledger()).alarms).toMatchObject([
    { expected: { pending: 3, succeeded: 0 }, found: { pending: 2, succeeded: 1 } },
  ]);
  await sql`truncate deliveries`;
  expect(await check()).toMatchObject({ opened: 0, closed: 0 });
  expect((await ledger()).alarms).toMatchObject([{ found: { pending: 2, succeeded: 0 } }]);
  await sql`insert into delivery_queue select * from kept`;
  await sql`drop table kept`;
  expect(await check()).toMatchObject({ closed: 1 });
});

test("an event that vanishes with its deliveries opens an alarm", async () => {
  const { sql } = database();
  await sql`truncate events, deliveries, delivery_queue, delivery_leases`;
  expect(await check()).toMatchObject({ opened: 1 });
  expect((await ledger()).alarms).toMatchObject([{ expected: { accepted: 3 }, found: { accepted: 0 } }]);
});

test("an old hour has its turn within a day", async () => {
  const { sql } = database();
  await sql`truncate events, deliveries, delivery_queue, delivery_leases, ledger_deltas`;
  const hour = new Date(Date.now() - 20 * 24 * 3_600_000);
  hour.setUTCMinutes(0, 0, 0);
  await sql`insert into ledger_hours values (${workspace.ctx.workspace.id}, ${hour.toISOString()}, 1, 0, 0, 0)`;
  const runsPerDay = (24 * 60) / 5;
  for (let run = 0; run < runsPerDay && (await health()).ledger === "ok"; run++) {
    await sql`update ledger_checks set started_at = null, compared_at = null`;
    await checkLedger();
  }
  expect((await ledger()).alarms).toMatchObject([{ from: hour.toISOString(), found: { accepted: 0 } }]);
});

test("one of several processes checks, once a minute", async () => {
  await database().sql`update ledger_checks set started_at = null`;
  const runs = await Promise.all([checkLedger(), checkLedger(), checkLedger()]);
  expect(runs.filter((run) => run !== null)).toHaveLength(1);
});

const age = (seconds: number) => database().sql`
  update delivery_queue set due_at = now() - make_interval(secs => ${seconds})
  where delivery_id = (select min(delivery_id::text)::uuid from delivery_queue)`;

test("a delivery due for more than a minute opens an alarm, and its record closes it", async () => {
  const { sql } = database();
  await sql`update endpoint_states set next_due_at = now() - interval '1 hour'`;
  await age(30);
  expect(await check()).toMatchObject({ opened: 0 });
  expect((await ledger()).oldestDue).toMatchObject({ endpointId });
  await age(90);
  expect(await check()).toMatchObject({ opened: 1 });
  const { oldestDue, alarms } = await ledger();
  expect(oldestDue?.ageSeconds).toBeGreaterThanOrEqual(90);
  expect(alarms).toMatchObject([{ kind: "late", deliveryId: oldestDue?.deliveryId, closedAt: null }]);
  expect((await health()).ledger).toBe("late");
  await age(-3_600);
  expect(await check()).toMatchObject({ closed: 1 });
  expect((await health()).ledger).toBe("ok");
});

test.each([
  ["held by a disabled webhook", "update endpoint_states set disabled_at = now()"],
  ["left for later", "update endpoints set generation = generation + 1"],
  ["waiting for a probe", "update endpoint_states set consecutive_failures = 5"],
  [
    "leased",
    `insert into delivery_leases (endpoint_id, token, leased_until, deliveries)
      select endpoint_id, gen_random_uuid(), now() + interval '10 seconds', array_agg(delivery_id)
      from delivery_queue group by 1`,
  ],
  ["waiting for its rate", "update endpoint_states set next_due_at = now() + interval '10 seconds'"],
  [
    "waiting for its turn",
    `insert into endpoint_hours select endpoint_id, date_trunc('hour', now()), 1, 1, 1, 1, '{}', now() from endpoint_states`,
  ],
])("what is %s is not late", async (_, statement) => {
  const { sql } = database();
  await sql`update endpoint_states set next_due_at = now() - interval '1 hour'`;
  await sql`update delivery_queue set due_at = now() - interval '1 hour'`;
  expect(await check()).toMatchObject({ opened: 1 });
  await sql.unsafe(statement);
  expect(await check()).toMatchObject({ closed: 1 });
  await sql`update endpoint_states set disabled_at = null, consecutive_failures = 0`;
  await sql`update endpoints set generation = 0`;
  await sql`truncate endpoint_hours, delivery_leases`;
});

test("a delivery that others of its webhook overtake is late", async () => {
  const { sql } = database();
  await sql`update endpoint_states set next_due_at = now() - interval '1 hour'`;
  await sql`insert into endpoint_hours select endpoint_id, date_trunc('hour', now()), 1, 1, 1, 1, '{}', now() from endpoint_states`;
  await sql`insert into delivery_leases (endpoint_id, token, leased_until, deliveries)
    select endpoint_id, gen_random_uuid(), now() + interval '10 seconds', array_agg(delivery_id)
    from delivery_queue where delivery_id <> (select min(delivery_id::text)::uuid from delivery_queue) group by 1`;
  await sql`update delivery_queue set due_at = now() - interval '1 hour'
    where delivery_id = (select min(delivery_id::text)::uuid from delivery_queue)`;
  expect(await check()).toMatchObject({ opened: 1 });
  await sql`truncate endpoint_hours`;
});

test("the ledger is read in bounded ranges", async () => {
  const day = 24 * 3_600_000;
  const from = new Date(Date.now() - (ledgerRangesMax + 1) * day).toISOString();
  await expect(ledger({ from })).rejects.toThrow(`from: must be at most ${ledgerRangesMax} days before to`);
  await expect(ledger({ from, to: from })).rejects.toThrow("from: must be before to");
});
