import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noId } from "../../lib/core/ids";
import { parsePayloadSearch, termsOf } from "../../lib/core/payload-search";
import { type Connection, openDatabase } from "../connection/client";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { mergeSegments } from "./merge-segments";
import { findIndexedRange, findWorkspacesToIndex, holdIndexing, indexNextEvents } from "./payload-index";
import { searchPayloads } from "./search-payloads";

let testDatabase: TestDatabase;
let connection: Connection;
const [workspaceId, otherId] = [v7(), v7()];

/** JSON texts of data, some of which `jsonb` does not take, and by which searches they are found. */
const datas: [data: string, found: string[]][] = [
  [
    '{"customer":{"id":"cus_4321","email":"ana@example.com"}}',
    ["cus_4321", "customer.id:cus_4321", "cus_43*", "data.customer.id:cus_4321", '"EXAMPLE.com"'],
  ],
  ['{"customer":"cus_43210"}', ["cus_43*", "customer:cus_43*", "cus_43210"]],
  [
    '{"customers":["x",{"id":"cus_4321"}],"list":[["cus_4321"]]}',
    ["cus_4321", "customers.id:cus_4321", "cus_43*"],
  ],
  [
    '{"cus_4321":"a key is no value","note":"has cus_4321 within"}',
    ['"has CUS_4321"', '"a key"', "a key is no value"],
  ],
  [
    '{"amount":1250,"big":12345678901234567891,"price":1.50,"e":1e3}',
    ["1250", "amount:1250", "12345678901234567891", "1.50", "price:1.50"],
  ],
  ['{"amount":"1250"}', ["1250", "amount:1250"]],
  ['{"paid":true,"by":null}', ["true", "paid:true", "by:null"]],
  ['{"paid":"true"}', ["true", "paid:true"]],
  [
    '{"url":"https://example.com/a?b=c:d","time":"12:30"}',
    ["https://example.com/a?b=c:d", "12:30", "url:https://*", '"EXAMPLE.com"'],
  ],
  [
    '{"quote":"say \\"hi\\"\\n100%_\\\\","unicode":"\\u00e9t\\u00e9"}',
    ['say "hi"\n100%_\\', '"say "hi""', '"100%_"', "été", "ét*"],
  ],
  ['{"nul":"a\\u0000b","same":"beside nul"}', ["beside nul", "same:beside nul"]],
  ['{"half":"\\ud83d","same":"beside half"}', ["beside half"]],
  ['{"far":1e99999,"same":"beside far"}', ["beside far"]],
  [
    `{"long":"${"x".repeat(300)}1"}`,
    [`${"x".repeat(300)}1`, `${"x".repeat(250)}*`, `long:${"x".repeat(300)}1`],
  ],
  [`{"long":"${"x".repeat(300)}2"}`, [`${"x".repeat(250)}*`]],
  ['{"emoji":"\u{1f600} grin","end":"\uffee"}', ["\u{1f600} grin", "\u{1f600}*", "\uffee"]],
  ['{"deep":{"er":{"still":{"id":"needle"}}}}', ["needle", "deep.er.still.id:needle", '"NEEDLE"']],
];
const searches = [
  ...new Set(datas.flatMap(([, found]) => found)),
  "nothing",
  "customer.id:nothing",
  "id:cus_4321",
];

let events: { id: string; data: string; found: string[] }[];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
  const { sql } = connection;
  for (const [id, slug] of [
    [workspaceId, "main"],
    [otherId, "other"],
  ] as const)
    await sql`insert into workspaces (id, slug, name) values (${id}, ${slug}, ${slug})`;
  const start = Date.now() - 40 * 3_600_000;
  events = Array.from({ length: 340 }, (_, n) => {
    const [data, found] = datas[n % datas.length] as (typeof datas)[number];
    return { id: v7({ msecs: start + n * 7 * 60_000 }), data, found };
  });
  const fresh = datas.map(([data, found]) => ({ id: v7(), data, found }));
  events.push(...fresh);
  const insert = async (of: string, ids: string[], bodies: string[]) => {
    await sql`insert into events (id, workspace_id, type, test, body, body_bytes, deliveries)
      select id, ${of}, 'test.made', false, body, octet_length(body), 0
      from unnest(${ids}::uuid[], ${bodies}::text[]) x(id, body)`;
  };
  const bodies = events.map(
    ({ data }) =>
      `{"id":"evt_9e1234","type":"test.made","timestamp":"2026-01-01T00:00:00.000Z","data":${data}}`,
  );
  await insert(
    workspaceId,
    events.map(({ id }) => id),
    bodies,
  );
  await insert(
    otherId,
    events.map(({ id }) => id),
    bodies,
  );
});

afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

const search = (text: string, more: { limit?: number; belowId?: string } = {}) =>
  searchPayloads(connection.db, {
    workspaceId,
    payload: parsePayloadSearch(text),
    limit: 1_000,
    budgetMs: 20_000,
    ...more,
  });
const expected = (text: string) =>
  events
    .flatMap(({ id, found }) => (found.includes(text) ? [id] : []))
    .toSorted()
    .toReversed();

const indexAll = async (eventsMax: number, steps = Number.POSITIVE_INFINITY) => {
  let indexed = 0;
  for (let n = 0; n < steps; n += 1) {
    const step = await indexNextEvents(connection.sql, { workspaceId, termsOf, eventsMax });
    if (step === "nothing") break;
    indexed += step.events;
  }
  return indexed;
};

/** Blocks of these events are few. */
const blocksMax = 8;
const mergeAll = async () => {
  while ((await mergeSegments(connection.sql, { workspaceId, blocksMax })) > 0);
};
const readSegments = () => connection.sql<{ fromId: string; belowId: string; events: number }[]>`
  select from_id as "fromId", below_id as "belowId", events from payload_segments
  where workspace_id = ${workspaceId} order by from_id`;

describe.each([
  ["nothing is indexed", () => indexAll(47, 0)],
  ["part is indexed", () => indexAll(47, 3)],
  ["all that is old enough is indexed", () => indexAll(20)],
  [
    "what is indexed is merged, by several processes",
    () => Promise.all([mergeAll(), mergeAll(), mergeAll()]),
  ],
])("while %s", (_name, prepare) => {
  beforeAll(async () => {
    await prepare();
  });

  test.each(searches)("%s finds what has it", async (text) => {
    expect(await search(text)).toMatchObject({ ids: expected(text), next: null });
  });

  test("it goes on below where it stopped", async () => {
    const pages: string[] = [];
    let belowId: string | undefined;
    do {
      const { ids, next } = await search("cus_43*", { limit: 7, belowId });
      expect(ids.length).toBeLessThanOrEqual(7);
      pages.push(...ids);
      belowId = next ?? undefined;
    } while (belowId !== undefined);
    expect(pages).toEqual(expected("cus_43*"));
  });
});

test("of events that are indexed, only those are read that a search leads to", async () => {
  const [found, read] = await connection.db.transaction(async (tx) => {
    const countRead = async () => {
      const [row] = await tx.execute<{ n: number }>(
        `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n from pg_stat_xact_user_tables where relname ~ '^events'`,
      );
      return row?.n ?? 0;
    };
    const before = await countRead();
    const { ids } = await searchPayloads(tx, {
      workspaceId,
      payload: parsePayloadSearch("needle"),
      limit: 1_000,
      budgetMs: 20_000,
    });
    return [ids, (await countRead()) - before];
  });
  expect(found).toEqual(expected("needle"));
  // Beside what it finds, what is too new to be indexed: in order, and each once more.
  expect(read).toBeLessThan(events.length / 3);
});

