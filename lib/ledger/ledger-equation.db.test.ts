import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { database } from "@/db/connection/database";
import { claimDeliveries } from "@/db/queries/claim-deliveries";
import { compareLedger } from "@/db/queries/compare-ledger";
import { foldDeliveryDeltas } from "@/db/queries/fold-delivery-deltas";
import { foldLedgerDeltas } from "@/db/queries/fold-ledger-deltas";
import { recordAttempts } from "@/db/queries/record-attempts";
import type { AttemptRecord } from "@/db/queries/record-parameters";
import { releaseLeases } from "@/db/queries/release-leases";
import { attemptRecord } from "@/db/testing/attempt-record";
import { ledgerQuery } from "../contract/ledger";
import { newId, toPublicId } from "../core/ids";
import { closeAgent } from "../delivery/http-client/agent";
import { drainDue } from "../delivery/worker/drain";
import { deleteEndpoint } from "../endpoints/delete-endpoint";
import { deliverEvent } from "../events/deliver-event";
import { signalDue } from "../platform/signals";
import { runChunk } from "../replays/run-chunk";
import { drain } from "../testing/drain";
import { Random } from "../testing/random.mjs";
import { randomSteps } from "../testing/random-steps";
import { startTestReceiver } from "../testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { getLedger } from "./get-ledger";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

/** The hour of now, and the one before. */
function thisHour(): { from: Date; to: Date } {
  const hour = 3_600_000;
  return { from: new Date(Math.floor(Date.now() / hour) * hour - hour), to: new Date(Date.now() + hour) };
}

/** Minutes of endpoints, hours of endpoints and hours of the ledger whose counts are not those of the tables, counted naively. */
async function countedWrongly() {
  const { sql } = database();
  return sql`
    with stored as (
      select endpoint_id::text as of, date_trunc('minute', to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000)) as at,
        count(*) filter (where status = 'succeeded') as s, count(*) filter (where status = 'failed') as f,
        count(*) filter (where status = 'discarded') as d
      from deliveries where not test group by 1, 2
    ), minutes as (
      select endpoint_id::text as of, minute as at, sum(succeeded) as s, sum(failed) as f, sum(discarded) as d
      from (select endpoint_id, minute, succeeded, failed, discarded from delivery_minutes
        union all select endpoint_id, minute, succeeded, failed, discarded from delivery_deltas) m
      group by 1, 2
    ), hours as (
      select endpoint_id::text as of, hour as at, sum(succeeded) as s, sum(failed) as f, sum(discarded) as d
      from (select endpoint_id, hour, succeeded, failed, discarded from delivery_hours
        union all select endpoint_id, date_trunc('hour', minute), succeeded, failed, discarded from delivery_deltas) h
      group by 1, 2
    )
    select 'minute', m.*, t.* from stored t full join minutes m using (of, at)
      where (coalesce(t.s, 0), coalesce(t.f, 0), coalesce(t.d, 0)) is distinct from (coalesce(m.s, 0), coalesce(m.f, 0), coalesce(m.d, 0))
    union all
    select 'hour', h.*, t.* from hours h full join (
      select of, date_trunc('hour', at) as at, sum(s) as s, sum(f) as f, sum(d) as d from stored group by 1, 2
    ) t using (of, at)
      where (coalesce(t.s, 0), coalesce(t.f, 0), coalesce(t.d, 0)) is distinct from (coalesce(h.s, 0), coalesce(h.f, 0), coalesce(h.d, 0))
    union all
    select 'events', '', now(), n, events, 0, '', now(), 0, 0, 0
    from (select count(*) as n from events where not test) e cross join (
      select sum(events) as events from (select events from ledger_hours union all select events from ledger_deltas) l
    ) l where n <> coalesce(events, 0)`;
}

const results = [
  { status: "succeeded", dueAt: null, httpStatus: 200 },
  { status: "failed", dueAt: null, httpStatus: 500 },
  { status: "pending", dueAt: "now", httpStatus: 500 },
] as const;

