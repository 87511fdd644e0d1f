import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { addTestEndpoint } from "../testing/add-test-endpoint";
import { publishTestEvents } from "../testing/publish-test-events";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";

let testDatabase: TestDatabase;
let connection: Connection;
let workspaceId: string;
/** Subscribes to all types. */
let all: string;
/** Subscribes to `a`. */
let some: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
});
beforeEach(async () => {
  workspaceId = randomUUID();
  await connection.sql`insert into workspaces (id, slug, name) values (${workspaceId}, ${workspaceId.slice(0, 8)}, 'Main')`;
  all = await addEndpoint(null);
  some = await addEndpoint(["a"]);
  // Adds the type, then reads it.
  await publish({ again: true });
  await publish({ again: true });
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

const addEndpoint = (eventTypes: string[] | null) =>
  addTestEndpoint(connection.sql, { workspaceId, eventTypes });

type Publish = { sql?: postgres.Sql; again?: boolean; key?: string };

/** Publishes an event of type `a`, and returns its id. */
async function publish({ sql = connection.sql, ...how }: Publish = {}): Promise<string> {
  const [outcome] = await publishTestEvents(sql, { workspaceId, type: "a", count: 1, ...how });
  if (!outcome || "error" in outcome) throw outcome?.error;
  return outcome.published[0]?.id ?? "";
}

/** The pool, if it refuses a transaction. */
const withoutTransactions = () =>
  new Proxy(connection.sql, {
    get: (target, name) => {
      if (name === "begin") throw new Error("a transaction was begun");
      return Reflect.get(target, name);
    },
  });

const receiversOf = async (event: string) =>
  (
    await connection.sql<{ id: string; generation: number | null }[]>`
      select endpoint_id as id, generation from delivery_queue where event_id = ${event}
      union all select endpoint_id, null from deliveries where event_id = ${event} order by id`
  ).map(({ id, generation }) => [id, generation]);

test("what is known of a type is enough to publish in one statement, with a key and without", async () => {
  for (const key of [undefined, "first", "second"]) {
    const event = await publish({ sql: withoutTransactions(), key });
    expect(await receiversOf(event)).toEqual([
      [all, 0],
      [some, 0],
    ]);
  }
  expect(
    await connection.sql`select key from idempotency_keys where workspace_id = ${workspaceId} order by key`,
  ).toMatchObject([{ key: "first" }, { key: "second" }]);
  const [ledger] = await connection.sql`
    select sum(events)::int as events, sum(accepted)::int as accepted from ledger_deltas where workspace_id = ${workspaceId}`;
  expect(ledger).toEqual({ events: 5, accepted: 10 });
});

const changes: Record<
  string,
  { change: () => Promise<unknown>; receivers: () => [string, number | null][] }
> = {
  "an endpoint is deleted": {
    change: () => connection.sql`update endpoints set deleted_at = now() where id = ${some}`,
    receivers: () => [[all, 0]],
  },
  "an endpoint is moved to another generation": {
    change: () => connection.sql`update endpoints set generation = 3 where id = ${some}`,
    receivers: () => [
      [all, 0],
      [some, 3],
    ],
  },
  "an endpoint no longer subscribes": {
    change: () => connection.sql`update endpoints set event_types = '{b}' where id = ${some}`,
    receivers: () => [[all, 0]],
  },
  "the type is deleted": {
    change: () => connection.sql`delete from event_types where workspace_id = ${workspaceId}`,
    receivers: () => [
      [all, 0],
      [some, 0],
    ],
  },
};

test.each(Object.entries(changes))("known before, no longer true: %s", async (_, { change, receivers }) => {
  await publish({ sql: withoutTransactions() });
  await change();
  await expect(publish({ sql: withoutTransactions() })).rejects.toThrow("a transaction was begun");
  const event = await publish();
  expect(await receiversOf(event)).toEqual(receivers());
  expect(
    await connection.sql`select name from event_types where workspace_id = ${workspaceId}`,
  ).toMatchObject([{ name: "a" }]);
  // It is known from the second time on: the first adds the type.
  await publish();
  expect(await receiversOf(await publish({ sql: withoutTransactions() }))).toEqual(receivers());
});

test("an endpoint that starts to discard is not passed by", async () => {
  await publish({ sql: withoutTransactions() });
  await connection.sql`update endpoints set discards_while_disabled = true where id = ${all}`;
  await expect(publish({ sql: withoutTransactions() })).rejects.toThrow("a transaction was begun");
  expect(await receiversOf(await publish())).toEqual([
    [all, null],
    [some, 0],
  ]);
  await expect(publish({ sql: withoutTransactions() })).rejects.toThrow("a transaction was begun");
});

test("an endpoint that was added gets the next event", async () => {
  await publish({ sql: withoutTransactions() });
  const added = await addEndpoint(null);
  expect(await receiversOf(await publish())).toEqual([
    [all, 0],
    [some, 0],
    [added, 0],
  ]);
});

test("endpoints that list more types than are worth comparing are read each time", async () => {
  const many = await addEndpoint(["a", ...Array.from({ length: 500 }, (_, n) => `type.${n}`)]);
  await publish();
  await expect(publish({ sql: withoutTransactions() })).rejects.toThrow("a transaction was begun");
  expect(await receiversOf(await publish())).toContainEqual([many, 0]);
});

test("a workspace that starts to check data is not passed by", async () => {
  await publish({ sql: withoutTransactions() });
  await connection.sql`update workspaces set refuse_invalid_data = true where id = ${workspaceId}`;
  await expect(publish({ sql: withoutTransactions() })).rejects.toThrow("a transaction was begun");
  await publish();
  await expect(publish({ sql: withoutTransactions() })).rejects.toThrow("a transaction was begun");
});

test("a change that commits while the statement waits for it counts", async () => {
  let event = Promise.resolve("");
  await connection.sql.begin(async (tx) => {
    await tx`update endpoints set generation = 7 where id = ${some}`;
    event = publish();
    event.catch(() => undefined);
    await untilWaiting();
  });
  expect(await receiversOf(await event)).toEqual([
    [all, 0],
    [some, 7],
  ]);
});

test("a key that another process takes while the statement waits for it is used once", async () => {
  const taken = { id: v7(), type: "a", deliveries: 2 };
  let event = Promise.resolve("");
  await connection.sql.begin(async (tx) => {
    await tx`insert into idempotency_keys (workspace_id, scope, key, body_hash, result, expires_at)
      values (${workspaceId}, 'events', 'raced', 'hash', ${JSON.stringify(taken)}, now() + interval '1 day')`;
    event = publish({ key: "raced" });
    event.catch(() => undefined);
    await untilWaiting();
  });
  expect(await event).toBe(taken.id);
  expect(
    await connection.sql`select id from events where workspace_id = ${workspaceId} and idempotency_key = 'raced'`,
  ).toEqual([]);
});

test("it waits for a lock no longer than it may, and the limit ends with it", async () => {
  await connection.sql.begin(async (tx) => {
    await tx`select from endpoints where id = ${some} for update`;
    await expect(
      publishTestEvents(connection.sql, { workspaceId, type: "a", count: 1, lockTimeoutMs: 20 }),
    ).rejects.toMatchObject({ code: "55P03" });
  });
  const limits = await Promise.all(
    Array.from({ length: 20 }, () => connection.sql`select current_setting('lock_timeout') as limit`),
  );
  expect(new Set(limits.map(([row]) => row?.limit))).toEqual(new Set(["0"]));
});

/** Until a statement waits for what another transaction holds. */
const untilWaiting = () =>
  expect
    .poll(
      async () =>
        (
          await connection.sql`
            select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
        ).length,
    )
    .toBe(1);
