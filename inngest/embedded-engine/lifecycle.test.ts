import { eventType, type InngestFunction } from "inngest";
import { afterEach, expect, test, vi } from "vitest";
import { gate, startTestEngine } from "../testing/start-test-engine";

const started = eventType("test/started");

afterEach(() => vi.useRealTimers());

test("a cron function runs at each of its times, in UTC or in its zone", async () => {
  vi.useFakeTimers({
    now: Date.parse("2026-11-20T09:58:30Z"),
    toFake: ["setTimeout", "clearTimeout", "Date"],
  });
  const runs: string[] = [];
  await startTestEngine((client) =>
    Object.entries({ minute: "* * * * *", daily: "0 10 * * *", paris: "TZ=Europe/Paris 0 11 * * *" }).map(
      ([id, cron]) =>
        client.createFunction({ id, triggers: [{ cron }], retries: 0 }, async ({ event }) => {
          runs.push(`${id} ${new Date().toISOString().slice(11, 16)} ${event.name}`);
        }),
    ),
  );
  await vi.advanceTimersByTimeAsync(150_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs.sort()).toEqual([
    "daily 10:00 inngest/scheduled.timer",
    "minute 09:59 inngest/scheduled.timer",
    "minute 10:00 inngest/scheduled.timer",
    "minute 10:01 inngest/scheduled.timer",
    "paris 10:00 inngest/scheduled.timer",
  ]);
});

test("stop waits for what runs, starts nothing more, and forgets what waits", async () => {
  const running = gate();
  const release = gate();
  const log: string[] = [];
  const { client, engine } = await startTestEngine((client) => [
    client.createFunction(
      { id: "f", triggers: [started], retries: 0, concurrency: 1 },
      async ({ event, step }) => {
        await step.run("first", async () => {
          log.push(`${event.id} begins`);
          running.open();
          await release.opened;
          log.push(`${event.id} ends`);
        });
        log.push(`${event.id} goes on`);
      },
    ),
  ]);
  await client.send([started.create(undefined, { id: "a" }), started.create(undefined, { id: "b" })]);
  await running.opened;
  let stopped = false;
  const stopping = engine.stop().then(() => {
    stopped = true;
  });
  await client.send(started.create(undefined, { id: "too late" }));
  expect(stopped).toBe(false);
  release.open();
  await stopping;
  expect(log).toEqual(["a begins", "a ends"]);
});

test.each<[string, Partial<InngestFunction.Options>, RegExp]>([
  ["retries left open", {}, /test-f[\s\S]*retries/],
  ["throttle", { retries: 0, throttle: { limit: 1, period: "1s" } }, /test-f[\s\S]*throttle/],
  ["a condition", { retries: 0, triggers: [{ event: "a", if: "event.data.x == 1" }] }, /not evaluated/],
  ["a wildcard", { retries: 0, triggers: [{ event: "a/*" }] }, /wildcard/],
  ["a concurrency key", { retries: 0, concurrency: { limit: 1, key: "event.data.x" } }, /key/],
  ["a batch by key", { retries: 0, batchEvents: { maxSize: 2, timeout: "1s", key: "event.data.x" } }, /key/],
])("a function that wants what this engine lacks does not start: %s", async (_, options, message) => {
  const starting = startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [{ event: "a" }], ...options }, async () => {}),
  ]);
  await expect(starting).rejects.toThrow(message);
});
