import { expect, test } from "vitest";
import { untilCalm } from "./until-calm";

/** Keeps the thread busy until it is told to end; the loop turns meanwhile. */
function keepBusy(): () => void {
  let isOver = false;
  const turn = () => {
    if (!isOver) setImmediate(turn);
  };
  turn();
  return () => {
    isOver = true;
  };
}

/** Turns of the loop of a busy thread, for longer than a look takes. */
async function pass(ms: number): Promise<void> {
  const endAt = performance.now() + ms;
  while (performance.now() < endAt) await new Promise((resolve) => setImmediate(resolve));
}

test("what waits for a busy thread goes on when it has little to do", async () => {
  const end = keepBusy();
  let isCalm = false;
  const waiting = untilCalm(600_000).then(() => {
    isCalm = true;
  });
  await pass(400);
  expect(isCalm).toBe(false);
  end();
  await waiting;
});

test("a thread that stays busy is waited for no longer than said", async () => {
  const end = keepBusy();
  await untilCalm(100);
  end();
});
