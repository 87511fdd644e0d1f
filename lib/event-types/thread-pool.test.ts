import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test, vi } from "vitest";
import { PoolIsFull, ThreadPool } from "./thread-pool";

vi.mock("../platform/log", () => ({ log: () => ({ error: () => undefined }) }));

type Question = string | { text: string; wait: SharedArrayBuffer };
const program = new URL("../testing/answering-thread.mjs", import.meta.url);

function openPool(options: { threadsMax?: number; answerMsMax?: number; waitingSizeMax?: number } = {}) {
  const pool = new ThreadPool<Question, { text: string; threadId: number }>({
    open: () => new Worker(program),
    threadsMax: 2,
    answerMsMax: 60_000,
    waitingSizeMax: 100,
    ...options,
  });
  onTestFinished(() => pool.close());
  return {
    ask: (lane: string, question: Question | null, size = 1) => pool.ask({ lane, size, ask: () => question }),
  };
}

function gate() {
  const wait = new SharedArrayBuffer(4);
  const open = () => {
    Atomics.store(new Int32Array(wait), 0, 1);
    Atomics.notify(new Int32Array(wait), 0);
  };
  return { wait, open };
}

test("a lane that takes long has one thread, and others are answered meanwhile", async () => {
  const { ask } = openPool();
  const { wait, open } = gate();
  const order: string[] = [];
  const note = (answer: { text: string } | null) => order.push(answer?.text ?? "");
  const slow = ["slow 1", "slow 2", "slow 3"].map((text) => ask("slow", { text, wait }).then(note));
  for (const text of ["quick 1", "quick 2"]) note(await ask("quick", text));
  expect(order).toEqual(["quick 1", "quick 2"]);
  open();
  await Promise.all(slow);
  expect(order.slice(2)).toEqual(["slow 1", "slow 2", "slow 3"]);
});

test("with one thread, lanes take turns", async () => {
  const { ask } = openPool({ threadsMax: 1 });
  const order: string[] = [];
  const asked = ["a 1", "a 2", "a 3", "b 1", "b 2"].map(async (text) => {
    order.push((await ask(text[0] ?? "", text))?.text ?? "");
  });
  await Promise.all(asked);
  expect(order).toEqual(["a 1", "b 1", "a 2", "b 2", "a 3"]);
});

test("a thread that ends, or never answers, is replaced, and only its question is left without an answer", async () => {
  const { ask } = openPool({ threadsMax: 1, answerMsMax: 500 });
  const [ended, hanging, after] = await Promise.all([ask("a", "end"), ask("b", "hang"), ask("c", "after")]);
  expect([ended, hanging]).toEqual([null, null]);
  expect(after).toMatchObject({ text: "after" });
});

test("what needs no answer any more when its turn comes takes no thread", async () => {
  const { ask } = openPool();
  expect(await Promise.all([ask("a", null), ask("a", null), ask("a", "last")])).toMatchObject([
    null,
    null,
    { text: "last" },
  ]);
});

test("what waits is bounded, and more is turned away", async () => {
  const { ask } = openPool({ threadsMax: 1 });
  const { wait, open } = gate();
  const first = ask("a", { text: "first", wait });
  const second = ask("a", "second", 90);
  await expect(ask("b", "third", 20)).rejects.toThrow(PoolIsFull);
  open();
  expect(await Promise.all([first, second])).toMatchObject([{ text: "first" }, { text: "second" }]);
});
