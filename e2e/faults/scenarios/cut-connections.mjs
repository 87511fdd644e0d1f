import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { openDataFolder } from "../../../bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../../../bin/embedded-postgres/embedded-postgres.mjs";

const cuts = 25;
/** What the pages of the dashboard read. */
const readRoutes = ["/endpoints", "/deliveries?limit=50", "/event-types", "/replays"];
/** What Node writes of an uncaught error. */
const uncaught = /uncaughtException|Cannot read properties of null|the delivery thread exited/;

/**
 * All connections of the app to its database are cut at once, over and over, while events are published and delivered,
 * a webhook is changed, and pages are read. The app goes on, and every request is answered with 2xx or 503.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function cutConnections(stage) {
  const { random, say, installation } = stage;
  const server = await startEmbeddedPostgres(openDataFolder(path.join(stage.folder, "server")));
  stage.onClose(() => server.stop());
  const posthorn = await stage.launch({ env: { ...installation.secrets, DATABASE_URL: server.url } });
  await posthorn.waitUntilReady();
  installation.urls = [`http://127.0.0.1:${posthorn.port}`];
  await installation.addWebhooks(stage.receiver);

  const app = posthorn.processes().app;
  const sql = connect(server.url);
  stage.onClose(() => sql.end({ timeout: 1 }));
  const driver = stage.startDriver();
  const others = startOthers(installation, random.fork());
  let sessions = 0;
  for (let cut = 1; cut <= cuts; cut += 1) {
    await sleep(random.between(100, 600));
    const cutOff = await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;
    sessions += cutOff.length;
  }
  say(`  ${sessions} connections cut, ${driver.acceptedCount} events accepted so far`);
  await others.stop();
  const settled = await stage.settle();
  const wrongAnswers = [...driver.answers.keys()].filter((answer) => answer !== "202" && answer !== "503");
  const problems = [
    ...settled.problems,
    ...others.problems,
    ...wrongAnswers.map(
      (answer) => `publishing was answered ${answer} (${driver.answers.get(answer)} times)`,
    ),
    ...(posthorn.processes().app === app ? [] : ["the app ended when its connections were cut"]),
    ...(uncaught.test(posthorn.output()) ? ["an error was not caught; see the log"] : []),
    ...(sessions > cuts ? [] : ["hardly a connection was there to be cut"]),
  ];
  return { faults: cuts, ...settled, problems };
}

/** @param {string} url with the socket's folder as its parameter `host`, if there is one */
function connect(url) {
  const { username, password, hostname, port, pathname, searchParams } = new URL(url);
  return postgres({
    host: searchParams.get("host") ?? hostname,
    port: Number(port),
    username,
    password,
    database: pathname.slice(1),
    max: 1,
  });
}

/**
 * Changes a webhook and reads what pages read, without a pause.
 * @param {import("../installation.mjs").Installation} installation
 * @param {import("../../../lib/testing/random.mjs").Random} random
 */
function startOthers(installation, random) {
  /** @type {string[]} */
  const problems = [];
  let isStopping = false;

  /**
   * @param {string} method
   * @param {string} route
   * @param {unknown} [body]
   */
  async function send(method, route, body) {
    try {
      const { status, text } = await installation.send(method, route, body);
      if (status < 300 || (status === 503 && JSON.parse(text).code === "unavailable")) return;
      problems.push(`${method} ${route} was answered ${status}: ${text}`);
    } catch (error) {
      problems.push(`${method} ${route} was not answered: ${error}`);
    }
  }

  /** @param {() => Promise<void>} ask */
  async function goOn(ask) {
    while (!isStopping) await ask();
  }

  const loops = [
    goOn(() => {
      const { id } = random.pick(installation.webhooks);
      return send("PATCH", `/endpoints/${id}`, { name: `Named ${random.between(1, 1_000)}` });
    }),
    goOn(() => send("GET", random.pick(readRoutes))),
  ];
  return {
    problems,
    async stop() {
      isStopping = true;
      await Promise.all(loops);
    },
  };
}
