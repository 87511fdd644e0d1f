import { sql } from "drizzle-orm";
import fc from "fast-check";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AttemptError, attemptErrors, deliveryStatusFilters } from "../../lib/core/deliveries";
import { type Connection, openDatabase } from "../connection/client";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import type { DeliveryFilter } from "./deliveries";
import { countDeliveries, type ScanOrder, scanDeliveries, walkDeliveries } from "./scan-deliveries";

let testDatabase: TestDatabase;
let connection: Connection;

const [workspaceId, otherId] = [v7(), v7()];
const endpoints = [
  { id: v7(), disabled: false, generation: 0 },
  { id: v7(), disabled: true, generation: 0 },
  { id: v7(), disabled: false, generation: 2 },
  { id: v7(), disabled: false, generation: 0 },
];
const others = { id: v7(), disabled: false, generation: 0 };
const types = ["invoice.paid", "invoice.failed", "user.created", "rare"];
const groups = [v7(), v7()];
const replayId = v7();
const eventIds = Array.from({ length: 300 }, () => v7());

type Row = {
  id: string;
  workspaceId: string;
  eventId: string;
  endpointId: string;
  type: string;
  test: boolean;
  status: string;
  attempts: number;
  httpStatus: number | null;
  error: AttemptError | null;
  failureGroupId: string | null;
  isReplayed: boolean;
};
let rows: Row[];

/** The same ones each time. */
function makeRandom(seed: number) {
  let state = seed;
  const below = (max: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * max);
  };
  const pick = <T>(values: readonly [T, ...T[]] | readonly T[]): T => values[below(values.length)] as T;
  return { below, pick };
}

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  for (const [id, slug] of [
    [workspaceId, "main"],
    [otherId, "other"],
  ] as const)
    await sql`insert into workspaces (id, slug, name) values (${id}, ${slug}, ${slug})`;
  for (const one of [...endpoints, others]) {
    const of = one === others ? otherId : workspaceId;
    await sql`insert into endpoints (id, workspace_id, url, name, signature, headers, generation)
      values (${one.id}, ${of}, 'http://127.0.0.1:9/', 'Hook', 'hmac', '{}', ${one.generation})`;
    await sql`insert into endpoint_states (endpoint_id, workspace_id, disabled_at)
      values (${one.id}, ${of}, ${one.disabled ? new Date().toISOString() : null})`;
  }
  const { below, pick } = makeRandom(7);
  const start = Date.now() - 3 * 24 * 3_600_000;
  const answers = [200, 204, 301, 404, 410, 429, 500, 500, 503];
  rows = [];
  const replayed: string[] = [];
  const ended: object[] = [];
  const queued: object[] = [];
  for (let n = 0; n < 3_000; n += 1) {
    const id = v7({ msecs: start + n * 60_000 + below(1_000) });
    const isOthers = below(10) === 0;
    const endpoint = isOthers ? others : pick(endpoints);
    const common = {
      id,
      workspace_id: isOthers ? otherId : workspaceId,
      event_id: pick(eventIds),
      endpoint_id: endpoint.id,
      type: below(100) === 0 ? "rare" : pick(types.slice(0, 3)),
      test: below(20) === 0,
    };
    const attempts = pick([0, 1, 1, 1, 2, 3, 7]);
    const isReplayed = !isOthers && below(8) === 0;
    if (isReplayed) replayed.push(id);
    const error = attempts > 0 && below(4) === 0 ? pick(attemptErrors) : null;
    const http_status = attempts > 0 && error === null ? pick(answers) : null;
    const isFailing = error !== null || (http_status ?? 200) >= 300;
    const last = {
      attempts,
      error,
      http_status,
      failure_group_id: isFailing && !isOthers ? pick(groups) : null,
    };
    const row = (status: string): Row => ({
      id,
      workspaceId: common.workspace_id,
      eventId: common.event_id,
      endpointId: common.endpoint_id,
      type: common.type,
      test: common.test,
      status,
      attempts,
      error,
      httpStatus: last.http_status,
      failureGroupId: last.failure_group_id,
      isReplayed,
    });
    const generation = below(3);
    const place = { ...common, ...last, generation, automatic_attempts: attempts, body_bytes: 2 };
    if (below(4) === 0) {
      const isHeld = !common.test && (endpoint.disabled || generation < endpoint.generation);
      rows.push(row(isHeld ? "held" : attempts > 0 ? "retrying" : "waiting"));
      queued.push({ ...place, pending: true });
    } else {
      const status = pick(["succeeded", "succeeded", "failed", "discarded"]);
      rows.push(row(status));
      ended.push({ ...common, ...last, status });
      // One that has ended and is sent once more has a place on the queue as well.
      if (below(10) === 0) queued.push({ ...place, pending: false });
    }
  }
  await sql`insert into deliveries (id, workspace_id, event_id, endpoint_id, type, test, status, attempts,
      http_status, error, failure_group_id)
    select id, workspace_id, event_id, endpoint_id, type, test, status, attempts, http_status, error,
      failure_group_id
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as x(id uuid, workspace_id uuid, event_id uuid, endpoint_id uuid,
      type text, test boolean, status text, attempts int, http_status smallint, error text, failure_group_id uuid)`;
  await sql`insert into delivery_queue (delivery_id, workspace_id, event_id, endpoint_id, type, test, attempts, http_status,
      error, failure_group_id, generation, pending, automatic_attempts, body_bytes)
    select id, workspace_id, event_id, endpoint_id, type, test, attempts, http_status, error, failure_group_id,
      generation, pending, automatic_attempts, body_bytes
    from jsonb_to_recordset(${JSON.stringify(queued)}::jsonb) as x(id uuid, workspace_id uuid, event_id uuid, endpoint_id uuid,
      type text, test boolean, attempts int, http_status smallint, error text, failure_group_id uuid,
      generation int, pending boolean, automatic_attempts int, body_bytes int)`;
  await sql`insert into replays (id, workspace_id, kind, status, total, created_by)
    values (${replayId}, ${workspaceId}, 'replay', 'done', 1, 'Ana')`;
  await sql`insert into replay_deliveries (replay_id, delivery_id)
    select ${replayId}, id::uuid from jsonb_array_elements_text(${JSON.stringify(replayed)}::jsonb) x(id)`;
  await sql`analyze`;
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

