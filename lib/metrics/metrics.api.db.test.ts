import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import * as events from "@/app/api/v1/events/route";
import { database } from "@/db/connection/database";
import { problem } from "../contract/shared";
import { newId } from "../core/ids";
import { answerMetrics } from "../http/answer-metrics";
import { webRequest, webResponse } from "../http/web-request";
import { settings } from "../platform/env";
import { reportEngine } from "../platform/signals";
import { startMetrics, stopMetrics } from "../telemetry/metrics";
import { call, startTestApi } from "../testing/api";
import { drain } from "../testing/drain";
import { parseMetrics, sumOf } from "../testing/parse-metrics";
import { answerWith, startTestReceiver, type TestReceiver } from "../testing/test-receiver.mjs";

const token = "metrics-token-of-a-test";
const { key, id: workspaceId, addEndpoint, publish } = await startTestApi({ POSTHORN_METRICS_TOKEN: token });

let receiver: TestReceiver;
beforeAll(async () => {
  receiver = await startTestReceiver();
  await addEndpoint({ url: receiver.url });
});
afterAll(() => {
  receiver.close();
  stopMetrics();
});
beforeEach(async () => {
  stopMetrics();
  await startMetrics("main");
  Object.assign(globalThis, { posthornMetricsLooks: undefined });
  receiver.answer = (response) => response.end("ok");
});

const ask = async (authorization?: string) => {
  const init = authorization ? { headers: { authorization } } : {};
  const request = new Request("http://localhost:3000/api/metrics", init);
  return webResponse(await answerMetrics(webRequest(request)));
};

async function scrape(): Promise<string> {
  const answer = await ask(`Bearer ${token}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

test.each([
  ["nothing", undefined],
  ["another token", "Bearer metrics-token-of-a-tesT"],
  ["a part of the token", "Bearer metrics-token-of"],
  ["an API key", key.authorization],
  ["the token as a password", `Basic ${btoa(`:${token}`)}`],
])("who sends %s gets a 401", async (_, authorization) => {
  const answer = await ask(authorization);
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  const body = problem.parse(await answer.json());
  expect(body).toMatchObject({
    code: "unauthenticated",
    detail: expect.stringContaining("POSTHORN_METRICS_TOKEN"),
  });
});

test("without the setting there is no such path, and nothing is counted", async () => {
  const { metricsToken } = settings();
  onTestFinished(() => {
    Object.assign(settings(), { metricsToken });
  });
  stopMetrics();
  Object.assign(settings(), { metricsToken: null });
  await startMetrics("main");
  await publish({ type: "a.b", data: {} });
  await drain();
  const answer = await ask(`Bearer ${token}`);
  expect([answer.status, problem.parse(await answer.json()).code]).toEqual([404, "not_found"]);
});

test("it is text for Prometheus, which nobody stores, and every metric has a name and a help", async () => {
  const answer = await ask(`bearer ${token}`);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const text = await answer.text();
  for (const [name, { type, samples }] of parseMetrics(text)) {
    expect(text).toMatch(new RegExp(`^# HELP ${name} \\S`, "m"));
    expect(samples.length, name).toBeGreaterThanOrEqual(0);
    if (name.startsWith("posthorn_")) expect(name.endsWith("_total"), name).toBe(type === "counter");
  }
});

