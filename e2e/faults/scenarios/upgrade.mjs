import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDataFolder } from "../../../bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../../../bin/embedded-postgres/embedded-postgres.mjs";
import { buildPreviousVersion } from "../../support/previous-version.mjs";
import { LoadBalancer } from "../load-balancer.mjs";

/**
 * Two processes of the version before share a database behind a load balancer, and one after the other is replaced under
 * load by one of this version, which brings the database to its schema. Meanwhile the other goes on as it is: nothing is
 * refused, and nothing is lost.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function upgradeInTurn(stage) {
  const { random, say, installation, receiver } = stage;
  const previous = await buildPreviousVersion();
  const server = await startEmbeddedPostgres(openDataFolder(path.join(stage.folder, "server")));
  stage.onClose(() => server.stop());
  /** @param {{ name: string, port?: number, checkout?: string }} options */
  const launch = ({ name, ...options }) =>
    stage.launch({
      ...options,
      dataDir: path.join(stage.folder, name),
      env: { ...installation.secrets, DATABASE_URL: server.url, POSTHORN_STOP_DELAY_SECONDS: "3" },
    });
  const names = ["one", "other"];
  const running = await Promise.all(names.map((name) => launch({ name, checkout: previous })));
  await Promise.all(running.map((posthorn) => posthorn.waitUntilReady()));
  const balancer = new LoadBalancer(running.map(({ port }) => port));
  installation.urls = [await balancer.listen()];
  stage.onClose(() => balancer.close());
  await installation.addWebhooks(receiver);
  await receiver.call("behave", { mode: "well", delayMs: [0, 300] });

  const driver = stage.startDriver({ loops: 4, pauseMs: [10, 40] });
  const problems = [];
  for (const [place, name] of names.entries()) {
    await sleep(random.between(2_000, 4_000));
    const old = running[place];
    if (!old) throw new Error(`${name} was not started`);
    const { code, signal } = await old.stop();
    if (code !== 0) problems.push(`${name} ended with ${signal ?? `exit code ${code}`}`);
    const replaced = await launch({ name, port: old.port });
    await replaced.waitUntilReady();
    say(`  ${name} is of this version, ${driver.acceptedCount} events accepted so far`);
    // Both versions work side by side for a while.
    await sleep(random.between(4_000, 6_000));
  }
  const settled = await stage.settle();
  for (const [answer, times] of driver.answers) {
    if (answer !== "202") problems.push(`publishing was answered ${answer} (${times} times)`);
  }
  return { faults: names.length, ...settled, problems: [...settled.problems, ...problems] };
}