test("a value that most events have is found by reading the newest, without all of its places in the index", async () => {
  const ownId = v7();
  const { db, sql } = connection;
  await sql`insert into workspaces (id, slug, name) values (${ownId}, 'common', 'Common')`;
  const start = Date.now() - 48 * 3_600_000;
  const ids = Array.from({ length: 40_000 }, (_, n) => v7({ msecs: start + n }));
  const currencyOf = (n: number) => (n % 10 === 0 ? "usd" : "eur");
  await sql`insert into events (id, workspace_id, type, test, body, body_bytes, deliveries)
    select id, ${ownId}, 'test.made', false, body, octet_length(body), 0
    from unnest(${ids}::uuid[], ${ids.map((_, n) => `{"data":{"currency":"${currencyOf(n)}"}}`)}::text[]) x(id, body)`;
  while ((await indexNextEvents(sql, { workspaceId: ownId, termsOf, eventsMax: 50_000 })) !== "nothing");

  for (const text of ["eur", "currency:eur", "eu*"]) {
    const { found, blocks } = await db.transaction(async (tx) => {
      const countBlocks = async () => {
        const [row] = await tx.execute<{ n: number }>(
          `select (seq_tup_read + idx_tup_fetch)::int as n from pg_stat_xact_user_tables where relname = 'payload_blocks'`,
        );
        return row?.n ?? 0;
      };
      const before = await countBlocks();
      const found: string[] = [];
      for (let page = 0; page < 3; page += 1) {
        const { ids } = await searchPayloads(tx, {
          workspaceId: ownId,
          payload: parsePayloadSearch(text),
          belowId: found.at(-1),
          limit: 20,
          budgetMs: 20_000,
        });
        found.push(...ids);
      }
      return { found, blocks: (await countBlocks()) - before };
    });
    const newest = ids.filter((_, n) => currencyOf(n) === "eur").toReversed();
    expect(found).toEqual(newest.slice(0, 60));
    // Each page counts up to a hundred of them.
    expect(blocks, text).toBeLessThan(330);
  }
});

test("a merged segment covers what its segments did, and they are gone", async () => {
  const before = await readSegments();
  expect(await indexAll(20)).toBe(0);
  expect(before.map(({ events }) => events).some((events) => events >= 8 * 20)).toBe(true);
  expect(before.reduce((sum, { events }) => sum + events, 0)).toBe(340);
  expect(before.slice(1).map(({ fromId }) => fromId)).toEqual(
    before.slice(0, -1).map(({ belowId }) => belowId),
  );
  const [{ n } = { n: -1 }] = await connection.sql<{ n: number }[]>`
    select count(distinct from_id)::int as n from payload_blocks where workspace_id = ${workspaceId}`;
  expect(n).toBe(before.length);
});

test("what is new stays out of the index until it is an hour old, and then only it is added", async () => {
  expect(await findIndexedRange(connection.db, workspaceId)).toMatchObject({ fromId: noId });
  expect(await findWorkspacesToIndex(connection.sql)).toEqual([otherId]);
  const { sql } = connection;
  const late = v7({ msecs: Date.now() - 10 * 60_000 });
  const [newest] = await sql<{ belowId: string }[]>`
    select below_id as "belowId" from payload_segments where workspace_id = ${workspaceId} order by from_id desc limit 1`;
  expect(newest && newest.belowId > late).toBe(true);
  expect(await indexAll(47)).toBe(0);
  const [{ n } = { n: -1 }] = await sql<{ n: number }[]>`
    select sum(events)::int as n from payload_segments where workspace_id = ${workspaceId}`;
  expect(n).toBe(340);
});

test("what writes events that are long past keeps them from being indexed until it is done", async () => {
  const { sql } = connection;
  const writer = openDatabase(testDatabase.url, { max: 1 });
  await holdIndexing(writer.sql, otherId);
  expect(await indexNextEvents(sql, { workspaceId: otherId, termsOf, eventsMax: 50 })).toBe("nothing");
  await writer.close();
  // The server notices a connection that was closed in its own time.
  await expect
    .poll(() => indexNextEvents(sql, { workspaceId: otherId, termsOf, eventsMax: 50 }))
    .not.toBe("nothing");
});

test("two processes do not index the same events", async () => {
  const { sql } = connection;
  const both = await Promise.all(
    Array.from({ length: 8 }, () => indexNextEvents(sql, { workspaceId: otherId, termsOf, eventsMax: 50 })),
  );
  const steps = both.flatMap((step) => (step === "nothing" ? [] : [step.events]));
  const [{ n, distinct } = { n: -1, distinct: -1 }] = await sql<{ n: number; distinct: number }[]>`
    select count(*)::int as n, count(distinct below_id)::int as distinct from payload_segments where workspace_id = ${otherId}`;
  expect(n).toBe(1 + steps.length);
  expect(distinct).toBe(n);
});