function matches(row: Row, filter: DeliveryFilter): boolean {
  const { statuses, httpStatuses } = filter;
  const isStatus = (status: string) =>
    status === row.status ||
    (status === "pending" && (row.status === "waiting" || row.status === "retrying"));
  const isResponse = (text: string) => {
    if (text === "none") return row.httpStatus === null && row.error !== null;
    if (row.httpStatus === null) return false;
    return text.endsWith("xx") ? String(row.httpStatus)[0] === text[0] : String(row.httpStatus) === text;
  };
  return (
    row.workspaceId === filter.workspaceId &&
    (filter.tests || !row.test) &&
    (!statuses?.length || statuses.some(isStatus)) &&
    (!filter.endpointIds || filter.endpointIds.includes(row.endpointId)) &&
    (!filter.types || filter.types.includes(row.type)) &&
    (!httpStatuses || httpStatuses.some(isResponse)) &&
    (!filter.errors || (row.error !== null && filter.errors.includes(row.error))) &&
    row.attempts >= (filter.attemptsMin ?? 0) &&
    row.attempts <= (filter.attemptsMax ?? Number.POSITIVE_INFINITY) &&
    (!filter.fromId || row.id >= filter.fromId) &&
    (!filter.belowId || row.id < filter.belowId) &&
    (!filter.failureGroupId || row.failureGroupId === filter.failureGroupId) &&
    (!filter.replayId || row.isReplayed) &&
    (!filter.eventId || row.eventId === filter.eventId)
  );
}

const expected = (filter: DeliveryFilter, order: ScanOrder = "newest") => {
  const ids = rows.filter((row) => matches(row, filter)).map(({ id }) => id);
  return order === "newest" ? ids.sort().reverse() : ids.sort();
};

