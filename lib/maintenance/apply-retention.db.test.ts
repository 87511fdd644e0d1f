import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { createPartitions } from "@/db/queries/create-partitions";
import { foldLedgerDeltas } from "@/db/queries/fold-ledger-deltas";
import { discardPastRetention, findRetentions } from "@/db/queries/remove-past-retention";
import { fromPublicId } from "../core/ids";
import { checkLedger } from "../ledger/check-ledger";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { applyRetention } from "./apply-retention";

const dayMs = 24 * 3_600_000;
const main = { workspaceId: "", endpointId: "" };
const other = { workspaceId: v7(), endpointId: v7() };

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace({ POSTHORN_LOG_LEVEL: "silent" });
  main.workspaceId = workspace.ctx.workspace.id;
  main.endpointId = fromPublicId("endpoint", (await workspace.addEndpoint()).id) ?? "";
  const { sql } = database();
  await sql`insert into workspaces (id, slug, name, retention_days) values (${other.workspaceId}, 'other', 'Other', 7)`;
  await sql`insert into endpoints (id, workspace_id, url, name, signature, headers)
    values (${other.endpointId}, ${other.workspaceId}, 'http://127.0.0.1:9/', 'Hook', 'hmac', '{}')`;
});
afterEach(async () => {
  await database()
    .sql`truncate events, deliveries, delivery_queue, delivery_leases, attempts, endpoint_hours, endpoint_transitions,
    emails, ledger_hours, ledger_deltas, ledger_alarms`;
});
afterAll(() => workspace.close());

/** An event of so many days ago with its delivery and its place in every table that grows. */
async function accept(
  daysAgo: number,
  { workspaceId, endpointId } = main,
  status: "pending" | "succeeded" = "succeeded",
): Promise<string> {
  const { db, sql } = database();
  const msecs = Date.now() - daysAgo * dayMs;
  const time = new Date(msecs).toISOString();
  const hour = new Date(Math.floor(msecs / 3_600_000) * 3_600_000).toISOString();
  await createPartitions(db, new Date(msecs));
  const [eventId, deliveryId, attemptId] = [v7({ msecs }), v7({ msecs }), v7({ msecs })].sort();
  await sql`insert into events (id, workspace_id, type, test, timestamp, body, body_bytes, deliveries)
    values (${eventId ?? ""}, ${workspaceId}, 'a', false, ${time}, '{}', 2, 1)`;
  await sql`insert into attempts (id, delivery_id, number, trigger, url, started_at,
      duration_ms, request_headers, response_truncated)
    values (${attemptId ?? ""}, ${deliveryId ?? ""}, 1, 'automatic', '', ${time}, 1, '{}', false)`;
  if (status === "pending") {
    await sql`insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, due_at,
        attempts, automatic_attempts, type, body_bytes)
      values (${workspaceId}, ${deliveryId ?? ""}, ${endpointId}, ${eventId ?? ""}, 0, true, ${time}, 1, 1, 'a', 2)`;
  } else {
    await sql`insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts)
      values (${deliveryId ?? ""}, ${workspaceId}, ${eventId ?? ""}, ${endpointId}, 'a', false, ${status}, 1)`;
  }
  const succeeded = status === "succeeded" ? 1 : 0;
  await sql`insert into ledger_deltas values (${workspaceId}, ${hour}, 1, ${succeeded}, 0, 0)`;
  await sql`insert into endpoint_hours values (${endpointId}, ${hour}, 1, 1, 1, 1, '{}', ${time}) on conflict do nothing`;
  await sql`insert into endpoint_transitions (id, workspace_id, endpoint_id, kind, consecutive_failures, created_at)
    values (${v7({ msecs })}, ${workspaceId}, ${endpointId}, 'recovered', 0, ${time})`;
  await sql`insert into emails (id, workspace_id, recipient, subject, text, html, status, created_at)
    values (${v7({ msecs })}, ${workspaceId}, 'ana@example.com', '', '', '', 'sent', ${time})`;
  return eventId ?? "";
}

const tables = [
  "events",
  "deliveries",
  "attempts",
  "endpoint_hours",
  "endpoint_transitions",
  "emails",
  "ledger_hours",
] as const;

