import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { forgetApiKeys } from "../../api-keys/find-api-key";
import { DeliveryThread } from "../../delivery/worker/deliver-due";
import { registerTransport, reportEngine } from "../../platform/signals";
import { FrontThread } from "./front-thread";

/** What the double was asked, which it tells. */
const asked: string[] = [];
vi.mock("../../platform/log", () => ({ log: () => ({ error: () => undefined, info: () => undefined }) }));
vi.mock("../../platform/database-outage", () => ({
  noteDatabaseFailure: ({ summary }: { summary: string }) => asked.push(summary),
}));

beforeEach(() => {
  asked.length = 0;
});
afterEach(() => registerTransport(null));

const program = new URL("../../testing/front-thread-double.mjs", import.meta.url);
const address = { socketPath: "/nowhere", key: "k" };

function openFront(exit: (message: string) => void = () => {}) {
  const inner = { address, listenOn: { port: 2, hostname: "127.0.0.1" }, dev: false };
  const opened: Worker[] = [];
  const front = new FrontThread(inner, exit, () => {
    opened.push(new Worker(program));
    return opened.at(-1) as Worker;
  });
  onTestFinished(() => front.close(1_000));
  return { front, inner, opened };
}

test("it is told where to listen, of the engine, of keys to forget, and when to answer; its signals leave as the process's", async () => {
  let due = 0;
  registerTransport(async () => {
    due += 1;
  });
  const { front } = openFront();
  await expect.poll(() => asked).toEqual(["listen", "noteEngine"]);
  forgetApiKeys();
  reportEngine({ started: true });
  front.open();
  await expect.poll(() => asked.slice(2)).toEqual(["forgetApiKeys", "noteEngine", "open"]);
  await expect.poll(() => due).toBe(1);
});

test("a port that is taken ends the process with its reason", async () => {
  const inner = { address, listenOn: { port: 1, hostname: "127.0.0.1" }, dev: false };
  const reason = await new Promise<string>((exit) => {
    const front = new FrontThread(inner, exit, () => new Worker(program));
    onTestFinished(() => front.close(1_000));
  });
  expect(reason).toBe("port 1 is taken");
});

test("one that ends is started again, and answers at once if the process has started", async () => {
  const { front, opened } = openFront();
  front.open();
  await expect.poll(() => asked).toContain("open");
  asked.length = 0;
  await opened[0]?.terminate();
  await expect.poll(() => asked).toEqual(["listen", "noteEngine", "open"]);
  expect(opened).toHaveLength(2);
});

test("when it stops it says whether it was asked lately, closes, and is not started again", async () => {
  const { front, opened } = openFront();
  expect(await front.beginStopping(10)).toBe(true);
  expect(await front.beginStopping(1)).toBe(false);
  await front.close(1_000);
  await front.close(1_000);
  expect(asked.at(-1)).toBe("close");
  expect(opened).toHaveLength(1);
  expect(opened[0]?.threadId).toBe(-1);
});

test("the front and the thread that delivers are given a way to speak to each other, whichever starts later", async () => {
  const heard: unknown[] = [];
  const delivery = new DeliveryThread(() => {
    const worker = new Worker(new URL("../../testing/thread-double.mjs", import.meta.url));
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (message, transferred) => {
      if (message.ask !== "hearWakes") post(message, transferred as never);
      else message.wakes.on("message", (words: unknown) => heard.push(words));
    };
    return worker;
  });
  onTestFinished(() => delivery.stop(1_000));
  Object.assign(globalThis, { posthornDeliveryThread: delivery });
  onTestFinished(() => {
    Object.assign(globalThis, { posthornDeliveryThread: undefined });
  });
  const { opened } = openFront();
  await expect.poll(() => heard).toEqual(["look"]);
  await opened[0]?.terminate();
  await expect.poll(() => heard).toEqual(["look", "look"]);
});
