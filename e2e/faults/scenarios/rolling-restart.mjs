import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDataFolder } from "../../../bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../../../bin/embedded-postgres/embedded-postgres.mjs";
import { LoadBalancer } from "../load-balancer.mjs";

/**
 * Two processes share a database behind a load balancer, and one after the other is stopped by SIGTERM under load and
 * started again, as an update does. Nobody who publishes notices, and nothing is sent twice.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function restartInTurn(stage) {
  const { random, say, installation, receiver } = stage;
  const server = await startEmbeddedPostgres(openDataFolder(path.join(stage.folder, "server")));
  stage.onClose(() => server.stop());
  const launch = (/** @type {string} */ name, /** @type {number | undefined} */ port) =>
    stage.launch({
      port,
      dataDir: path.join(stage.folder, name),
      env: { ...installation.secrets, DATABASE_URL: server.url, POSTHORN_STOP_DELAY_SECONDS: "3" },
    });
  const names = ["one", "other"];
  const running = await Promise.all(names.map((name) => launch(name, undefined)));
  await Promise.all(running.map((posthorn) => posthorn.waitUntilReady()));
  const balancer = new LoadBalancer(running.map(({ port }) => port));
  installation.urls = [await balancer.listen()];
  stage.onClose(() => balancer.close());
  await installation.addWebhooks(receiver);
  await receiver.call("behave", { mode: "well", delayMs: [0, 500] });

  const driver = stage.startDriver({ loops: 4, pauseMs: [10, 40] });
  const problems = [];
  for (const [place, name] of names.entries()) {
    await sleep(random.between(1_000, 3_000));
    const stopped = running[place];
    if (!stopped) throw new Error(`${name} was not started`);
    const { code, signal } = await stopped.stop();
    if (code !== 0) problems.push(`${name} ended with ${signal ?? `exit code ${code}`}`);
    say(`  ${name} stopped, ${driver.acceptedCount} events accepted so far`);
    const restarted = await launch(name, stopped.port);
    await restarted.waitUntilReady();
    // Until the load balancer has seen it.
    await sleep(1_000);
  }
  const settled = await stage.settle();
  for (const [answer, times] of driver.answers) {
    if (answer !== "202") problems.push(`publishing was answered ${answer} (${times} times)`);
  }
  for (const { webhookId, times } of settled.duplicates)
    problems.push(`${webhookId} was sent ${times} times`);
  return { faults: names.length, ...settled, problems: [...settled.problems, ...problems] };
}
