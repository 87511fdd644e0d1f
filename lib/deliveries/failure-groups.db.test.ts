import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { claimDeliveries } from "@/db/queries/claim-deliveries";
import { foldGroupDeltas, recountFailureGroups } from "@/db/queries/fold-group-deltas";
import { recordAttempts } from "@/db/queries/record-attempts";
import { releaseLeases } from "@/db/queries/release-leases";
import { attemptRecord } from "@/db/testing/attempt-record";
import { fromPublicId, newId } from "../core/ids";
import { closeAgent } from "../delivery/http-client/agent";
import { groupsPerEndpointMax, withFailureGroups } from "../delivery/record/failure-groups";
import { runChunk } from "../replays/run-chunk";
import { startReplay } from "../replays/start-replay";
import { Random } from "../testing/random.mjs";
import { randomSteps } from "../testing/random-steps";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { listFailureGroups } from "./list-failure-groups";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(async () => {
  await closeAgent();
  await workspace.close();
});

/** Deliveries of each group and type, by the counts. */
async function counted(): Promise<Record<string, number>> {
  const rows = await database().sql<{ key: string; n: number }[]>`
    select group_id || ' ' || type as key, sum(n)::int as n from (
      select group_id, type, n from failure_group_buckets union all select group_id, type, n from failure_group_deltas
    ) c group by 1 having sum(n) <> 0`;
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

/** The group of each delivery's last attempt. */
const lastGroup = new Map<string, string | null>();

/** The same one delivery after the other, from what is known of its last attempt. */
async function grouped(): Promise<Record<string, number>> {
  const rows = await database().sql<{ id: string; type: string }[]>`
    select id, type from delivery_log where listed and not test and status in ('pending', 'failed')`;
  const groups: Record<string, number> = {};
  for (const { id, type } of rows) {
    const group = lastGroup.get(id);
    if (group) groups[`${group} ${type}`] = (groups[`${group} ${type}`] ?? 0) + 1;
  }
  return groups;
}

const answers = [
  { httpStatus: 200, body: "ok" },
  { httpStatus: 500, body: "db pool exhausted (conn " },
  { httpStatus: 500, body: "out of memory, job " },
  { httpStatus: 503, body: "db pool exhausted (conn " },
] as const;

test.each([1, 2, 3])(
  "whatever is published, sent, retried and discarded, the groups are those of a naive count (seed %i)",
  async (seed) => {
    const { ctx } = workspace;
    const { sql } = database();
    const random = new Random(seed);
    const below = (n: number) => random.below(n);
    const people = await randomSteps(workspace, random);
    const { retry, toggle, replaceEndpoint } = people;

    async function publish() {
      await workspace.publish(
        Array.from({ length: 1 + below(5) }, () => ({ type: `groups.t${below(3)}`, data: {} })),
      );
    }

    async function attempt() {
      const { deliveries: claimed } = await claimDeliveries(sql, {
        slots: 1 + below(12),
        bytes: 1e6,
        leaseSeconds: 60,
      });
      const records = await withFailureGroups(
        sql,
        claimed.map((one) => {
          const { httpStatus, body } = answers[below(answers.length)] ?? answers[0];
          const status = httpStatus === 200 ? "succeeded" : below(2) === 0 ? "failed" : "pending";
          const outcome = one.pending || status === "succeeded" ? status : null;
          return attemptRecord(one, {
            token: below(8) === 0 ? newId() : one.token,
            httpStatus,
            responseBody: Buffer.from(`${body}${below(1_000)})`),
            status: outcome,
            dueAt: outcome === "pending" ? new Date().toISOString() : null,
          });
        }),
      );
      const isOurs = new Set(claimed.map(({ id, token }) => `${id} ${token}`));
      for (const one of records)
        if (isOurs.has(`${one.deliveryId} ${one.token}`)) lastGroup.set(one.deliveryId, one.failureGroup);
      await recordAttempts(sql, { records, hours: [], endpoints: [], probeDelayMs: () => 0 });
      // The same again, as when the connection was lost.
      if (below(4) === 0)
        await recordAttempts(sql, { records, hours: [], endpoints: [], probeDelayMs: () => 0 });
      await releaseLeases(sql, claimed);
    }

    async function replay() {
      await startReplay({ ctx, input: { filter: { status: ["failed", "discarded"] } } });
      await runChunk(ctx.db);
    }

    const workOnReplays = () => runChunk(ctx.db);
    const fold = () => Promise.all([foldGroupDeltas(sql), foldGroupDeltas(sql)]);
    const steps = [publish, publish, attempt, attempt, attempt, retry, replay, toggle, workOnReplays, fold];
    for (let n = 0; n < 150; n++) {
      const step = n % 40 === 39 ? replaceEndpoint : (steps[below(steps.length)] ?? publish);
      await step();
      expect(await counted(), `after step ${n}, ${step.name}`).toEqual(await grouped());
    }
    expect(await recountFailureGroups(sql)).toBe(0);
    expect(Object.keys(await counted()).length).toBeGreaterThan(0);
    await people.deleteEndpoints();
  },
);

test("what an older version recorded, or went past retention, is counted anew", async () => {
  const { sql } = database();
  await workspace.addEndpoint({ eventTypes: ["groups.older"] });
  await workspace.publish([1, 2, 3].map(() => ({ type: "groups.older", data: {} })));
  const { deliveries: claimed } = await claimDeliveries(sql, { slots: 50, bytes: 1e6, leaseSeconds: 60 });
  const ours = claimed.filter(({ type }) => type === "groups.older");
  const records = await withFailureGroups(
    sql,
    ours.map((one) => attemptRecord(one, { httpStatus: 500, status: "failed" })),
  );
  await recordAttempts(sql, { records, hours: [], endpoints: [], probeDelayMs: () => 0 });
  await releaseLeases(sql, claimed);
  const group = records[0]?.failureGroup ?? "";
  expect(await counted()).toMatchObject({ [`${group} groups.older`]: 3 });
  await sql`delete from deliveries where id = ${ours[0]?.id ?? ""}`;
  expect(await recountFailureGroups(sql)).toBe(1);
  expect(await counted()).toMatchObject({ [`${group} groups.older`]: 2 });
  await sql`delete from deliveries where failure_group_id = ${group}`;
  await sql`update failure_groups set last_seen_at = now() - interval '2 days' where id = ${group}`;
  await recountFailureGroups(sql);
  expect(await sql`select from failure_groups where id = ${group}`).toHaveLength(0);
});

test("a webhook whose answers never say the same has a bounded number of groups", async () => {
  const { sql } = database();
  const { id } = await workspace.addEndpoint({ eventTypes: ["groups.many"] });
  const n = groupsPerEndpointMax + 60;
  await workspace.publish(Array.from({ length: n }, () => ({ type: "groups.many", data: {} })));
  const letters = (at: number) => String.fromCharCode(103 + (at % 19), 103 + Math.floor(at / 19)).repeat(3);
  const seen: (string | null)[] = [];
  while (seen.length < n) {
    const { deliveries: claimed } = await claimDeliveries(sql, { slots: 500, bytes: 1e7, leaseSeconds: 60 });
    const made = claimed
      .filter(({ type }) => type === "groups.many")
      .map((one, at) => {
        const responseBody = Buffer.from(letters(seen.length + at));
        return attemptRecord(one, { httpStatus: 500, status: "failed", responseBody });
      });
    const records = await withFailureGroups(sql, made);
    await recordAttempts(sql, { records, hours: [], endpoints: [], probeDelayMs: () => 0 });
    await releaseLeases(sql, claimed);
    seen.push(...records.map(({ failureGroup }) => failureGroup));
  }
  expect(new Set(seen).size).toBe(groupsPerEndpointMax + 1);
  const { ctx } = workspace;
  const { data, total } = await listFailureGroups({ ctx, input: { endpointId: [id], limit: "5" } });
  expect(data).toHaveLength(5);
  expect(data[0]).toMatchObject({ count: 60, text: "" });
  expect(total).toEqual({ groups: groupsPerEndpointMax + 1, deliveries: n });
});

test("of the worst, a new outage is not hidden by larger groups that are old, nor these by it", async () => {
  const { sql } = database();
  const { ctx } = workspace;
  const { id } = await workspace.addEndpoint({ eventTypes: ["groups.worst"] });
  const endpointId = fromPublicId("endpoint", id);
  const add = async (text: string, n: number, age: string) => {
    const group = newId();
    await sql`
      insert into failure_groups (id, workspace_id, endpoint_id, http_status, text, sample_delivery_id, first_seen_at, last_seen_at)
      values (${group}, ${ctx.workspace.id}, ${endpointId}, 500, ${text}, ${newId()}, now() - ${age}::interval, now())`;
    await sql`
      insert into failure_group_buckets (workspace_id, group_id, bucket, type, n)
      values (${ctx.workspace.id}, ${group}, date_bin('5 minutes', now(), '2026-01-01'), 'groups.worst', ${n})`;
  };
  for (const n of [400, 300, 200, 100]) await add(`old ${n}`, n, "6 hours");
  await add("one failure", 1, "1 minute");
  for (const n of [22, 21, 20]) await add(`new ${n}`, n, "5 minutes");
  const { data } = await listFailureGroups({
    ctx,
    input: { endpointId: [id], order: "worst", limit: "5" },
  });
  expect(data.map(({ text }) => text).toSorted()).toEqual([
    "new 20",
    "new 21",
    "new 22",
    "old 300",
    "old 400",
  ]);
});