/** Everything, page after page; a budget of 0 ends each request after its first statement. */
async function readAll(
  filter: DeliveryFilter,
  { order = "newest" as ScanOrder, limit = 100, budgetMs = 0 } = {},
) {
  const ids: string[] = [];
  let short = 0;
  let after: string | null = null;
  do {
    const page: { ids: string[]; next: string | null } = await scanDeliveries(connection.db, {
      filter,
      after,
      order,
      limit,
      budgetMs,
    });
    if (page.next !== null && page.ids.length < limit) short += 1;
    ids.push(...page.ids);
    after = page.next;
  } while (after !== null);
  return { ids, short };
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const some = <T>(values: readonly T[]) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const position = fc.integer({ min: 0, max: 2_999 });

const filters = fc
  .record({
    statuses: maybe(some(deliveryStatusFilters)),
    endpointIds: maybe(some([...endpoints, others].map(({ id }) => id))),
    types: maybe(some([...types, "none.such"])),
    httpStatuses: maybe(some(["2xx", "3xx", "4xx", "5xx", "none", "404", "503", "200"])),
    errors: maybe(some(attemptErrors)),
    attemptsMin: maybe(fc.integer({ min: 0, max: 4 })),
    attemptsMax: maybe(fc.integer({ min: 0, max: 4 })),
    from: maybe(position),
    below: maybe(position),
    failureGroupId: fc.constantFrom(...Array<undefined>(6).fill(undefined), ...groups),
    replayId: fc.constantFrom(...Array<undefined>(6).fill(undefined), replayId),
    event: maybe(fc.integer({ min: 0, max: 299 })),
    tests: fc.boolean(),
    workspaceId: fc.constantFrom(workspaceId, workspaceId, workspaceId, otherId),
    order: fc.constantFrom<ScanOrder>("newest", "oldest"),
  })
  // Most of them at once would match nothing.
  .map(({ from, below, event, order, ...filter }) => ({
    order,
    filter: {
      ...filter,
      fromId: from === undefined ? undefined : rows[from]?.id,
      belowId: below === undefined ? undefined : rows[below]?.id,
      eventId: event === undefined || event > 60 ? undefined : eventIds[event],
    } satisfies DeliveryFilter,
  }));

test("every filter finds what it would row by row, each exactly once, however often a request ends early", async () => {
  await fc.assert(
    fc.asyncProperty(filters, async ({ filter, order }) => {
      const { ids } = await readAll(filter, { order });
      expect(ids).toEqual(expected(filter, order));
    }),
    { numRuns: 25, seed: 11 },
  );
});

const single: [string, Partial<DeliveryFilter>][] = [
  ...deliveryStatusFilters.map((status): [string, Partial<DeliveryFilter>] => [
    status,
    { statuses: [status] },
  ]),
  ...endpoints.flatMap(({ id }, n): [string, Partial<DeliveryFilter>][] => [
    [`webhook ${n}`, { endpointIds: [id] }],
    [`failed at webhook ${n}`, { endpointIds: [id], statuses: ["failed"] }],
    [`held at webhook ${n}`, { endpointIds: [id], statuses: ["held"] }],
  ]),
  ...types.map((type): [string, Partial<DeliveryFilter>] => [type, { types: [type] }]),
  ...["2xx", "4xx", "5xx", "none", "404"].map((one): [string, Partial<DeliveryFilter>] => [
    one,
    { httpStatuses: [one] },
  ]),
  ...attemptErrors.map((error): [string, Partial<DeliveryFilter>] => [error, { errors: [error] }]),
  ["two attempts and more", { attemptsMin: 2 }],
  ["no attempt", { attemptsMax: 0 }],
  ["a failure group", { failureGroupId: groups[0] }],
  ["held of a failure group", { failureGroupId: groups[1], statuses: ["held", "failed"] }],
  ["what a job has sent", { replayId }],
  ["of a failure group what a job has sent", { replayId, failureGroupId: groups[0] }],
  ["nothing chosen", {}],
  ["no statuses at all", { statuses: [] }],
  ["a value twice", { types: ["rare", "rare"], endpointIds: undefined }],
];
test.each(single)("%s is found, counted and walked through", async (_, given) => {
  const filter: DeliveryFilter = { workspaceId, tests: false, ...given };
  const ids = expected(filter);
  expect((await readAll(filter)).ids).toEqual(ids);
  expect((await scanDeliveries(connection.db, { filter, limit: 20 })).ids).toEqual(ids.slice(0, 20));
  expect(await countDeliveries(connection.db, { filter, max: 5_000 })).toEqual({
    count: ids.length,
    more: false,
  });
  const walked: string[] = [];
  for await (const batch of walkDeliveries(connection.db, { filter, limit: 100, order: "oldest" }))
    walked.push(...batch.ids);
  expect(walked).toEqual(ids.toReversed());
});

test("what no index narrows down ends early, with the place where it goes on", async () => {
  const filter: DeliveryFilter = {
    workspaceId,
    tests: false,
    types: ["invoice.paid"],
    attemptsMax: 0,
    attemptsMin: 0,
  };
  const { ids, short } = await readAll(filter, { limit: 1_000 });
  expect(ids).toEqual(expected(filter));
  expect(short).toBeGreaterThan(0);
});

test("a count ends at its maximum, and says that there may be more", async () => {
  const filter: DeliveryFilter = { workspaceId, tests: true };
  expect(await countDeliveries(connection.db, { filter, max: 100 })).toEqual({ count: 100, more: true });
});

test("within a transaction its settings are left as they were", async () => {
  await connection.db.transaction(async (tx) => {
    await scanDeliveries(tx, { filter: { workspaceId, tests: false }, limit: 10 });
    const [row] = await tx.execute<{ timeout: string; sort: string }>(
      "select current_setting('statement_timeout') as timeout, current_setting('enable_sort') as sort",
    );
    expect(row).toEqual({ timeout: "1min", sort: "on" });
  });
});

test("what waits untried, as all that is held may, is not read for an answer, a cause, a quiet webhook, or what is retried", async () => {
  const [ownId, endpointId, quietId] = [v7(), v7(), v7()];
  const { db, sql: client } = connection;
  await client`insert into workspaces (id, slug, name) values (${ownId}, 'holding', 'Holding')`;
  await client`insert into endpoints (id, workspace_id, url, name, signature, headers)
    select id, ${ownId}, 'http://127.0.0.1:9/', 'Hook', 'hmac', '{}' from unnest(${[endpointId, quietId]}::uuid[]) id`;
  await client`insert into endpoint_states (endpoint_id, workspace_id)
    select id, ${ownId} from unnest(${[endpointId, quietId]}::uuid[]) id`;
  await client`
    insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, attempts,
      automatic_attempts, type, body_bytes, http_status, error)
    select ${ownId}, ('01a21f8f-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ${endpointId}, gen_random_uuid(), 0, true,
      tried, tried, 'held', 2, case when tried = 1 then 503 end, case when tried = 2 then 'timeout' end
    from generate_series(1, 5000) n cross join lateral (select case when n <= 2 then n else 0 end as tried) t`;
  await client`
    insert into delivery_queue (workspace_id, delivery_id, endpoint_id, event_id, generation, pending, attempts,
      automatic_attempts, type, body_bytes)
    select ${ownId}, ('01a21f8e-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, ${quietId}, gen_random_uuid(), 0, true,
      0, 0, 'quiet', 2 from generate_series(1, 2) n`;
  await client`analyze delivery_queue`;
  const filters: Partial<DeliveryFilter>[] = [
    { httpStatuses: ["503"] },
    { errors: ["timeout"] },
    { attemptsMin: 1 },
    { statuses: ["retrying"] },
    { endpointIds: [quietId] },
  ];
  for (const filter of filters) {
    const { found, read } = await db.transaction(async (tx) => {
      // What the connection read before may be among the counts still.
      const countRead = async () => {
        const [row] = await tx.execute<{ n: number }>(sql`
          select (seq_tup_read + idx_tup_fetch)::int as n from pg_stat_xact_user_tables where relname = 'delivery_queue'`);
        return row?.n ?? Number.NaN;
      };
      const before = await countRead();
      const scan = { filter: { workspaceId: ownId, tests: false, ...filter }, limit: 50 };
      const { ids } = await scanDeliveries(tx, scan);
      return { found: ids.length, read: (await countRead()) - before };
    });
    expect(found, JSON.stringify(filter)).toBe(filter.httpStatuses || filter.errors ? 1 : 2);
    expect(read, JSON.stringify(filter)).toBeLessThan(10);
  }
});
