import { eventType, staticSchema } from "inngest";
import { afterEach, expect, test, vi } from "vitest";
import { eventually } from "../testing/eventually";
import { startTestEngine } from "../testing/start-test-engine";

const ordered = eventType("test/ordered", { schema: staticSchema<{ item: string }>() });

afterEach(() => vi.useRealTimers());

test("an event starts every function that asks for it, with its data and id", async () => {
  const seen: unknown[] = [];
  const { client } = await startTestEngine((client) =>
    ["first", "second"].map((id) =>
      client.createFunction({ id, triggers: [ordered], retries: 0 }, async ({ event, attempt }) => {
        seen.push({ by: id, item: event.data.item, id: event.id, attempt });
      }),
    ),
  );
  const { ids } = await client.send(ordered.create({ item: "a" }, { id: "order-1" }));
  expect(ids).toEqual(["order-1"]);
  await eventually(() => expect(seen).toHaveLength(2));
  expect(seen).toContainEqual({ by: "first", item: "a", id: "order-1", attempt: 0 });
  expect(seen).toContainEqual({ by: "second", item: "a", id: "order-1", attempt: 0 });
});

test("an event that nothing asks for is accepted", async () => {
  const { client } = await startTestEngine(() => []);
  await expect(client.send({ name: "test/unknown" })).resolves.toMatchObject({ ids: [expect.any(String)] });
});

test("an event id starts a function once", async () => {
  const items: string[] = [];
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [ordered], retries: 0 }, async ({ event }) => {
      items.push(event.data.item);
    }),
  ]);
  await client.send(ordered.create({ item: "a" }, { id: "same" }));
  await client.send([ordered.create({ item: "b" }, { id: "same" }), ordered.create({ item: "c" })]);
  await eventually(() => expect(items).toContain("c"));
  expect(items).toEqual(["a", "c"]);
});

test("an event with a future ts starts its function then, not before", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const startedAt: number[] = [];
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [ordered], retries: 0 }, async () => {
      startedAt.push(Date.now());
    }),
  ]);
  const ts = Date.now() + 40 * 86_400_000;
  await client.send(ordered.create({ item: "a" }, { ts }));
  await vi.advanceTimersByTimeAsync(40 * 86_400_000 - 1);
  expect(startedAt).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await eventually(() => expect(startedAt).toEqual([ts]));
});

test("a batch goes out when it is full, with all its events", async () => {
  const batches: string[][] = [];
  const { client } = await startTestEngine((client) => [
    client.createFunction(
      { id: "f", triggers: [ordered], retries: 0, batchEvents: { maxSize: 3, timeout: "60s" } },
      async ({ events }) => {
        batches.push(events.map((event) => event.data.item));
      },
    ),
  ]);
  await client.send(["a", "b", "c", "d"].map((item) => ordered.create({ item }, { id: "same" })));
  await eventually(() => expect(batches).toEqual([["a", "b", "c"]]));
});

test("a batch that does not fill goes out when its first event has waited its time", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const batches: string[][] = [];
  const { client } = await startTestEngine((client) => [
    client.createFunction(
      { id: "f", triggers: [ordered], retries: 0, batchEvents: { maxSize: 3, timeout: "5s" } },
      async ({ events }) => {
        batches.push(events.map((event) => event.data.item));
      },
    ),
  ]);
  await client.send(ordered.create({ item: "a" }));
  await vi.advanceTimersByTimeAsync(4000);
  await client.send(ordered.create({ item: "b" }));
  expect(batches).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  await eventually(() => expect(batches).toEqual([["a", "b"]]));
});

test("what is no event is refused with the reason", async () => {
  const { engine } = await startTestEngine(() => []);
  const post = (path: string, body: unknown) =>
    engine.fetch(`http://embedded-engine.invalid${path}`, { method: "POST", body: JSON.stringify(body) });
  expect((await post("/e/test", [{ data: {} }])).status).toBe(400);
  expect((await post("/elsewhere", [])).status).toBe(404);
});
