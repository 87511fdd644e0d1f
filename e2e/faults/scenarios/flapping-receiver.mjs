import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {import("../workers/receiver.mjs").Mode} Mode */

const rounds = 12;
const troubles = /** @type {const} */ (["failing", "resetting", "down"]);
/** Retries come after 1 ms, 15 ms, 0.2 s, 2 s, then every 9 s. */
const retryScale = "0.0001";

/**
 * The receiver answers 500, cuts connections or is away, now and then and all under load.
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
  for (let round = 1; round <= rounds; round += 1) {
    await behave("well");
    await sleep(random.between(200, 1_500));
    const trouble = random.pick(troubles);
    await behave(trouble);
    await sleep(random.between(200, 1_500));
    say(`  trouble ${round}/${rounds}: ${trouble}, ${driver.acceptedCount} events accepted so far`);
  }
  await behave("well");
  const settled = await stage.settle();
  const problems = [
    ...settled.problems,
    ...(settled.records.turnedAway > 0 ? [] : ["no request met a receiver in trouble"]),
    ...(driver.answers.size === 1
      ? []
      : [`publishing was answered ${[...driver.answers.keys()].join(", ")}`]),
  ];
  return { faults: rounds, ...settled, problems };
}