test.each([1, 2, 3])(
  "whatever is published, sent, retried and discarded, the ledger adds up (seed %i)",
  async (seed) => {
    const { ctx } = workspace;
    const { sql } = database();
    const random = new Random(seed);
    const below = (n: number) => random.below(n);
    const people = await randomSteps(workspace, random);
    const { toggle, replaceEndpoint } = people;
    const retried = new Set<string>();

    async function publish() {
      await workspace.publish(
        Array.from({ length: 1 + below(5) }, () => {
          const event = { type: `ledger.t${below(3)}`, data: {}, deliver: below(5) > 0 };
          const idempotencyKey = `${event.type}-${event.deliver}-${below(10)}`;
          return below(3) === 0 ? { ...event, idempotencyKey } : event;
        }),
      );
    }

    async function attempt() {
      const { deliveries: claimed } = await claimDeliveries(sql, {
        slots: 1 + below(12),
        bytes: 1e6,
        leaseSeconds: 60,
      });
      const records = claimed.map((one): AttemptRecord => {
        const result = results[below(results.length)] ?? results[0];
        const outcome = one.pending || result.status === "succeeded" ? result.status : null;
        return attemptRecord(one, {
          token: below(8) === 0 ? newId() : one.token,
          httpStatus: result.httpStatus,
          status: outcome,
          dueAt: outcome === "pending" ? new Date().toISOString() : null,
        });
      });
      await recordAttempts(sql, { records, hours: [], endpoints: [], probeDelayMs: () => 0 });
      await releaseLeases(sql, claimed);
    }

    async function retry() {
      const status = await people.retry();
      if (status) retried.add(status);
    }

    async function deliver() {
      const [one] = await sql<{ id: string }[]>`
        select id from events order by md5(id::text || ${below(1_000)}::text) limit 1`;
      if (!one) return;
      const input = { endpointId: people.anyEndpoint() };
      await deliverEvent({ ctx, id: toPublicId("event", one.id), input }).then(
        () => retried.add("added"),
        (error: unknown) => expect(error).toMatchObject({ code: "conflict" }),
      );
    }

    async function workOnReplays() {
      await runChunk(ctx.db);
    }

    const steps = [
      workOnReplays,
      publish,
      publish,
      attempt,
      attempt,
      attempt,
      retry,
      retry,
      deliver,
      toggle,
      replaceEndpoint,
    ];
    for (let n = 0; n < 160; n++) {
      const step = steps[below(steps.length)] ?? publish;
      await step();
      expect(await compareLedger(sql, thisHour()), `after step ${n}, ${step.name}`).toEqual([]);
      expect(await countedWrongly(), `after step ${n}, ${step.name}`).toEqual([]);
      if (below(10) === 0) {
        await Promise.all(
          [foldLedgerDeltas, foldLedgerDeltas, foldDeliveryDeltas, foldDeliveryDeltas].map((fold) =>
            fold(sql),
          ),
        );
      }
    }
    const { total } = await getLedger({ ctx, input: ledgerQuery.parse({}) });
    const counted = await sql<{ status: string; n: number }[]>`
      select status, count(*)::int as n from delivery_log where listed and not test group by status`;
    const sums = Object.fromEntries(counted.map(({ status, n }) => [status, n]));
    expect(total.pending + total.held).toBe(sums.pending ?? 0);
    expect(total).toMatchObject({
      succeeded: sums.succeeded,
      failed: sums.failed,
      discarded: sums.discarded,
    });
    expect(total.accepted).toBe(
      total.pending + total.held + total.succeeded + total.failed + total.discarded,
    );
    expect([...retried]).toEqual(expect.arrayContaining(["failed", "succeeded", "added"]));
    await people.deleteEndpoints();
  },
);

test("the ledger adds up at every moment while events are published and sent", async () => {
  const { sql } = database();
  let answered = 0;
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  receiver.reply(() => {
    answered += 1;
    return { status: answered % 7 === 0 ? 500 : 200 };
  });
  const { id } = await workspace.addEndpoint({
    url: receiver.url,
    eventTypes: ["ledger.busy"],
  });
  let busy = true;
  const work = (async () => {
    const draining = drainDue({ idleWaitMs: 500 });
    for (let n = 0; n < 30; n++) {
      await workspace.publish(Array.from({ length: 10 }, () => ({ type: "ledger.busy", data: {} })));
      signalDue();
    }
    await draining;
    // A publish that took longer than the drain waits idle left the rest due.
    await drain();
    busy = false;
  })();
  const moments = new Set<string>();
  while (busy) {
    expect(await compareLedger(sql, thisHour())).toEqual([]);
    const { total } = await getLedger({ ctx: workspace.ctx, input: ledgerQuery.parse({}) });
    moments.add(JSON.stringify(total));
    await foldLedgerDeltas(sql);
  }
  await work;
  expect(answered).toBeGreaterThanOrEqual(300);
  expect(moments.size).toBeGreaterThan(2);
  await deleteEndpoint({ ctx: workspace.ctx, id });
});
