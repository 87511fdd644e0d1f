import { Worker } from "node:worker_threads";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { drainRunsHere, registerTransport, signalDue } from "../../platform/signals";
import { DeliveryThread } from "./deliver-due";

vi.mock("../../platform/log", () => ({ log: () => ({ error: () => undefined, info: () => undefined }) }));

const program = new URL("../../testing/thread-double.mjs", import.meta.url);

function openThread(): DeliveryThread {
  const thread = new DeliveryThread(() => new Worker(program));
  onTestFinished(() => thread.stop(1_000));
  return thread;
}

function hearSignals() {
  const heard = { due: 0, dueAt: 0 };
  registerTransport(async ({ ts }) => {
    if (ts === undefined) heard.due += 1;
    else heard.dueAt += 1;
  });
  return heard;
}

afterEach(() => registerTransport(null));

test("while the thread delivers, the process's signals wake it, and its own leave through the process", async () => {
  const heard = hearSignals();
  const thread = openThread();
  const delivering = thread.deliver();
  expect(drainRunsHere()).toBe(true);
  signalDue();
  expect(await delivering).toEqual({ delivered: 1, more: false });
  expect(drainRunsHere()).toBe(false);
  expect(heard).toEqual({ due: 0, dueAt: 1 });
});

test("a second run wakes the first and ends at once", async () => {
  hearSignals();
  const thread = openThread();
  const delivering = thread.deliver();
  expect(await thread.deliver()).toEqual({ delivered: 0, more: false });
  expect(await delivering).toEqual({ delivered: 1, more: false });
});

test("a thread that ends fails its run, and another takes its place and is signalled", async () => {
  const heard = hearSignals();
  const thread = openThread();
  const first = thread.deliver();
  signalDue();
  await first;
  await expect(thread.deliver()).rejects.toThrow("the delivery thread exited");
  expect(drainRunsHere()).toBe(false);
  expect(await thread.deliver()).toEqual({ delivered: 0, more: false });
  await vi.waitFor(() => expect(heard.due).toBe(1), { timeout: 10_000 });
  const delivering = thread.deliver();
  signalDue();
  expect(await delivering).toEqual({ delivered: 1, more: false });
});

test("a thread that stopped is gone, and is not started again", async () => {
  const opened: Worker[] = [];
  const thread = new DeliveryThread(() => {
    const worker = new Worker(program);
    opened.push(worker);
    return worker;
  });
  await thread.stop(1_000);
  await thread.stop(1_000);
  expect(opened).toHaveLength(1);
  expect(opened[0]?.threadId).toBe(-1);
});