test("what is published, claimed, sent and recorded is counted, by outcome and cause", async () => {
  const send = (body: object) => call(events, "POST", "/events", { as: key, body });
  expect((await send({ type: "a.b", data: {} })).status).toBe(202);
  expect((await send({ type: "a.b" })).status).toBe(422);
  const two = {
    events: [
      { type: "a.b", data: {} },
      { type: "a.b", data: {} },
    ],
  };
  expect((await call({}, "POST", "/events/batch", { as: key, body: two })).status).toBe(202);
  await drain();
  receiver.answer = answerWith(500);
  await publish({ type: "a.b", data: {} });
  await drain();

  const text = await scrape();
  const sums = (names: string[]) => Object.fromEntries(names.map((name) => [name, sumOf(text, name)]));
  expect(
    sums([
      "posthorn_events_accepted_total",
      "posthorn_deliveries_accepted_total",
      "posthorn_publish_duration_seconds",
      "posthorn_attempt_duration_seconds",
      "posthorn_publish_to_first_attempt_seconds",
      "posthorn_publish_to_success_seconds",
    ]),
  ).toEqual({
    posthorn_events_accepted_total: 4,
    posthorn_deliveries_accepted_total: 4,
    posthorn_publish_duration_seconds: 3,
    posthorn_attempt_duration_seconds: 4,
    posthorn_publish_to_first_attempt_seconds: 4,
    posthorn_publish_to_success_seconds: 3,
  });
  expect(sumOf(text, "posthorn_publish_requests_total", { status: "202" })).toBe(2);
  expect(sumOf(text, "posthorn_publish_requests_total", { status: "422" })).toBe(1);
  const attempts = parseMetrics(text).get("posthorn_attempts_total")?.samples;
  expect(attempts?.map(({ labels, value }) => ({ ...labels, value }))).toEqual([
    { outcome: "succeeded", cause: "2xx", trigger: "automatic", value: 3 },
    { outcome: "failed", cause: "5xx", trigger: "automatic", value: 1 },
  ]);
  expect(sumOf(text, "posthorn_deliveries_ended_total", { status: "succeeded" })).toBe(3);
  const family = (name: string) => parseMetrics(text).get(name)?.samples ?? [];
  for (const name of ["posthorn_claim_deliveries", "posthorn_record_attempts"]) {
    expect(family(name).find((sample) => sample.name === `${name}_sum`)?.value, name).toBe(4);
  }
  expect(sumOf(text, "posthorn_claim_duration_seconds")).toBeGreaterThan(0);
  expect(sumOf(text, "posthorn_record_duration_seconds")).toBeGreaterThan(0);
});

test("a repeated idempotency key is a request, and no event", async () => {
  const body = { type: "a.b", data: {}, idempotencyKey: newId() };
  for (let n = 0; n < 3; n += 1) await call(events, "POST", "/events", { as: key, body });
  const text = await scrape();
  expect(sumOf(text, "posthorn_publish_requests_total")).toBe(3);
  expect(sumOf(text, "posthorn_events_accepted_total")).toBe(1);
});

