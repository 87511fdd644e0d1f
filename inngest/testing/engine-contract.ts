import {
  eventType,
  type Inngest,
  type InngestFunction,
  NonRetriableError,
  RetryAfterError,
  staticSchema,
} from "inngest";
import { expect, test, vi } from "vitest";

/** Starts an engine with functions; returns the client whose events reach them. Stops when the test is finished. */
export type StartEngine = (
  makeFunctions: (client: Inngest) => InngestFunction.Like[],
) => Promise<{ client: Inngest }>;

const started = eventType("contract/started", { schema: staticSchema<{ item: string }>() });
const passedOn = eventType("contract/passed-on", { schema: staticSchema<{ from: string }>() });

const timeout = 60_000;
/** For what must not happen: long enough that it would have. */
const quietMs = 1500;

/**
 * What a function may rely on, wherever it runs. The same tests hold for the embedded engine and for an Inngest
 * server, so that functions which run on one machine run unchanged on the other.
 */
export function testEngineContract(start: StartEngine): void {
  const eventually = (check: () => void) => vi.waitFor(check, { timeout: timeout - 5000, interval: 20 });
  const quiet = () => new Promise((resolve) => setTimeout(resolve, quietMs));
  const once = started.create({ item: "a" });

  test("an event starts a function, with its data", { timeout }, async () => {
    const seen: unknown[] = [];
    const { client } = await start((client) => [
      client.createFunction(
        { id: "f", triggers: [started], retries: 0 },
        async ({ event, events, attempt }) => {
          seen.push({ name: event.name, data: event.data, events: events.length, attempt });
        },
      ),
    ]);
    await client.send(once);
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen).toEqual([{ name: "contract/started", data: { item: "a" }, events: 1, attempt: 0 }]);
  });

  test("an event's id starts a function once", { timeout }, async () => {
    const seen: string[] = [];
    const { client } = await start((client) => [
      client.createFunction({ id: "f", triggers: [started], retries: 0 }, async ({ event }) => {
        seen.push(event.data.item);
      }),
    ]);
    const id = `once-${Date.now()}`;
    await client.send(started.create({ item: "first" }, { id }));
    await eventually(() => expect(seen).toEqual(["first"]));
    await client.send(started.create({ item: "again" }, { id }));
    await quiet();
    expect(seen).toEqual(["first"]);
  });

  test("an event with a future ts starts its function no earlier", { timeout }, async () => {
    let startedAt = 0;
    const { client } = await start((client) => [
      client.createFunction({ id: "f", triggers: [started], retries: 0 }, async () => {
        startedAt = Date.now();
      }),
    ]);
    const ts = Date.now() + 2000;
    await client.send(started.create({ item: "later" }, { ts }));
    await eventually(() => expect(startedAt).not.toBe(0));
    expect(startedAt).toBeGreaterThanOrEqual(ts);
  });

  test("a timed signal, sent by several processes for one second, starts one run, no earlier", {
    timeout,
  }, async () => {
    const startedAt: number[] = [];
    const { client } = await start((client) => [
      client.createFunction({ id: "f", triggers: [started], retries: 0 }, async () => {
        startedAt.push(Date.now());
      }),
    ]);
    const second = Math.floor(Date.now() / 1000) + 2;
    const signal = started.create({ item: "due" }, { id: `due:${second}`, ts: second * 1000 });
    await Promise.all([client.send(signal), client.send(signal), client.send(signal)]);
    await eventually(() => expect(startedAt).not.toEqual([]));
    await quiet();
    expect(startedAt).toHaveLength(1);
    expect(startedAt[0]).toBeGreaterThanOrEqual(second * 1000);
  });

  test("steps run once each, in order, with a sleep between, and pass events on", { timeout }, async () => {
    const calls: string[] = [];
    const received: unknown[] = [];
    let result: unknown;
    const { client } = await start((client) => [
      client.createFunction(
        { id: "f", triggers: [started], retries: 0, checkpointing: false },
        async ({ step }) => {
          const first = await step.run("first", () => {
            calls.push("first");
            return { number: 20 };
          });
          await step.sleep("rest", "1s");
          await step.sendEvent("pass on", passedOn.create({ from: "f" }));
          result = await step.run("last", () => {
            calls.push("last");
            return first.number + 1;
          });
        },
      ),
      client.createFunction({ id: "g", triggers: [passedOn], retries: 0 }, async ({ event }) => {
        received.push(event.data.from);
      }),
    ]);
    await client.send(once);
    await eventually(() => expect([result, received]).toEqual([21, ["f"]]));
    expect(calls).toEqual(["first", "last"]);
  });

  test("parallel steps run once each", { timeout }, async () => {
    const calls: string[] = [];
    let result: unknown;
    const { client } = await start((client) => [
      client.createFunction(
        { id: "f", triggers: [started], retries: 0, checkpointing: false },
        async ({ step }) => {
          const run = (name: string) => step.run(name, () => calls.push(name) && name);
          result = await Promise.all([run("a"), run("b"), run("c"), step.sleep("rest", "1s")]);
        },
      ),
    ]);
    await client.send(once);
    await eventually(() => expect(result).toEqual(["a", "b", "c", null]));
    expect(calls.sort()).toEqual(["a", "b", "c"]);
  });

  test("a failing function is retried as often as it says, and onFailure hears of the end", {
    timeout,
  }, async () => {
    const attempts: number[] = [];
    const failures: unknown[] = [];
    const { client } = await start((client) => [
      client.createFunction(
        {
          id: "f",
          triggers: [started],
          retries: 1,
          onFailure: async ({ error, event }) => {
            failures.push({ message: error.message, data: event.data.event.data });
          },
        },
        async ({ attempt }) => {
          attempts.push(attempt);
          throw new RetryAfterError(`attempt ${attempt} failed`, "1s");
        },
      ),
    ]);
    await client.send(once);
    await eventually(() => expect(failures).toHaveLength(1));
    expect(failures).toEqual([{ message: "attempt 1 failed", data: { item: "a" } }]);
    expect(attempts).toEqual([0, 1]);
  });

  test("a step is retried alone, and its last error reaches the function", { timeout }, async () => {
    const calls: string[] = [];
    let caught: unknown;
    const { client } = await start((client) => [
      client.createFunction(
        { id: "f", triggers: [started], retries: 1, checkpointing: false },
        async ({ step }) => {
          await step.run("good", () => calls.push("good"));
          caught = await step
            .run("bad", () => {
              calls.push("bad");
              throw new RetryAfterError("no use", "1s");
            })
            .catch((error: unknown) => error);
        },
      ),
    ]);
    await client.send(once);
    await eventually(() => expect(caught).toMatchObject({ message: "no use" }));
    expect(calls).toEqual(["good", "bad", "bad"]);
  });

  test("a non-retriable error ends a run at once", { timeout }, async () => {
    let attempts = 0;
    const failures: string[] = [];
    const { client } = await start((client) => [
      client.createFunction(
        {
          id: "f",
          triggers: [started],
          retries: 5,
          onFailure: async ({ error }) => {
            failures.push(error.message);
          },
        },
        async () => {
          attempts += 1;
          throw new NonRetriableError("never");
        },
      ),
    ]);
    await client.send(once);
    await eventually(() => expect(failures).toEqual(["never"]));
    expect(attempts).toBe(1);
  });

  test("a batch goes out when it is full or its time is over, and loses no event", { timeout }, async () => {
    const batches: string[][] = [];
    const { client } = await start((client) => [
      client.createFunction(
        { id: "f", triggers: [started], retries: 0, batchEvents: { maxSize: 3, timeout: "2s" } },
        async ({ events }) => {
          batches.push(events.map((event) => event.data.item));
        },
      ),
    ]);
    const items = ["a", "b", "c", "d"];
    await client.send(items.map((item) => started.create({ item })));
    await eventually(() => expect(batches.flat()).toHaveLength(4));
    expect(batches.map((batch) => batch.length).sort()).toEqual([1, 3]);
    expect(batches.flat().sort()).toEqual(items);
  });

  test("no more of a function run at once than its concurrency allows", { timeout }, async () => {
    let running = 0;
    let most = 0;
    let finished = 0;
    const { client } = await start((client) => [
      client.createFunction({ id: "f", triggers: [started], retries: 0, concurrency: 2 }, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 200));
        running -= 1;
        finished += 1;
      }),
    ]);
    await client.send(Array.from({ length: 6 }, () => once));
    await eventually(() => expect(finished).toBe(6));
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
  });
}
