import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { database } from "@/db/connection/database";
import { findCompleteFrom, recountDeliveries } from "@/db/queries/recount-deliveries";
import { completeSince } from "../core/ledger";
import { drain } from "../testing/drain";
import { startTestReceiver } from "../testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { checkLedger } from "./check-ledger";
import { countDeliveries } from "./count-deliveries";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(() => workspace.close());

const hourMs = 3_600_000;
const thisHour = () => ({ from: new Date(Date.now() - hourMs), to: new Date(Date.now() + hourMs) });

async function counted() {
  const [row] = await database().sql`
    select coalesce(sum(succeeded), 0)::int as succeeded, coalesce(sum(failed), 0)::int as failed,
      (select sum(events)::int from (select events from ledger_hours union all select events from ledger_deltas) l) as events
    from (select succeeded, failed from delivery_minutes union all select succeeded, failed from delivery_deltas) c`;
  return row;
}

async function sendSome(count: number) {
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  const { id } = await workspace.addEndpoint({ url: receiver.url, eventTypes: ["count.me"] });
  await workspace.publish(Array.from({ length: count }, () => ({ type: "count.me", data: {} })));
  await drain();
  return id;
}

test("an installation without deliveries has nothing to count", async () => {
  expect(await findCompleteFrom(database().sql)).toEqual(completeSince);
});

test("what was there before it was counted is counted once, whoever does it at once", async () => {
  const { sql } = database();
  await sendSome(12);
  expect(await counted()).toMatchObject({ succeeded: 12, events: 12 });
  // As of a version that does not count.
  await sql`truncate delivery_minutes, delivery_hours, delivery_deltas`;
  await sql`update ledger_hours set events = 0`;
  await sql`update ledger_deltas set events = 0`;
  await sql`update delivery_counts set complete_from = null`;
  const retainedFrom = new Date(Date.now() - 3 * hourMs);
  const now = new Date();
  await Promise.all([countDeliveries({ retainedFrom, now }), countDeliveries({ retainedFrom, now })]);
  expect(await counted()).toMatchObject({ succeeded: 12, events: 12 });
  expect(await findCompleteFrom(sql)).toEqual(completeSince);
  expect(await recountDeliveries(sql, thisHour())).toBe(0);
});

test("what an older version ends beside this one is counted by the ledger's next check", async () => {
  const { sql } = database();
  const before = await counted();
  await sendSome(5);
  await sql`delete from delivery_deltas`;
  await checkLedger({ everything: true });
  expect(await counted()).toMatchObject({ succeeded: before?.succeeded + 5, events: before?.events + 5 });
});
