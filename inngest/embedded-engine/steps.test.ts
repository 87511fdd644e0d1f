import { setTimeout as sleep } from "node:timers/promises";
import { eventType } from "inngest";
import { afterEach, expect, test, vi } from "vitest";
import { eventually } from "../testing/eventually";
import { gate, startTestEngine } from "../testing/start-test-engine";

const started = eventType("test/started");
const passedOn = eventType("test/passed-on");

afterEach(() => vi.useRealTimers());

test("a step runs once, and its result is kept while the function goes on", async () => {
  const calls: string[] = [];
  let result: unknown;
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [started], retries: 0 }, async ({ step }) => {
      const first = await step.run("first", () => {
        calls.push("first");
        return { number: 20 };
      });
      const second = await step.run("second", () => {
        calls.push("second");
        return first.number + 1;
      });
      const nothing = await step.run("nothing", () => undefined);
      result = [first.number, second, nothing];
    }),
  ]);
  await client.send(started.create());
  await eventually(() => expect(result).toEqual([20, 21, null]));
  expect(calls).toEqual(["first", "second"]);
});

test("a sleep lasts as long as it says, and sleeping holds no place", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const log: string[] = [];
  const { client } = await startTestEngine((client) => [
    client.createFunction(
      { id: "f", triggers: [started], retries: 0, concurrency: 1 },
      async ({ event, step }) => {
        await step.run("before", () => log.push(`${event.id} before`));
        await step.sleep("night", "90m");
        await step.sleepUntil("morning", new Date(Date.now() - 1000));
        log.push(`${event.id} after`);
      },
    ),
  ]);
  await client.send([started.create(undefined, { id: "a" }), started.create(undefined, { id: "b" })]);
  await vi.advanceTimersByTimeAsync(5_399_000);
  expect(log).toEqual(["a before", "b before"]);
  await vi.advanceTimersByTimeAsync(1000);
  await eventually(() => expect(log).toEqual(["a before", "b before", "a after", "b after"]));
});

test("step.sendEvent starts the functions that ask for the event, once", async () => {
  const received: unknown[] = [];
  let done = false;
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "sender", triggers: [started], retries: 0 }, async ({ step }) => {
      await step.sendEvent("pass on", { ...passedOn.create({}), data: { from: "sender" } });
      await step.run("after", () => {});
      done = true;
    }),
    client.createFunction({ id: "receiver", triggers: [passedOn], retries: 0 }, async ({ event }) => {
      received.push(event.data);
    }),
  ]);
  await client.send(started.create());
  await eventually(() => expect(done && received.length > 0).toBe(true));
  expect(received).toEqual([{ from: "sender" }]);
});

test("parallel steps run side by side, each once, and beside a sleep", async () => {
  const running = gate();
  const calls: string[] = [];
  let result: unknown;
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [started], retries: 0 }, async ({ step }) => {
      result = await Promise.all([
        step.run("waits", async () => {
          calls.push("waits");
          await running.opened;
          return "waited";
        }),
        step.run("opens", () => {
          calls.push("opens");
          running.open();
          return "opened";
        }),
        step.sleep("sleeps", "1s"),
      ]);
      await step.run("later", () => calls.push("later"));
    }),
  ]);
  await client.send(started.create());
  await eventually(() => expect(calls).toContain("later"));
  expect(result).toEqual(["waited", "opened", null]);
  expect(calls.sort()).toEqual(["later", "opens", "waits"]);
});

test("a race goes on with the first step that is done", async () => {
  const slow = gate();
  let winner: unknown;
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [started], retries: 0 }, async ({ step, group }) => {
      winner = await group.parallel({ mode: "race" }, () =>
        Promise.race([
          step.run("slow", async () => {
            await slow.opened;
            return "slow";
          }),
          step.run("quick", () => "quick"),
        ]),
      );
    }),
  ]);
  await client.send(started.create());
  await eventually(() => expect(winner).toBe("quick"));
  slow.open();
});

test("a step that this engine lacks fails the run with a name, instead of waiting forever", async () => {
  const failures: string[] = [];
  const { client } = await startTestEngine((client) => [
    client.createFunction(
      {
        id: "f",
        triggers: [started],
        retries: 0,
        onFailure: async ({ error }) => {
          failures.push(error.message);
        },
      },
      async ({ step }) => {
        await step.waitForEvent("reply", { event: passedOn, timeout: "1h" });
      },
    ),
  ]);
  await client.send(started.create());
  await eventually(() =>
    expect(failures).toEqual(['The embedded engine does not offer WaitForEvent ("reply")']),
  );
});

test("no more requests of a function run at once than its concurrency allows", async () => {
  let running = 0;
  let most = 0;
  let finished = 0;
  const { client } = await startTestEngine((client) => [
    client.createFunction(
      { id: "f", triggers: [started], retries: 0, concurrency: { limit: 3 } },
      async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(2);
        running -= 1;
        finished += 1;
      },
    ),
  ]);
  await client.send(Array.from({ length: 20 }, () => started.create()));
  await eventually(() => expect(finished).toBe(20));
  expect(most).toBe(3);
});
