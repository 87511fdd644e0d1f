import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDataFolder } from "../../../bin/embedded-postgres/data-folder.mjs";
import { startEmbeddedPostgres } from "../../../bin/embedded-postgres/embedded-postgres.mjs";

const rounds = 3;

/**
 * A server of PostgreSQL that the user brings is stopped in order and started again, several times under load. Who
 * publishes meanwhile gets a 503, never a 202 for an event that is lost.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function stopDatabase(stage) {
  const { random, say, installation } = stage;
  const folder = openDataFolder(path.join(stage.folder, "server"));
  let server = await startEmbeddedPostgres(folder);
  stage.onClose(() => server.stop());
  const posthorn = await stage.launch({ env: { ...installation.secrets, DATABASE_URL: server.url } });
  await posthorn.waitUntilReady();
  installation.urls = [`http://127.0.0.1:${posthorn.port}`];
  await installation.addWebhooks(stage.receiver);

  const app = posthorn.processes().app;
  const driver = stage.startDriver();
  for (let round = 1; round <= rounds; round += 1) {
    await sleep(random.between(1_000, 3_000));
    await server.stop();
    await sleep(random.between(2_000, 6_000));
    server = await startEmbeddedPostgres(folder);
    say(`  stop ${round}/${rounds}: ${driver.acceptedCount} events accepted so far`);
  }
  await sleep(2_000);
  const settled = await stage.settle();
  const wrongAnswers = [...driver.answers.keys()].filter((answer) => answer !== "202" && answer !== "503");
  const problems = [
    ...settled.problems,
    ...wrongAnswers.map(
      (answer) => `publishing was answered ${answer} (${driver.answers.get(answer)} times)`,
    ),
    ...(driver.answers.has("503") ? [] : ["no request was refused while there was no database"]),
    ...(posthorn.processes().app === app ? [] : ["the app ended while there was no database"]),
  ];
  return { faults: rounds, ...settled, problems };
}
