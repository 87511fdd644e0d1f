import { eventType, type Inngest, type InngestFunction, staticSchema } from "inngest";
import { expect, test } from "vitest";

export type EngineUnderTest = {
  /** Starts an engine with functions; returns the client whose events reach them. Stops when the test is finished. */
  start(makeFunctions: (client: Inngest) => InngestFunction.Like[]): Promise<{ client: Inngest }>;
  /** Lets so much time pass, by the clock that the engine goes by. */
  pass(ms: number): Promise<unknown>;
};

const asked = eventType("contract/asked", { schema: staticSchema<{ item: string }>() });
const passedOn = eventType("contract/passed-on", { schema: staticSchema<{ from: string }>() });

const timeout = 240_000;
/** For what must not happen: long enough that it would have. */
const quietMs = 3_000;
/** How long Inngest waits before a first retry, and at most before a second. */
const firstRetryMs = { min: 15_000, max: 45_000 };
const secondRetryMsMax = 60_000;

/**
 * What Posthorn's functions rely on, wherever they run. The same tests hold for the embedded engine and for an Inngest
 * server, so that functions which run on the one run unchanged on the other.
 */
export function testEngineContract({ start, pass }: EngineUnderTest): void {
  async function eventually(check: () => void): Promise<void> {
    for (let passedMs = 0; ; passedMs += 50) {
      try {
        check();
        return;
      } catch (error) {
        if (passedMs > 150_000) throw error;
      }
      await pass(50);
    }
  }

  /** Starts a function that notes the data of its events, and when it ran. */
  async function startNoting() {
    const items: string[] = [];
    const times: number[] = [];
    const { client } = await start((client) => [
      client.createFunction({ id: "f", triggers: [asked], retries: 0 }, async ({ event }) => {
        items.push(event.data.item);
        times.push(Date.now());
      }),
    ]);
    return { client, items, times };
  }

  test("an event runs each function that asks for it, with its data", { timeout }, async () => {
    const seen: unknown[] = [];
    const { client } = await start((client) => [
      ...["f", "g"].map((id) =>
        client.createFunction({ id, triggers: [asked], retries: 0 }, async ({ event, events, attempt }) => {
          seen.push({ id, name: event.name, data: event.data, events: events.length, attempt });
        }),
      ),
      client.createFunction({ id: "other", triggers: [passedOn], retries: 0 }, async () => {
        seen.push("another event's function");
      }),
    ]);
    await client.send(asked.create({ item: "a" }));
    await eventually(() => expect(seen).toHaveLength(2));
    await pass(quietMs);
    const run = { name: "contract/asked", data: { item: "a" }, events: 1, attempt: 0 };
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(
      expect.arrayContaining([
        { id: "f", ...run },
        { id: "g", ...run },
      ]),
    );
  });

  test("events sent together run a function once each", { timeout }, async () => {
    const { client, items } = await startNoting();
    await client.send(["a", "b", "c"].map((item) => asked.create({ item })));
    await eventually(() => expect(items).toHaveLength(3));
    expect(items.toSorted()).toEqual(["a", "b", "c"]);
  });

  test("an event's id runs a function once", { timeout }, async () => {
    const { client, items } = await startNoting();
    const id = `once-${Date.now()}`;
    await client.send(asked.create({ item: "first" }, { id }));
    await eventually(() => expect(items).toEqual(["first"]));
    await client.send([asked.create({ item: "again" }, { id }), asked.create({ item: "other" })]);
    await eventually(() => expect(items).toContain("other"));
    await pass(quietMs);
    expect(items).toEqual(["first", "other"]);
  });

  test("an event with a future ts runs its function then, no earlier", { timeout }, async () => {
    const { client, times } = await startNoting();
    const ts = Date.now() + 2_000;
    await client.send(asked.create({ item: "later" }, { ts }));
    await eventually(() => expect(times).toHaveLength(1));
    expect(times[0]).toBeGreaterThanOrEqual(ts);
  });

  test("a timed signal that several processes send for one second starts one run", { timeout }, async () => {
    const { client, times } = await startNoting();
    const second = Math.floor(Date.now() / 1000) + 2;
    const signal = asked.create({ item: "due" }, { id: `due:${second}`, ts: second * 1000 });
    await Promise.all([client.send(signal), client.send(signal), client.send(signal)]);
    await eventually(() => expect(times).not.toEqual([]));
    await pass(quietMs);
    expect(times).toHaveLength(1);
    expect(times[0]).toBeGreaterThanOrEqual(second * 1000);
  });

  test("a function may send an event that runs another one", { timeout }, async () => {
    const received: string[] = [];
    const { client } = await start((client) => [
      client.createFunction({ id: "f", triggers: [asked], retries: 0 }, async () => {
        await client.send(passedOn.create({ from: "f" }));
      }),
      client.createFunction({ id: "g", triggers: [passedOn], retries: 0 }, async ({ event }) => {
        received.push(event.data.from);
      }),
    ]);
    await client.send(asked.create({ item: "a" }));
    await eventually(() => expect(received).toEqual(["f"]));
  });

  test("a cron function runs each minute", { timeout }, async () => {
    const runs: { name: string; minute: number }[] = [];
    await start((client) => [
      client.createFunction({ id: "f", triggers: [{ cron: "* * * * *" }], retries: 0 }, async ({ event }) => {
        runs.push({ name: event.name, minute: Math.floor(Date.now() / 60_000) });
      }),
    ]);
    const from = Math.floor(Date.now() / 60_000);
    await eventually(() => expect(runs).toHaveLength(2));
    const name = "inngest/scheduled.timer";
    expect(runs).toEqual([
      { name, minute: from + 1 },
      { name, minute: from + 2 },
    ]);
  });

  test("no more runs of a function are in flight than its concurrency allows, and each gets its turn", {
    timeout,
  }, async () => {
    let running = 0;
    let most = 0;
    let finished = 0;
    const { client } = await start((client) => [
      client.createFunction({ id: "f", triggers: [asked], retries: 0, concurrency: 2 }, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        running -= 1;
        finished += 1;
      }),
    ]);
    await client.send(Array.from({ length: 6 }, () => asked.create({ item: "a" })));
    await eventually(() => expect(finished).toBe(6));
    expect(most).toBe(2);
  });

  test("a function that throws is tried again after a while, as often as it says", { timeout }, async () => {
    const attempts = { once: [] as number[], never: [] as number[] };
    const times: number[] = [];
    const { client } = await start((client) => [
      client.createFunction({ id: "once", triggers: [asked], retries: 1 }, async ({ attempt }) => {
        attempts.once.push(attempt);
        times.push(Date.now());
        throw new Error("never works");
      }),
      client.createFunction({ id: "never", triggers: [asked], retries: 0 }, async ({ attempt }) => {
        attempts.never.push(attempt);
        throw new Error("never works");
      }),
    ]);
    await client.send(asked.create({ item: "a" }));
    await eventually(() => expect(attempts.once).toEqual([0, 1]));
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(firstRetryMs.min);
    // What an engine needs to notice the failure and to call comes on top.
    expect(second - first).toBeLessThan(firstRetryMs.max + 5_000);
    await pass(secondRetryMsMax + quietMs);
    expect(attempts).toEqual({ once: [0, 1], never: [0] });
  });

  test("a function that throws and then works runs no more", { timeout }, async () => {
    const attempts: number[] = [];
    const { client } = await start((client) => [
      client.createFunction({ id: "f", triggers: [asked], retries: 2 }, async ({ attempt }) => {
        attempts.push(attempt);
        if (attempt === 0) throw new Error("not yet");
      }),
    ]);
    await client.send(asked.create({ item: "a" }));
    await eventually(() => expect(attempts).toEqual([0, 1]));
    await pass(secondRetryMsMax + quietMs);
    expect(attempts).toEqual([0, 1]);
  });
}