async function countRows(): Promise<Record<string, number>> {
  const { sql } = database();
  await foldLedgerDeltas(sql);
  const counts: Record<string, number> = {};
  for (const table of [...tables, "delivery_queue"] as const) {
    const [row] = await sql.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`);
    counts[table] = row?.n ?? 0;
  }
  return counts;
}

const each = (n: number) => Object.fromEntries(tables.map((table) => [table, n]));

test("weeks that no workspace keeps any longer are dropped, with everything that belongs to them", async () => {
  await accept(44);
  await accept(29);
  await accept(0);
  const run = await applyRetention();
  expect(run).toMatchObject({ discarded: 0, inUse: [] });
  expect(run.dropped.filter((name) => name.startsWith("events_")).length).toBeGreaterThan(0);
  expect(await countRows()).toMatchObject(each(2));
  expect(await checkLedger({ everything: true })).toMatchObject({ opened: 0, failed: 0 });
  expect(await applyRetention()).toEqual({ discarded: 0, dropped: [], inUse: [], deleted: 0 });
});

test("a workspace that keeps less is rid of its rows while another keeps its own of the same week", async () => {
  await accept(20);
  await accept(20, other);
  await accept(0, other);
  expect((await applyRetention()).deleted).toBeGreaterThan(0);
  expect(await countRows()).toMatchObject(each(2));
  const { sql } = database();
  const left = await sql`select 1 from events where workspace_id = ${other.workspaceId} union all
    select 1 from delivery_log where listed and workspace_id = ${other.workspaceId}`;
  expect(left).toHaveLength(2);
  expect(await checkLedger({ everything: true })).toMatchObject({ opened: 0, failed: 0 });
});

test("what is still pending or held by then is discarded first, and counted in the ledger", async () => {
  await accept(44, main, "pending");
  await accept(0, main, "pending");
  const { sql } = database();
  const [retention] = (await findRetentions(sql)).filter((one) => one.workspaceId === main.workspaceId);
  expect(retention && (await discardPastRetention(sql, retention))).toBe(1);
  expect(
    await sql`select status, discard_reason, undelivered from delivery_log where listed order by id`,
  ).toEqual([
    { status: "discarded", discard_reason: "held_past_retention", undelivered: true },
    { status: "pending", discard_reason: null, undelivered: false },
  ]);
  await foldLedgerDeltas(sql);
  expect(await sql`select accepted, discarded from ledger_hours order by hour`).toEqual([
    { accepted: 1, discarded: 1 },
    { accepted: 1, discarded: 0 },
  ]);

  await accept(44, main, "pending");
  expect(await applyRetention()).toMatchObject({ discarded: 1 });
  expect(await countRows()).toMatchObject({ ...each(1), deliveries: 0, delivery_queue: 1 });
});

test("dropping waits for whoever reads the week, and publishing does not wait for it", async () => {
  await accept(44);
  const { sql } = database();
  const reading = await sql.reserve();
  await reading`begin`;
  await reading`set local idle_in_transaction_session_timeout = 0`;
  await reading`select count(*) from events`;
  let finished = false;
  const run = applyRetention().finally(() => {
    finished = true;
  });
  for (let n = 0; n < 20; n++) await workspace.publish({ type: "retention.published", data: {} });
  expect(finished).toBe(false);
  await reading`commit`;
  reading.release();
  expect(await run).toMatchObject({
    inUse: [],
    dropped: expect.arrayContaining([expect.stringMatching(/^events_/)]),
  });
  expect((await countRows()).events).toBe(20);
});

test("a delivery made a moment after its event goes with it, though its id belongs to the next week", async () => {
  const { sql } = database();
  const eventId = await accept(44);
  const [retention] = (await findRetentions(sql)).filter((one) => one.workspaceId === main.workspaceId);
  const msecs = (retention?.from.getTime() ?? 0) + 5;
  await createPartitions(database().db, new Date(msecs));
  await sql`insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts)
    values (${v7({ msecs })}, ${main.workspaceId}, ${eventId}, ${main.endpointId}, 'a', false, 'succeeded', 1)`;
  await applyRetention();
  expect(await countRows()).toMatchObject(each(0));
});

test("replays that have ended go with their time, and those that have not stay", async () => {
  const { sql } = database();
  const [old, recent, running] = [v7(), v7(), v7()];
  const finished = new Map([
    [old, new Date(Date.now() - 44 * dayMs).toISOString()],
    [recent, new Date().toISOString()],
    [running, null],
  ]);
  for (const [id, finishedAt] of finished) {
    await sql`insert into replays (id, workspace_id, kind, status, total, created_by, created_at, finished_at)
      values (${id}, ${main.workspaceId}, 'replay', 'done', 1, 'Ana', now() - interval '60 days', ${finishedAt})`;
  }
  await applyRetention();
  expect(await sql`select id from replays order by id`).toEqual([{ id: recent }, { id: running }]);
  await sql`delete from replays`;
});

test("sessions go once they have expired or were ended, and the audit log's rows after 400 days", async () => {
  const { sql } = database();
  const [user] = await sql<{ id: string }[]>`select id from users limit 1`;
  if (!user) throw new Error("there is no user");
  await sql`delete from sessions`;
  const open = v7();
  await sql`insert into sessions (id, user_id, expires_at, revoked_at) values
    (${open}, ${user.id}, now() + interval '1 hour', null),
    (${v7()}, ${user.id}, now() - interval '1 second', null),
    (${v7()}, ${user.id}, now() + interval '1 hour', now() - interval '1 second')`;
  const kept = v7();
  const before = (await sql<{ id: string }[]>`select id from audit_log order by id`).map(({ id }) => id);
  await sql`insert into audit_log (id, workspace_id, actor_type, action, details, created_at) values
    (${kept}, ${main.workspaceId}, 'system', 'endpoint.create', '{}', now() - interval '399 days'),
    (${v7()}, ${main.workspaceId}, 'system', 'endpoint.create', '{}', now() - interval '401 days')`;
  expect((await applyRetention()).deleted).toBe(3);
  expect(await sql`select id from sessions`).toEqual([{ id: open }]);
  const after = (await sql<{ id: string }[]>`select id from audit_log order by id`).map(({ id }) => id);
  expect(after).toEqual([...before, kept].toSorted());
});

test("an audit row is never altered, and none of the last day is deleted, whoever asks", async () => {
  const { sql } = database();
  const before = await sql`select * from audit_log order by id`;
  expect(before.length).toBeGreaterThan(0);
  for (const change of ["update audit_log set actor_name = 'Somebody'", "delete from audit_log"]) {
    await expect(sql.unsafe(change)).rejects.toThrow("a row is never altered, and only deleted by retention");
  }
  expect(await sql`select * from audit_log order by id`).toEqual(before);
});
