import { eventType, NonRetriableError, RetryAfterError } from "inngest";
import { afterEach, expect, test, vi } from "vitest";
import { eventually } from "../testing/eventually";
import { startTestEngine } from "../testing/start-test-engine";
import { backoffMs, retryAfterMs } from "./retry-delay";

const started = eventType("test/started");

afterEach(() => vi.useRealTimers());

test("a function that fails is retried as often as it says, then its onFailure hears of it", async () => {
  const attempts: number[] = [];
  const failures: unknown[] = [];
  const { client } = await startTestEngine((client) => [
    client.createFunction(
      {
        id: "f",
        triggers: [started],
        retries: 2,
        onFailure: async ({ error, event }) => {
          failures.push({ message: error.message, of: event.data.function_id, event: event.data.event.name });
        },
      },
      async ({ attempt }) => {
        attempts.push(attempt);
        throw new Error(`attempt ${attempt} failed`);
      },
    ),
    client.createFunction(
      {
        id: "other",
        triggers: [{ event: "test/other" }],
        retries: 0,
        onFailure: async () => {
          failures.push("of another function");
        },
      },
      async () => {},
    ),
  ]);
  await client.send(started.create());
  await eventually(() => expect(failures).toHaveLength(1));
  expect(attempts).toEqual([0, 1, 2]);
  expect(failures).toEqual([{ message: "attempt 2 failed", of: "test-f", event: "test/started" }]);
});

test("a non-retriable error is not retried", async () => {
  let attempts = 0;
  const failures: string[] = [];
  const { client } = await startTestEngine((client) => [
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
  await client.send(started.create());
  await eventually(() => expect(failures).toEqual(["never"]));
  expect(attempts).toBe(1);
});

test("a retry waits as long as RetryAfterError asks, whatever the backoff", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const attempts: string[] = [];
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [started], retries: 2 }, async ({ step }) => {
      if (attempts.length === 0) {
        attempts.push("function");
        throw new RetryAfterError("later", "10m");
      }
      await step.run("step", () => {
        attempts.push("step");
        if (attempts.length === 2) throw new RetryAfterError("and later", new Date(Date.now() + 3_600_000));
      });
    }),
  ]);
  await client.send(started.create());
  await vi.advanceTimersByTimeAsync(599_000);
  expect(attempts).toEqual(["function"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(attempts).toEqual(["function", "step"]);
  await vi.advanceTimersByTimeAsync(3_599_000);
  expect(attempts).toEqual(["function", "step"]);
  await vi.advanceTimersByTimeAsync(2_000);
  await eventually(() => expect(attempts).toEqual(["function", "step", "step"]));
});

test("a step is retried alone, and its last error can be caught", async () => {
  const calls: string[] = [];
  let caught: unknown;
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [started], retries: 2 }, async ({ step }) => {
      await step.run("good", () => calls.push("good"));
      try {
        await step.run("bad", () => {
          calls.push("bad");
          throw new Error("no use");
        });
      } catch (error) {
        caught = error;
      }
      await step.run("after", () => calls.push("after"));
    }),
  ]);
  await client.send(started.create());
  await eventually(() => expect(calls).toContain("after"));
  expect(calls).toEqual(["good", "bad", "bad", "bad", "after"]);
  expect(caught).toMatchObject({ message: "no use" });
});

test("parallel steps are retried one by one", async () => {
  const calls: string[] = [];
  let done = false;
  const { client } = await startTestEngine((client) => [
    client.createFunction({ id: "f", triggers: [started], retries: 1 }, async ({ step, attempt }) => {
      await Promise.all([
        step.run("flaky", () => {
          calls.push(`flaky ${attempt}`);
          if (attempt === 0) throw new Error("once");
        }),
        step.run("good", () => calls.push(`good ${attempt}`)),
      ]);
      done = true;
    }),
  ]);
  await client.send(started.create());
  await eventually(() => expect(done).toBe(true));
  expect(calls.sort()).toEqual(["flaky 0", "flaky 1", "good 0"]);
});

test("backoff follows Inngest's table, jitter included", () => {
  for (const [attempt, seconds] of [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200].entries()) {
    const wait = backoffMs(attempt);
    expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
    expect(wait).toBeLessThan(seconds * 1000 + 30_000);
  }
});

test("Retry-After is read as seconds or as a date", () => {
  expect(retryAfterMs("7")).toBe(7000);
  expect(retryAfterMs(new Date(Date.now() - 5000).toISOString())).toBe(0);
  expect(retryAfterMs("soon")).toBeNull();
  expect(retryAfterMs(null)).toBeNull();
});
