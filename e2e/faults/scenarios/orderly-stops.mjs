import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../support/free-port.mjs";

/** How long the receiver takes in each round; an attempt may take 15 s. */
const answers = [
  [0, 50],
  [50, 2_000],
  [8_000, 10_000],
];
/** What the README promises. */
const stopPatienceMs = 20_000;

/**
 * Stopped by SIGTERM under load, again and again, it ends by itself, sends nothing twice, and goes on where it was when
 * it is started again.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function stopInOrder(stage) {
  const { random, say, installation, receiver } = stage;
  const port = await freePort();
  installation.urls = [`http://127.0.0.1:${port}`];
  let posthorn = await stage.launch({ port });
  await posthorn.waitUntilReady();
  await installation.addWebhooks(receiver);

  const driver = stage.startDriver();
  const problems = [];
  for (const [round, delayMs] of answers.entries()) {
    await receiver.call("behave", { mode: "well", delayMs });
    await sleep(random.between(1_000, 3_000));
    const startedAt = Date.now();
    const { code, signal } = await posthorn.stop();
    const tookMs = Date.now() - startedAt;
    if (code !== 0) problems.push(`it ended with ${signal ?? `exit code ${code}`}`);
    if (tookMs > stopPatienceMs) problems.push(`it took ${tookMs} ms to end`);
    say(
      `  stop ${round + 1}/${answers.length}: ended after ${tookMs} ms, ${driver.acceptedCount} events accepted so far`,
    );
    posthorn = await stage.launch({ port });
    await posthorn.waitUntilReady();
  }
  await receiver.call("behave", { mode: "well", delayMs: [0, 30] });
  const settled = await stage.settle();
  problems.push(...settled.problems);
  for (const { webhookId, times } of settled.duplicates)
    problems.push(`${webhookId} was sent ${times} times`);
  return { faults: answers.length, ...settled, problems };
}
