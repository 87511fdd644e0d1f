import { eventType, Inngest, type InngestFunction } from "inngest";
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { testEngineContract } from "../testing/engine-contract";
import { backoffMs } from "./backoff-ms";
import { EmbeddedEngine } from "./embedded-engine";

const asked = eventType("test/asked");
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  const now = Date.parse("2026-11-20T09:58:30Z");
  vi.useFakeTimers({ now, toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterAll(() => {
  vi.useRealTimers();
});

/** An engine with functions made for the test, a client that sends to it, and the errors that it logs. */
async function startTestEngine(makeFunctions: (client: Inngest) => InngestFunction.Like[]) {
  const errors: unknown[] = [];
  const engine = new EmbeddedEngine();
  const client = new Inngest({
    id: "test",
    isDev: true,
    baseUrl: "http://embedded-engine.invalid",
    eventKey: "test",
    logger: { info() {}, warn() {}, debug() {}, error: (...line: unknown[]) => errors.push(line) },
    fetch: engine.fetch,
  });
  await engine.start({ client, functions: makeFunctions(client) });
  onTestFinished(() => stop(engine));
  return { client, engine, errors };
}

/** The SDK waits for moments of its own in what is in flight. */
async function stop(engine: EmbeddedEngine): Promise<void> {
  await Promise.all([engine.stop(), pass(100)]);
}

describe("the embedded engine", () => {
  testEngineContract({ start: startTestEngine, pass });

  test("an event whose ts is weeks ahead runs its function then, not before", async () => {
    const startedAt: number[] = [];
    const { client } = await startTestEngine((client) => [
      client.createFunction({ id: "f", triggers: [asked], retries: 0 }, async () => {
        startedAt.push(Date.now());
      }),
    ]);
    const waitMs = 40 * 86_400_000;
    const ts = Date.now() + waitMs;
    await client.send(asked.create(undefined, { ts }));
    await pass(waitMs - 1);
    expect(startedAt).toEqual([]);
    await pass(1);
    await vi.waitFor(() => expect(startedAt).toEqual([ts]));
  });

  test("a daily cron function runs at its time in UTC, wherever the process is", async () => {
    const runs: string[] = [];
    vi.stubEnv("TZ", "Asia/Tokyo");
    await startTestEngine((client) => [
      client.createFunction({ id: "f", triggers: [{ cron: "47 3 * * *" }], retries: 0 }, async () => {
        runs.push(new Date().toISOString().slice(0, 16));
      }),
    ]);
    await pass(2 * 86_400_000);
    await vi.waitFor(() => expect(runs).toEqual(["2026-11-21T03:47", "2026-11-22T03:47"]));
    vi.unstubAllEnvs();
  });

  test("a retry waits outside of the queue, and the last failure is logged with its reason", async () => {
    const runs: string[] = [];
    const { client, errors } = await startTestEngine((client) => [
      client.createFunction(
        { id: "f", triggers: [asked], retries: 1, concurrency: 1 },
        async ({ event, attempt }) => {
          runs.push(`${event.id} ${attempt}`);
          if (event.id === "a") throw new Error("out of order");
        },
      ),
    ]);
    await client.send([asked.create(undefined, { id: "a" }), asked.create(undefined, { id: "b" })]);
    await pass(1_000);
    expect(runs).toEqual(["a 0", "b 0"]);
    await pass(60_000);
    expect(runs).toEqual(["a 0", "b 0", "a 1"]);
    const ofEngine = errors.filter((line) => JSON.stringify(line).includes("a function failed"));
    expect(ofEngine).toEqual([
      [
        {
          function: "test-f",
          run: expect.any(String),
          error: expect.objectContaining({ message: expect.stringContaining("out of order") }),
        },
        "a function failed",
      ],
    ]);
  });

  test("stop waits for what is in flight, starts nothing more, and forgets what waits", async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const runs: string[] = [];
    const { client, engine } = await startTestEngine((client) => [
      client.createFunction({ id: "f", triggers: [asked], retries: 1, concurrency: 1 }, async ({ event }) => {
        runs.push(`${event.id} starts`);
        await released;
        runs.push(`${event.id} fails`);
        throw new Error("would be retried");
      }),
    ]);
    const later = asked.create(undefined, { id: "later", ts: Date.now() + 1_000 });
    await client.send([asked.create(undefined, { id: "a" }), asked.create(undefined, { id: "b" }), later]);
    await vi.waitFor(() => expect(runs).toEqual(["a starts"]));
    let stopped = false;
    const stopping = stop(engine).then(() => {
      stopped = true;
    });
    await client.send(asked.create(undefined, { id: "too late" }));
    await pass(2_000);
    expect(stopped).toBe(false);
    release();
    await Promise.all([stopping, pass(120_000)]);
    expect(runs).toEqual(["a starts", "a fails"]);
  });

  test("an event that nothing asks for is accepted, and what is no event is refused with the reason", async () => {
    const { client, engine } = await startTestEngine(() => []);
    await expect(client.send({ name: "test/unknown", id: "x" })).resolves.toEqual({ ids: ["x"] });
    const post = async (path: string, body: unknown) => {
      const url = `http://embedded-engine.invalid${path}`;
      const response = await engine.fetch(url, { method: "POST", body: JSON.stringify(body) });
      return response.json();
    };
    expect(await post("/e/test", [{ data: {} }])).toMatchObject({
      status: 400,
      error: expect.stringMatching(/name/),
    });
    expect(await post("/elsewhere", [])).toMatchObject({
      status: 404,
      error: expect.stringMatching(/elsewhere/),
    });
  });

  test("the wait before a retry follows Inngest's table, jitter included", () => {
    for (const [attempt, seconds] of [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200].entries()) {
      const waitMs = backoffMs(attempt);
      expect(waitMs).toBeGreaterThanOrEqual(seconds * 1000);
      expect(waitMs).toBeLessThan(seconds * 1000 + 30_000);
    }
  });

  test("a function with steps fails, and the log says why", async () => {
    const { client, errors } = await startTestEngine((client) => [
      client.createFunction({ id: "f", triggers: [asked], retries: 0 }, async ({ step }) => {
        await step.sleep("rest", "1s");
      }),
    ]);
    await client.send(asked.create());
    await vi.waitFor(() =>
      expect(errors).toEqual([
        [
          expect.objectContaining({ error: new Error("The embedded engine does not offer steps") }),
          "a function failed",
        ],
      ]),
    );
  });

  test.each<[string, Partial<InngestFunction.Options>, RegExp]>([
    ["retries left open", {}, /test-f[\s\S]*retries/],
    ["throttle", { retries: 0, throttle: { limit: 1, period: "1s" } }, /test-f[\s\S]*throttle/],
    ["a condition", { retries: 0, triggers: [{ event: "a", if: "event.data.x == 1" }] }, /expression/],
    ["a wildcard", { retries: 0, triggers: [{ event: "a/*" }] }, /wildcard/],
    ["a concurrency key", { retries: 0, concurrency: { limit: 1, key: "event.data.x" } }, /concurrency/],
    ["batches", { retries: 0, batchEvents: { maxSize: 2, timeout: "1s" } }, /batchEvents/],
    ["onFailure", { retries: 0, onFailure: async () => {} }, /test-f-failure/],
    [
      "a cron of another time zone",
      { retries: 0, triggers: [{ cron: "TZ=Europe/Paris 0 11 * * *" }] },
      /Cron/,
    ],
  ])("a function that wants what this engine lacks does not start: %s", async (_, options, message) => {
    const starting = startTestEngine((client) => [
      client.createFunction({ id: "f", triggers: [{ event: "a" }], ...options }, async () => {}),
    ]);
    await expect(starting).rejects.toThrow(message);
  });
});
