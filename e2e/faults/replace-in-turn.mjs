import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDataFolder } from "../../bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../../bin/embedded-postgres/embedded-postgres.mjs";
import { LoadBalancer } from "./load-balancer.mjs";

/**
 * Two processes share a database behind a load balancer, and one after the other is stopped by SIGTERM under load, and
 * another one started at its port. Nobody who publishes may notice.
 * @param {import("./stage.mjs").Stage} stage
 * @param {object} options
 * @param {string} [options.checkout] of the first two; this version's without it
 * @param {[from: number, to: number]} options.beforeMs how long both run before each stop
 * @param {() => Promise<unknown>} options.after waits once a new one is ready
 * @param {[from: number, to: number]} options.delayMs of the receiver's answers
 */
export async function replaceInTurn(stage, { checkout, beforeMs, after, delayMs }) {
  const { random, say, installation, receiver } = stage;
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
  const running = await Promise.all(names.map((name) => launch({ name, checkout })));
  await Promise.all(running.map((posthorn) => posthorn.waitUntilReady()));
  const balancer = new LoadBalancer(running.map(({ port }) => port));
  installation.urls = [await balancer.listen()];
  stage.onClose(() => balancer.close());
  await installation.addWebhooks(receiver);
  await receiver.call("behave", { mode: "well", delayMs });

  const driver = stage.startDriver({ loops: 4, pauseMs: [10, 40] });
  const problems = [];
  for (const [place, name] of names.entries()) {
    await sleep(random.between(...beforeMs));
    const old = running[place];
    if (!old) throw new Error(`${name} was not started`);
    const { code, signal } = await old.stop();
    if (code !== 0) problems.push(`${name} ended with ${signal ?? `exit code ${code}`}`);
    const next = await launch({ name, port: old.port });
    await next.waitUntilReady();
    say(`  ${name} was replaced, ${driver.acceptedCount} events accepted so far`);
    await after();
  }
  const settled = await stage.settle();
  for (const [answer, times] of driver.answers) {
    if (answer !== "202") problems.push(`publishing was answered ${answer} (${times} times)`);
  }
  return { faults: names.length, ...settled, problems: [...settled.problems, ...problems] };
}