test("the pools tell what they hold while a transaction is open", async () => {
  const max = sumOf(await scrape(), "posthorn_database_connections_max", { pool: "main" });
  const { sql } = database();
  const busy = (text: string) => sumOf(text, "posthorn_database_connections_in_use", { pool: "main" });
  expect(busy(await scrape())).toBe(0);
  let waits: Promise<unknown> = Promise.resolve();
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(1)`;
    expect(busy(await scrape())).toBe(1);
    waits = Promise.all(
      Array.from({ length: max + 2 }, () => sql.unsafe("select pg_advisory_xact_lock_shared(1)")),
    );
    await expect
      .poll(async () => sumOf(await scrape(), "posthorn_database_waiting", { pool: "main" }))
      .toBe(3);
    expect(busy(await scrape())).toBe(max);
  });
  await waits;
  expect(busy(await scrape())).toBe(0);
});

test("the engine, the process and its event loop are in it", async () => {
  const lastSweepAt = new Date("2026-01-02T03:04:05.000Z");
  reportEngine({ started: true, lastSweepAt });
  onTestFinished(() => reportEngine({ started: false, lastSweepAt: null }));
  const text = await scrape();
  expect(sumOf(text, "posthorn_engine_started")).toBe(1);
  expect(sumOf(text, "posthorn_engine_last_sweep_timestamp_seconds")).toBe(lastSweepAt.getTime() / 1_000);
  expect(sumOf(text, "process_start_time_seconds")).toBeGreaterThan(1.7e9);
  expect(sumOf(text, "process_resident_memory_bytes")).toBeGreaterThan(1e6);
  expect(sumOf(text, "process_cpu_seconds_total")).toBeGreaterThan(0);
  expect(sumOf(text, "posthorn_event_loop_utilization_ratio", { thread: "main" })).toBeGreaterThan(0);
  expect(sumOf(text, "posthorn_heap_used_bytes", { thread: "main" })).toBeGreaterThan(1e6);
});

test("open alarms, the age of what is due and the processes that send are in it", async () => {
  const { sql } = database();
  await sql`insert into ledger_alarms (id, workspace_id, kind, hour) values (${newId()}, ${workspaceId}, 'gap', now())`;
  await sql`insert into lease_owners (id, seen_at) values (${newId()}, now()), (${newId()}, now() - interval '1 minute')`;
  onTestFinished(async () => {
    await sql`delete from ledger_alarms`;
    await sql`delete from lease_owners`;
  });
  await publish({ type: "a.b", data: {} });
  await sql`update delivery_queue set due_at = now() - interval '90 seconds'`;
  await sql`update endpoint_states set next_due_at = now() - interval '90 seconds'`;
  const text = await scrape();
  expect(sumOf(text, "posthorn_database_up")).toBe(1);
  expect(sumOf(text, "posthorn_ledger_alarms", { kind: "gap" })).toBe(1);
  expect(sumOf(text, "posthorn_ledger_alarms", { kind: "late" })).toBe(0);
  expect(sumOf(text, "posthorn_sending_processes")).toBe(1);
  expect(sumOf(text, "posthorn_oldest_due_age_seconds", { workspace: "main" })).toBeGreaterThanOrEqual(90);
});

test("the twenty workspaces with the most that is pending have gauges of their own, the others are summed", async () => {
  const { sql } = database();
  await sql`delete from ledger_hours`;
  await sql`delete from ledger_deltas`;
  for (let n = 1; n <= 25; n += 1) {
    const id = newId();
    await sql`insert into workspaces (id, slug, name) values (${id}, ${`tenant-${n}`}, 'Tenant')`;
    await sql`insert into ledger_hours (workspace_id, hour, accepted, succeeded, failed, discarded)
      values (${id}, '2026-01-01', ${1_000 + n}, 500, 0, 100), (${id}, '2026-01-02', 7, 7, 0, 0)`;
    await sql`insert into ledger_deltas (workspace_id, hour, accepted, succeeded, failed, discarded)
      values (${id}, '2026-01-02', 0, 0, 100, 0), (${id}, '2026-01-02', 1, 0, 0, 0)`;
  }
  const pending = parseMetrics(await scrape()).get("posthorn_pending_deliveries")?.samples ?? [];
  const byWorkspace = new Map(pending.map(({ labels, value }) => [labels.workspace, value]));
  const own = Array.from({ length: 20 }, (_, at) => [`tenant-${25 - at}`, 326 - at]);
  expect([...byWorkspace]).toEqual([...own, ["_other", 302 + 303 + 304 + 305 + 306]]);

  // Within 15 seconds the database is not asked again.
  await sql`delete from ledger_hours`;
  expect(sumOf(await scrape(), "posthorn_pending_deliveries", { workspace: "_other" })).toBe(1_520);
});

test("while the database cannot be asked nothing old is shown", async () => {
  expect(sumOf(await scrape(), "posthorn_database_up")).toBe(1);
  const { sql } = database();
  await sql`alter table ledger_hours rename to ledger_hours_away`;
  onTestFinished(async () => void (await sql`alter table ledger_hours_away rename to ledger_hours`));
  Object.assign(globalThis, { posthornMetricsLooks: undefined });
  const text = await scrape();
  expect(sumOf(text, "posthorn_database_up")).toBe(0);
  for (const name of [
    "posthorn_pending_deliveries",
    "posthorn_ledger_alarms",
    "posthorn_sending_processes",
  ]) {
    expect(parseMetrics(text).get(name)?.samples, name).toEqual([]);
  }
});
