import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../until.mjs";

/** @typedef {import("../workers/receiver.mjs").Mode} Mode */

const rounds = 12;
const troubles = /** @type {const} */ (["failing", "resetting", "down"]);
/** Retries come after 1 ms, 15 ms, 0.2 s, 2 s, then every 9 s; the probes of a webhook that fails, too. */
const retryScale = "0.0001";

/**
 * The receiver answers 500, cuts connections or is away, now and then and all under load. Each trouble begins when both
 * webhooks are well, and lasts until an attempt has failed by it.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function flapReceiver(stage) {
  const { random, say, installation, receiver } = stage;
  const posthorn = await stage.launch({ env: { POSTHORN_RETRY_SCALE: retryScale } });
  await posthorn.waitUntilReady();
  installation.urls = [`http://127.0.0.1:${posthorn.port}`];
  await installation.addWebhooks(receiver);

  const driver = stage.startDriver();
  const behave = (/** @type {Mode} */ mode) => receiver.call("behave", { mode, delayMs: [0, 50] });
  const problems = [];
  for (let round = 1; round <= rounds; round += 1) {
    await behave("well");
    await sleep(random.between(200, 1_500));
    const isWell = await until(async () => (await installation.failuresInARow()) === 0);
    if (!isWell) problems.push(`before trouble ${round} a webhook did not recover`);
    const trouble = troubles[(round - 1) % troubles.length] ?? "failing";
    await behave(trouble);
    await sleep(random.between(200, 1_500));
    const isMet = await until(async () => (await installation.failuresInARow()) > 0);
    if (!isMet) problems.push(`no attempt met trouble ${round}: ${trouble}`);
    say(`  trouble ${round}/${rounds}: ${trouble}, ${driver.acceptedCount} events accepted so far`);
  }
  await behave("well");
  const settled = await stage.settle();
  problems.push(...settled.problems);
  if (driver.answers.size > 1)
    problems.push(`publishing was answered ${[...driver.answers.keys()].join(", ")}`);
  return { faults: rounds, ...settled, problems };
}
