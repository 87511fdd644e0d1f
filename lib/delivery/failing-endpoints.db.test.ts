import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "@/db/connection/client";
import { type ClaimedDelivery, claimDeliveries } from "@/db/queries/claim-deliveries";
import { recordAttempts } from "@/db/queries/record-attempts";
import type { AttemptRecord } from "@/db/queries/record-parameters";
import { switchState } from "@/db/queries/switch-endpoint";
import { attemptRecord } from "@/db/testing/attempt-record";
import { publishTestEvents } from "@/db/testing/publish-test-events";
import { createTestDatabase, type TestDatabase } from "@/db/testing/test-database";
import { disable } from "../core/endpoint-state";
import { EndpointRules } from "../testing/endpoint-rules";
import { endpointResults } from "./record/endpoint-results";

let testDatabase: TestDatabase;
let connection: Connection;
const workspaceId = randomUUID();
/** Long enough that none passes by itself; tests let time pass by moving what is stored. */
const probeDelayMs = (probe: number) => probe * 3_600_000;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  await connection.sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'main', 'Main')`;
});
afterEach(async () => {
  await connection.sql`truncate events, deliveries, delivery_queue, delivery_leases, attempts, endpoint_transitions, endpoints cascade`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

async function addEndpoint(settings: { concurrency?: number; rateLimit?: number } = {}): Promise<string> {
  const id = v7();
  await connection.sql`insert into endpoints (id, workspace_id, url, name, signature, headers, rate_limit)
    values (${id}, ${workspaceId}, 'http://127.0.0.1:9/', 'Hook', 'hmac', '{}', ${settings.rateLimit ?? null})`;
  await connection.sql`insert into endpoint_states (endpoint_id, workspace_id, concurrency)
    values (${id}, ${workspaceId}, ${settings.concurrency ?? 10})`;
  return id;
}

const publish = (count: number) => publishTestEvents(connection.sql, { workspaceId, type: "a", count });

const claim = async (slots = 256) =>
  (await claimDeliveries(connection.engine, { slots, bytes: 8 * 1024 * 1024, leaseSeconds: 60 })).deliveries;

/** What came of a claimed delivery; a failed one is due again at once. */
function outcomeOf(claimed: ClaimedDelivery, httpStatus: number): AttemptRecord {
  const succeeded = httpStatus < 300;
  return attemptRecord(claimed, {
    httpStatus,
    status: succeeded ? "succeeded" : claimed.trigger === "manual" ? null : "pending",
    dueAt: succeeded ? null : claimed.trigger === "manual" ? "keep" : new Date(0).toISOString(),
  });
}

const record = (records: AttemptRecord[]) =>
  recordAttempts(connection.engine, {
    records,
    hours: [],
    endpoints: endpointResults(records),
    probeDelayMs,
  });
const recordAll = async (claimed: ClaimedDelivery[], httpStatus: number) =>
  record(claimed.map((one) => outcomeOf(one, httpStatus)));

async function state() {
  const [row] = await connection.sql<
    {
      failures: number;
      slowStart: number | null;
      probing: boolean;
      waitMs: number | null;
      disabled: string | null;
      failing: boolean;
    }[]
  >`select consecutive_failures as failures, slow_start as "slowStart", coalesce(probe_until > now(), false) as probing,
      disabled_cause as disabled, failing_since is not null as failing,
      (extract(epoch from next_probe_at - last_failure_at) * 1000)::float8 as "waitMs"
    from endpoint_states`;
  if (!row) throw new Error("there is no endpoint");
  return row;
}

const transitions = async () =>
  (
    await connection.sql<{ kind: string; n: number }[]>`
      select kind, consecutive_failures as n from endpoint_transitions order by id`
  ).map(({ kind, n }) => `${kind} ${n}`);

/** Lets the time of the next probe come. */
const passTime = () => connection.sql`update endpoint_states set next_probe_at = now() - interval '1 second'
  where next_probe_at is not null`;

async function failUntilBackoff(): Promise<void> {
  await recordAll(await claim(5), 500);
  expect((await state()).failures).toBe(5);
}

test("a burst of failures raises the count to 5 and no further, and notifies once", async () => {
  await addEndpoint({ concurrency: 50 });
  await publish(60);
  const claimed = await claim();
  expect(claimed).toHaveLength(50);
  await Promise.all([0, 10, 20, 30, 40].map((from) => recordAll(claimed.slice(from, from + 10), 500)));
  expect(await state()).toMatchObject({ failures: 5, failing: true, disabled: null });
  expect(await transitions()).toEqual(["failing 5"]);
  expect(await claim()).toEqual([]);
});

test("an endpoint that backs off is sent one probe at a time, the oldest due, each later than the one before", async () => {
  await addEndpoint();
  await publish(20);
  await failUntilBackoff();
  for (let failures = 5; failures < 9; failures++) {
    expect((await state()).waitMs).toBe(probeDelayMs(failures - 4));
    expect(await claim()).toEqual([]);
    await passTime();
    const probes = (await Promise.all(Array.from({ length: 6 }, () => claim()))).flat();
    expect(probes.map((one) => one.trigger)).toEqual(["probe"]);
    const [older] = await connection.sql<{ n: number }[]>`
      select count(*)::int as n from delivery_queue q, delivery_queue probe
      where probe.delivery_id = ${probes[0]?.id ?? ""} and q.due_at < probe.due_at`;
    expect(older?.n).toBe(0);
    expect((await state()).probing).toBe(true);
    await recordAll(probes, 503);
    expect(await state()).toMatchObject({ failures: failures + 1, probing: false });
  }
});

test("only the probe whose token the endpoint has adds to the count", async () => {
  await addEndpoint();
  await publish(20);
  const early = await claim(8);
  await recordAll(early.slice(0, 5), 500);
  await passTime();
  const [probe] = await claim();
  if (!probe) throw new Error("there was no probe");
  await recordAll(early.slice(5), 500);
  expect((await state()).failures).toBe(5);
  const foreign = outcomeOf({ ...probe, token: randomUUID() }, 500);
  await record([foreign]);
  expect(await state()).toMatchObject({ failures: 5, probing: true });
  await recordAll([probe], 500);
  expect((await state()).failures).toBe(6);
});

test("each threshold notifies once, the twentieth failure disables, and nothing is sent by itself any more", async () => {
  await addEndpoint();
  await publish(10);
  await failUntilBackoff();
  for (let failures = 6; failures <= 20; failures++) {
    await passTime();
    await recordAll(await claim(), 500);
    expect((await state()).failures).toBe(failures);
  }
  expect(await transitions()).toEqual(["failing 5", "threshold 10", "threshold 15", "disabled 20"]);
  expect((await state()).disabled).toBe("failures");
  await passTime();
  expect(await claim()).toEqual([]);
});

test("a success ends the streak, and the concurrency doubles from one up to the endpoint's limit", async () => {
  await addEndpoint({ concurrency: 8 });
  await publish(60);
  await failUntilBackoff();
  await passTime();
  await recordAll(await claim(), 200);
  expect(await state()).toMatchObject({ failures: 0, failing: false, slowStart: 1, waitMs: null });
  const sizes: number[] = [];
  for (let round = 0; round < 5; round++) {
    const claimed = await claim();
    sizes.push(claimed.length);
    await recordAll(claimed, 200);
  }
  expect(sizes).toEqual([1, 2, 4, 8, 8]);
  expect((await state()).slowStart).toBeNull();
  expect(await transitions()).toEqual(["failing 5", "recovered 0"]);
});

test("tests, manual retries and replays never add to the count, and the success of what a person asked for resets it", async () => {
  await addEndpoint();
  await publish(10);
  const claimed = await claim(9);
  for (const trigger of ["manual", "replay", "test"] as const) {
    const asked = claimed.splice(0, 2).map((one) => ({ ...one, trigger, test: trigger === "test" }));
    await recordAll(asked, 500);
  }
  expect((await state()).failures).toBe(0);
  await recordAll(claimed.splice(0, 2), 500);
  expect((await state()).failures).toBe(2);
  await recordAll(
    claimed.map((one) => ({ ...one, trigger: "manual" as const })),
    200,
  );
  expect((await state()).failures).toBe(0);
});

test("results that are recorded again, because the connection was lost as they were committed, count once", async () => {
  await addEndpoint();
  await publish(3);
  const records = (await claim()).map((one) => outcomeOf(one, 500));
  await record(records);
  await record(records);
  expect((await state()).failures).toBe(3);
});

test("successes that are recorded again change nothing, also beside one that was not", async () => {
  const id = await addEndpoint();
  await publish(3);
  const [late, ...records] = (await claim()).map((one) => outcomeOf(one, 200));
  if (!late) throw new Error("nothing was claimed");
  await record(records);
  await record(records);
  const counts = () => connection.sql`select (select count(*)::int from attempts) as attempts,
    (select count(*)::int from deliveries where status = 'succeeded') as succeeded,
    (select sum(succeeded)::int from delivery_deltas where endpoint_id = ${id}) as counted,
    (select count(*)::int from delivery_queue) as queued`;
  expect(await counts()).toEqual([{ attempts: 2, succeeded: 2, counted: 2, queued: 1 }]);
  await record([late, ...records]);
  expect(await counts()).toMatchObject([{ attempts: 3, succeeded: 3, counted: 3, queued: 0 }]);
});

test("410 disables the endpoint at once, unless it answers a test", async () => {
  await addEndpoint();
  await publish(2);
  const [first, second] = await claim();
  if (!first || !second) throw new Error("nothing was claimed");
  await recordAll([{ ...first, trigger: "test", test: true }], 410);
  expect((await state()).disabled).toBeNull();
  await recordAll([second], 410);
  expect((await state()).disabled).toBe("gone");
  expect(await transitions()).toEqual(["disabled 1"]);
});

test("results that several processes record at once all count", async () => {
  await addEndpoint({ concurrency: 50 });
  await publish(40);
  const claimed = await claim();
  expect(claimed).toHaveLength(40);
  await connection.sql`update endpoint_states set slow_start = 1`;
  await Promise.all(claimed.map((one) => recordAll([one], 200)));
  expect((await state()).slowStart).toBe(41);
  expect(await connection.sql`select 1 from attempts`).toHaveLength(40);
});

test("an endpoint that is disabled by several at once is disabled once", async () => {
  const id = await addEndpoint();
  await publish(6);
  const claimed = await claim();
  const by = { cause: "user", actorId: randomUUID(), actorName: "Ana" } as const;
  await Promise.all([
    ...claimed.map((one) => record([outcomeOf(one, 410)])),
    connection.db.transaction((tx) =>
      switchState(tx, { workspaceId, id }, (was, now) => disable(was, by, now)),
    ),
  ]);
  expect(await transitions()).toHaveLength(1);
  const [row] = await connection.sql`select s.disabled_cause = t.cause as same
    from endpoint_states s join endpoint_transitions t using (endpoint_id)`;
  expect(row?.same).toBe(true);
});

test("a probe's Retry-After puts off the next probe", async () => {
  await addEndpoint();
  await publish(10);
  await failUntilBackoff();
  await passTime();
  const [probe] = await claim();
  if (!probe) throw new Error("there was no probe");
  const until = new Date(Date.now() + 20 * 3_600_000).toISOString();
  await record([{ ...outcomeOf(probe, 503), retryAfter: until }]);
  const [row] = await connection.sql<{ at: number }[]>`
    select (extract(epoch from next_probe_at) * 1000)::float8 as at from endpoint_states`;
  expect(row?.at).toBe(Date.parse(until));
});

test("a probe whose process died is followed by another when its lease has lapsed", async () => {
  await addEndpoint();
  await publish(10);
  await failUntilBackoff();
  await passTime();
  const [lost] = await claim();
  await connection.sql`update delivery_leases set leased_until = now() - interval '1 second'`;
  await connection.sql`update endpoint_states set probe_until = now() - interval '1 second'`;
  const [next] = await claim();
  expect(next).toMatchObject({ trigger: "probe" });
  if (!lost || !next) throw new Error("there was no probe");
  await recordAll([lost], 500);
  expect((await state()).failures).toBe(5);
  await recordAll([next], 500);
  expect((await state()).failures).toBe(6);
});

test("a rate limit holds across processes that claim at once", async () => {
  await addEndpoint({ rateLimit: 3, concurrency: 50 });
  await publish(40);
  const startedAt = performance.now();
  const claimed = (await Promise.all(Array.from({ length: 8 }, () => claim()))).flat();
  // Each third of a second that passed meanwhile allows one more.
  const passed = Math.floor((3 * (performance.now() - startedAt)) / 1_000);
  expect(claimed.length).toBeGreaterThanOrEqual(3);
  expect(claimed.length).toBeLessThanOrEqual(3 + passed);
  await recordAll(claimed, 200);
  const letRateTimePass = (interval: string) => connection.sql`update endpoint_states
    set rate_at = now() - ${interval}::interval, next_due_at = now() - interval '1 second'`;
  // No time has passed, however slow this machine is.
  await letRateTimePass("-1 minute");
  expect(await claim()).toEqual([]);
  // A second later there are three more, however long nothing was claimed before.
  await letRateTimePass("20 seconds");
  expect(await claim()).toHaveLength(3);
});

test("whatever comes of attempts, in whatever batches, count and transitions are those of the rules", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          take: fc.integer({ min: 1, max: 10 }),
          outcomes: fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
        }),
        {
          minLength: 10,
          maxLength: 45,
        },
      ),
      async (rounds) => {
        await connection.sql`truncate events, deliveries, delivery_queue, delivery_leases, attempts, endpoint_transitions, endpoints cascade`;
        await addEndpoint();
        await publish(60);
        const rules = new EndpointRules();
        for (const { take, outcomes } of rounds) {
          await passTime();
          const claimed = await claim(take);
          expect(claimed.filter((one) => one.trigger === "probe").length).toBeLessThanOrEqual(1);
          const records = claimed.map((one) => outcomeOf(one, (outcomes.next().value ?? 0) < 9 ? 500 : 200));
          await record(records);
          rules.probe = claimed.find((one) => one.trigger === "probe")?.token ?? rules.probe;
          rules.take(records);
          const now = await state();
          expect(now.failures).toBe(rules.failures);
          expect(now.disabled !== null).toBe(rules.disabled);
        }
        expect(await transitions()).toEqual(rules.transitions);
      },
    ),
    { numRuns: 10 },
  );
}, 120_000);

test("several processes never send two probes at once, and record each threshold once in a streak", async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 99 })), async (random) => {
      await connection.sql`truncate events, deliveries, delivery_queue, delivery_leases, attempts, endpoint_transitions, endpoints cascade`;
      await addEndpoint();
      await publish(80);
      const next = () => random.next().value ?? 0;
      let inFlight: ClaimedDelivery[] = [];
      for (let round = 0; round < 25; round++) {
        await passTime();
        const mine = inFlight.filter(() => next() < 70);
        inFlight = inFlight.filter((one) => !mine.includes(one));
        const batches = [0, 1, 2].map((place) => mine.filter((_, index) => index % 3 === place));
        const [claimed] = await Promise.all([
          Promise.all([claim(6), claim(6), claim(6)]),
          ...batches.map((batch) => record(batch.map((one) => outcomeOf(one, next() < 93 ? 500 : 200)))),
        ]);
        inFlight.push(...claimed.flat());
        const [leased] = await connection.sql<{ n: number }[]>`
          select count(*)::int as n from delivery_leases l join endpoint_states s on s.probe_token = l.token`;
        expect(leased?.n).toBeLessThanOrEqual(1);
        expect(inFlight.length).toBeLessThanOrEqual(10);
      }
      const recorded = (await transitions()).join(", ");
      expect(recorded).toMatch(
        /^(failing 5(, threshold 10(, threshold 15(, disabled 20)?)?)?, recovered 0(, |$))*(failing 5(, threshold 10(, threshold 15(, disabled 20)?)?)?)?$/,
      );
    }),
    { numRuns: 10 },
  );
}, 120_000);
