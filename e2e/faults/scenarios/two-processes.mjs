import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDataFolder } from "../../../bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../../../bin/embedded-postgres/embedded-postgres.mjs";
import { killParts } from "../kill-parts.mjs";
import { until } from "../until.mjs";

/** Requests in flight to one webhook, over all processes (see lib/core/endpoints.ts). */
const slots = 10;
const loadedMs = 8_000;

/**
 * Two processes share a database, and one of them is killed under load. Together they never send more than ten requests
 * at a time to a webhook, and what the killed one had taken is sent by the other.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function killOneOfTwo(stage) {
  const { random, say, installation, receiver } = stage;
  const server = await startEmbeddedPostgres(openDataFolder(path.join(stage.folder, "server")));
  stage.onClose(() => server.stop());
  const env = { ...installation.secrets, DATABASE_URL: server.url };
  const [one, other] = await Promise.all([
    stage.launch({ env, dataDir: path.join(stage.folder, "one") }),
    stage.launch({ env, dataDir: path.join(stage.folder, "other") }),
  ]);
  await Promise.all([one.waitUntilReady(), other.waitUntilReady()]);
  const urls = [one, other].map(({ port }) => `http://127.0.0.1:${port}`);
  installation.urls = urls;
  await installation.addWebhooks(receiver);
  // Slow enough for all slots to be taken.
  await receiver.call("behave", { mode: "well", delayMs: [500, 1_000] });

  const driver = stage.startDriver({ loops: 3, pauseMs: [20, 80], batchMax: 20 });
  await sleep(loadedMs + random.between(0, 2_000));
  await until(async () => {
    const { busiest } = /** @type {import("../workers/receiver.mjs").Records} */ (
      await receiver.call("records")
    );
    return installation.webhooks.every(({ path }) => (busiest[path] ?? 0) >= slots);
  });
  killParts(one, ["launcher", "app"]);
  say(`  one of two killed, ${driver.acceptedCount} events accepted so far`);
  installation.urls = urls.slice(1);
  await sleep(2_000);
  await driver.stop();
  await receiver.call("behave", { mode: "well", delayMs: [0, 30] });
  const settled = await stage.settle();
  const problems = [...settled.problems];
  for (const [where, busiest] of Object.entries(settled.records.busiest)) {
    if (busiest > slots) problems.push(`${where} had ${busiest} requests at a time, more than ${slots}`);
    if (busiest < slots)
      problems.push(`${where} had ${busiest} requests at a time: its ${slots} slots were never all taken`);
  }
  return { faults: 1, ...settled, problems };
}
