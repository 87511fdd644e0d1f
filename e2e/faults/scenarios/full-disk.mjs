import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "../../../bin/embedded-postgres/start-error.mjs";
import { mountDisk, unmountDisk } from "../../support/small-disk.mjs";
import { killParts } from "../kill-parts.mjs";

const diskSize = "300m";
const refusals = 20;
const patienceMs = 120_000;

/**
 * The disk of the data folder fills up under load, twice; the second time the database is killed as well. Producers
 * then get a 503; once there is room again, everything that was accepted arrives.
 * @param {import("../stage.mjs").Stage} stage
 */
export async function fillDisk(stage) {
  const { say, installation } = stage;
  const disk = path.join(stage.folder, "disk");
  mkdirSync(disk);
  if (!mountDisk(disk, `size=${diskSize}`)) throw new Error(`no disk could be mounted on ${disk}`);
  stage.onClose(() => unmountDisk(disk));
  const posthorn = await stage.launch({ dataDir: path.join(disk, "data") });
  await posthorn.waitUntilReady();
  installation.urls = [`http://127.0.0.1:${posthorn.port}`];
  await installation.addWebhooks(stage.receiver);

  const driver = stage.startDriver({ loops: 3, pauseMs: [0, 20], batchMax: 50 });
  const filler = path.join(disk, "filler");
  const refused = () => driver.answers.get("503") ?? 0;
  const problems = [];
  for (const isKilled of [false, true]) {
    await sleep(1_000);
    const wanted = refused() + refusals;
    const deadline = Date.now() + patienceMs;
    while (refused() < wanted && Date.now() < deadline) {
      fill(filler);
      await sleep(50);
    }
    if (refused() < wanted) problems.push("no request was refused, however full the disk was");
    say(`  the disk is full, ${driver.acceptedCount} events accepted so far`);
    if (isKilled) {
      killParts(posthorn, ["postgres"]);
      say("  the database is killed on the full disk");
    }
    await sleep(3_000);
    rmSync(filler);
    await posthorn.waitUntilReady();
  }
  await sleep(1_000);
  const settled = await stage.settle();
  const wrongAnswers = [...driver.answers.keys()].filter((answer) => answer !== "202" && answer !== "503");
  problems.push(
    ...settled.problems,
    ...wrongAnswers.map(
      (answer) => `publishing was answered ${answer} (${driver.answers.get(answer)} times)`,
    ),
  );
  return { faults: 3, ...settled, problems };
}

/**
 * Writes to a file until the disk has no room left.
 * @param {string} file
 */
function fill(file) {
  const descriptor = openSync(file, "a");
  try {
    for (const size of [1024 * 1024, 4096]) {
      const chunk = Buffer.alloc(size);
      try {
        while (writeSync(descriptor, chunk) === size);
      } catch (error) {
        if (errorCode(error) !== "ENOSPC") throw error;
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
