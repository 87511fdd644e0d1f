import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { publishEvents as publishInDatabase } from "@/db/queries/publish-events";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { hold, waiting } from "../testing/hold";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { expectExactly, settle } from "./testing/expect-exactly";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
  await workspace.addEndpoint({ eventTypes: null });
  await workspace.addEndpoint({ eventTypes: ["order.paid"] });
});
afterAll(() => workspace.close());

const publish = (events: object[]) => settle(workspace, events);

const requests = fc.array(
  fc.array(
    fc.record({
      type: fc.constantFrom("order.paid", "order.made"),
      // Few keys and bodies: many requests meet, and some in conflict.
      idempotencyKey: fc.option(
        fc.integer({ min: 0, max: 60 }).map((n) => `key-${n}`),
        { nil: undefined, freq: 2 },
      ),
      variant: fc.constantFrom(1, 1, 1, 1, 2),
      unknown: fc.integer({ min: 0, max: 40 }).map((n) => n === 0),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  { minLength: 300, maxLength: 300 },
);

test("hundreds at once: each answer is right, and nothing of a refused request is there", async () => {
  const { sql } = database();
  await workspace.publish([
    { type: "order.paid", data: {} },
    { type: "order.made", data: {} },
  ]);
  await sql`update workspaces set refuse_unknown_types = true`;
  for (const [run, all] of fc.sample(requests, { seed: 7, numRuns: 4 }).entries()) {
    const answers = await Promise.all(
      all.map((events, number) =>
        publish(
          events.map(({ variant, unknown, idempotencyKey, type }, place) => ({
            type: unknown ? `unknown.${run}` : idempotencyKey ? "order.paid" : type,
            data: idempotencyKey ? { run, variant } : { run, number, place },
            ...(idempotencyKey ? { idempotencyKey: `${run}-${idempotencyKey}` } : {}),
          })),
        ),
      ),
    );
    const refusals = answers.flatMap(({ error }) =>
      error instanceof AppError ? [error.code] : (error ?? []),
    );
    expect(new Set(refusals)).toEqual(new Set(["conflict", "validation_failed"]));
    await expectExactly(workspace, answers, { run });
  }
  await sql`update workspaces set refuse_unknown_types = false`;
});

test("requests that come while one is under way share a transaction", async () => {
  const letGo = await hold("lock table events in exclusive mode");
  const first = publish([{ type: "order.paid", data: { shared: 0 } }]);
  await expect.poll(async () => (await waiting()).length).toBe(1);
  const others = Array.from({ length: 30 }, (_, n) =>
    publish([{ type: "order.paid", data: { shared: n + 1 } }]),
  );
  await letGo();
  const answers = await Promise.all([first, ...others]);
  await expectExactly(workspace, answers);
  const rows = await database().sql<{ transaction: string; events: number }[]>`
    select xmin::text as transaction, count(*)::int as events from events
    where body::json->'data'->>'shared' is not null group by 1 order by 2`;
  expect(rows.map((row) => row.events)).toEqual([1, 30]);
});

test("a key twice in one group: the same body gets the first answer, another body alone is a conflict", async () => {
  const event = { type: "order.paid", data: { n: 1 }, idempotencyKey: "in-group" };
  const answers = await Promise.all([
    publish([{ type: "order.made", data: { leads: true } }]),
    publish([event]),
    publish([event, { type: "order.made", data: { beside: true } }]),
    publish([
      { type: "order.made", data: { lost: true } },
      { ...event, data: { n: 2 } },
    ]),
    publish([{ ...event, idempotencyKey: "another" }]),
  ]);
  expect(answers.map(({ error }) => (error instanceof AppError ? error.code : error))).toEqual([
    undefined,
    undefined,
    undefined,
    "conflict",
    undefined,
  ]);
  expect(answers[3]?.error).toMatchObject({ extra: { errors: [{ path: "events.1.idempotencyKey" }] } });
  expect(answers[2]?.published?.[0]).toEqual(answers[1]?.published?.[0]);
  await expectExactly(workspace, answers);
  expect(await database().sql`select 1 from events where body::json->'data'->'lost' is not null`).toEqual([]);
});

test("a key that another process holds keeps nobody waiting but its own request", async () => {
  const letGo = await hold(
    `insert into idempotency_keys values ('${workspace.ctx.workspace.id}', 'events', 'held', 'x', '{}', now() + interval '1 hour')`,
  );
  const leading = publish([{ type: "order.made", data: { held: 0 } }]);
  const held = publish([{ type: "order.made", data: { held: 1 }, idempotencyKey: "held" }]);
  const others = Array.from({ length: 5 }, (_, n) =>
    publish([{ type: "order.made", data: { held: n + 2 } }]),
  );
  let answered = false;
  void held.then(() => {
    answered = true;
  });
  const answers = await Promise.all([leading, ...others]);
  expect(answers.map(({ error }) => error)).toEqual(answers.map(() => undefined));
  expect(answered).toBe(false);
  await letGo();
  await expectExactly(workspace, [...answers, await held]);
});

test("a group whose connection is ended is written all the same, and once", async () => {
  const letGo = await hold("lock table delivery_queue in exclusive mode");
  const first = publish([{ type: "order.paid", data: { ended: 0 } }]);
  const others = Array.from({ length: 10 }, (_, n) =>
    publish([
      { type: "order.paid", data: { ended: n + 1 } },
      { type: "order.paid", data: { ended: true }, idempotencyKey: "ended" },
    ]),
  );
  await expect.poll(async () => (await waiting()).length).toBe(1);
  for (const { pid } of await waiting()) await database().sql`select pg_terminate_backend(${pid})`;
  await letGo();
  await expectExactly(workspace, await Promise.all([first, ...others]), {}, { refused: 0 });
});

test("a connection that is ended while it commits: what it did not commit is written, and once", async () => {
  const { sql } = database();
  await sql`create function wait_at_commit() returns trigger language plpgsql as
    $$ begin lock table idempotency_keys in exclusive mode; return null; end $$`;
  await sql`create constraint trigger at_commit after insert on event_types deferrable initially deferred
    for each row execute function wait_at_commit()`;
  const letGo = await hold("lock table idempotency_keys in row exclusive mode");
  // Only what adds a type waits at its commit; it does so once.
  const answer = publish([
    { type: "order.paid", data: { atCommit: 1 } },
    { type: "added.now", data: {} },
  ]);
  await expect.poll(async () => (await waiting()).length).toBe(1);
  for (const { pid } of await waiting()) await sql`select pg_terminate_backend(${pid})`;
  await letGo();
  await expectExactly(workspace, [await answer], {}, { refused: 0 });
  await sql`drop function wait_at_commit() cascade`;
});

test("events that a lost connection did commit are not written twice", async () => {
  const event = (key: string | null) => ({
    id: newId(),
    type: "order.paid",
    idempotencyKey: key,
    bodyHash: key && "hash",
    timestamp: null,
    body: "{}",
    example: () => "{}",
    deliver: true,
    traceparent: null,
  });
  const params = {
    workspaceId: workspace.ctx.workspace.id,
    requests: [{ events: [event(null), event("committed")], check: () => undefined }],
    now: Date.now(),
    newId,
    idempotencyHours: 24,
    lockTimeoutMs: 5_000,
  };
  const first = await publishInDatabase(database().sql, { ...params, again: false });
  const count = async () =>
    (
      await database().sql`select (select count(*) from events) e, (select count(*) from delivery_queue) q`
    )[0];
  const before = await count();
  expect(await publishInDatabase(database().sql, { ...params, again: true })).toEqual(first);
  expect(await count()).toEqual(before);
});
