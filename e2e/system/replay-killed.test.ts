import { expect, onTestFinished, test } from "vitest";
import type { EnableEndpointOutput, EndpointOutput } from "@/lib/contract/endpoints";
import type { ReplayDetailOutput, ReplayOutput } from "@/lib/contract/replays";
import { startTestReceiver } from "@/lib/testing/test-receiver.mjs";
import { listProcesses } from "../support/list-processes.mjs";
import { makeProducer } from "../support/producer";
import type { Posthorn } from "../support/start-posthorn.mjs";
import { startForTest } from "./start-for-test";

const count = 10_000;
/** As many as a request of 1 MiB takes. */
const eventsPerBatch = 80;
/** All bodies together are more than what the app may grow by as it sends them. */
const note = "n".repeat(12_000);
const growthMax = 100 * 2 ** 20;

test("a replay of 10,000 deliveries whose app is killed in the middle sends each of them, in memory that stays flat", async () => {
  const producer = makeProducer();
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  const posthorn = await startForTest({ env: { ...producer.env, POSTHORN_RETRY_SCALE: "0.00001" } });
  const call = apiOf(posthorn, producer.env.POSTHORN_BOOTSTRAP_API_KEY ?? "");
  /** Numbers of the events that came, and how often. */
  const came = new Map<number, number>();
  const answer = (status: number) => {
    receiver.answer = (response, { body }) => {
      const { number }: { number: number } = JSON.parse(body).data;
      came.set(number, (came.get(number) ?? 0) + 1);
      receiver.received.length = 0;
      response.writeHead(status).end();
    };
  };

  // The outage: the first ones fail for good, which disables the webhook; what it holds is discarded.
  answer(500);
  const webhook: EndpointOutput = await call("POST", "/endpoints", {
    url: receiver.url,
    retryPolicy: { retries: 0 },
  });
  for (let from = 0; from < count; from += eventsPerBatch) {
    const events = Array.from({ length: eventsPerBatch }, (_, index) => ({
      type: "invoice.paid",
      data: { number: from + index, note },
    }));
    await call("POST", "/events/batch", { events });
  }
  const state = async () => (await call<EndpointOutput>("GET", `/endpoints/${webhook.id}`)).status;
  await expect.poll(state).toBe("disabled");
  expect(came.size).toBeLessThan(1_000);
  const { replayId: discard } = await call<EnableEndpointOutput>("POST", `/endpoints/${webhook.id}/enable`, {
    held: "discard",
  });
  const jobOf = (id: string | null) => call<ReplayDetailOutput>("GET", `/replays/${id}`);
  await expect.poll(async () => (await jobOf(discard)).status).toBe("done");

  answer(200);
  came.clear();
  const memory = watchMemory(posthorn);
  const begun: ReplayOutput = await call("POST", "/replays", {
    filter: { endpointId: webhook.id, status: ["failed", "discarded"] },
  });
  expect(begun).toMatchObject({ status: "running", total: count });
  await expect.poll(() => came.size, { interval: 5 }).toBeGreaterThan(count / 3);
  const killed = posthorn.processes().app;
  process.kill(killed, "SIGKILL");
  await expect.poll(() => posthorn.processes().app).not.toBe(killed);
  await posthorn.waitUntilReady();
  const left = await jobOf(begun.id);
  expect(left).toMatchObject({ status: "running", total: count });
  expect(left.done).toBeLessThan(count);

  await expect
    .poll(() => jobOf(begun.id), { interval: 500, timeout: 120_000 })
    .toMatchObject({
      status: "done",
      total: count,
      done: count,
      skipped: 0,
      results: { sent: count, recovered: count, failing: 0, waiting: [] },
    });
  const missing = Array.from({ length: count }, (_, number) => number).filter((number) => !came.has(number));
  expect(missing).toEqual([]);
  const { first, most } = memory.stop();
  expect(most, `bytes, after ${first} as it began`).toBeLessThan(first + growthMax);
});

/** Requests with the API key, which have to succeed. */
function apiOf({ url }: Posthorn, apiKey: string) {
  return async <Answer>(method: string, route: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${url}/api/v1${route}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route} was answered ${response.status}: ${text}`);
    return JSON.parse(text);
  };
}

/** Reads the resident memory of what is the app in turn, in bytes, as it begins and until it is stopped. */
function watchMemory(posthorn: Posthorn) {
  const read = () => listProcesses().find(({ pid }) => pid === posthorn.processes().app)?.rss ?? 0;
  const first = read();
  let most = first;
  const timer = setInterval(() => {
    most = Math.max(most, read());
  }, 250);
  const stop = () => {
    clearInterval(timer);
    return { first, most };
  };
  onTestFinished(() => void stop());
  return { stop };
}
