import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDataFolder } from "../../../bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../../../bin/embedded-postgres/embedded-postgres.mjs";
import { listProcesses } from "../../support/list-processes.mjs";

/** What the README promises; a machine that is busy with other tests gets a second more. */
const publishMsMax = 6_000;
const healthMsMax = 2_000;

/**
 * A database that takes connections and answers nothing, as on a machine that swaps or behind a network that swallows
 * everything. Producers get a 503 within seconds, health says so at once, and everything goes on when it does.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function freezeDatabase(stage) {
  const { random, say, installation } = stage;
  const server = await startEmbeddedPostgres(openDataFolder(path.join(stage.folder, "server")));
  stage.onClose(() => server.stop());
  const posthorn = await stage.launch({ env: { ...installation.secrets, DATABASE_URL: server.url } });
  await posthorn.waitUntilReady();
  const url = `http://127.0.0.1:${posthorn.port}`;
  installation.urls = [url];
  await installation.addWebhooks(stage.receiver);

  stage.startDriver();
  await sleep(random.between(1_000, 2_000));
  const problems = [];
  const frozen = [
    server.pid,
    ...listProcesses()
      .filter(({ parent }) => parent === server.pid)
      .map(({ pid }) => pid),
  ];
  const thaw = () => signalAll(frozen, "SIGCONT");
  stage.onClose(thaw);
  signalAll(frozen, "SIGSTOP");

  const startedAt = Date.now();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      fetch(`${url}/api/v1/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${installation.env.POSTHORN_BOOTSTRAP_API_KEY}` },
        body: JSON.stringify({ type: "frozen.published", data: {} }),
        signal: AbortSignal.timeout(20_000),
      }).then(({ status, headers }) => ({ status, retryAfter: headers.get("retry-after") })),
    ),
  );
  const publishMs = Date.now() - startedAt;
  const askedAt = Date.now();
  const health = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(20_000) });
  const healthMs = Date.now() - askedAt;
  const live = await fetch(`${url}/api/health/live`, { signal: AbortSignal.timeout(20_000) });
  say(`  frozen: publishing was answered after ${publishMs} ms, health after ${healthMs} ms`);
  for (const { status, retryAfter } of answers) {
    if (status !== 503 || !retryAfter)
      problems.push(`publishing was answered ${status} with Retry-After ${retryAfter}`);
  }
  if (health.status !== 503) problems.push(`health was answered ${health.status}`);
  if (live.status !== 200) problems.push(`liveness was answered ${live.status}`);
  if (publishMs > publishMsMax) problems.push(`publishing was answered after ${publishMs} ms`);
  if (healthMs > healthMsMax) problems.push(`health was answered after ${healthMs} ms`);
  thaw();

  await sleep(2_000);
  const settled = await stage.settle();
  return { faults: 1, ...settled, problems: [...settled.problems, ...problems] };
}

/**
 * @param {number[]} pids
 * @param {NodeJS.Signals} signal
 */
function signalAll(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}
