import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { freePort } from "../support/free-port.mjs";
import { openPosthornDatabase } from "../support/open-posthorn-database";
import { makeProducer } from "../support/producer";
import { makeDataDir, type Posthorn, type PosthornProcesses } from "../support/start-posthorn.mjs";
import { dataDirForTest, launchForTest, startForTest } from "./start-for-test";

const producer = makeProducer();
const dataDir = makeDataDir();
const options = { dataDir, env: producer.env };

afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

test("a second start answers and has what was published before", async () => {
  const first = await startForTest(options);
  const eventId = await producer.publish(first.url, { id: "cus_1" });
  expect(await first.stop()).toEqual({ code: 0, signal: null });

  const second = await startForTest(options);
  expect(await producer.read(second.url, eventId)).toEqual({ id: "cus_1" });
  await expect.poll(() => second.output()).toContain(`Posthorn runs at ${second.url}`);
  expect(second.output()).not.toContain("/setup");
});

test("a start answers only when the main thread, which loads the pages, has little to do", async () => {
  const dataDir = dataDirForTest();
  const looks = path.join(dataDir, "looks");
  const sayBusy = new URL("../support/say-busy.mjs", import.meta.url);
  await startForTest({ dataDir, env: { NODE_OPTIONS: `--import=${sayBusy}`, SAY_BUSY_FILE: looks } });
  expect(readFileSync(looks, "utf8")).toBe("busy\ncalm\n");
});

test("the first start says where to begin", async () => {
  const posthorn = await startForTest();
  await expect.poll(() => posthorn.output()).toContain(`${posthorn.url}/setup`);
});

test("an interrupt ends everything in order, and leaves no process behind", async () => {
  const posthorn = await startForTest(options);
  const { app, postgres } = posthorn.processes();
  posthorn.kill("SIGINT");
  expect(await posthorn.waitForExit()).toEqual({ code: 0, signal: null });
  expect([app, postgres].filter(isRunning)).toEqual([]);
});

test.each([["app"], ["postgres"]] as const)(
  "a killed %s is started again, with all that was acknowledged",
  async (part) => {
    const posthorn = await startForTest(options);
    const eventId = await producer.publish(posthorn.url, { id: "cus_2" });
    const killed = posthorn.processes()[part];
    process.kill(killed, "SIGKILL");
    await expect.poll(() => posthorn.processes()[part]).not.toBe(killed);
    await posthorn.waitUntilReady();
    expect(await producer.read(posthorn.url, eventId)).toEqual({ id: "cus_2" });
  },
);

test("app and database killed at once are both started again", async () => {
  const posthorn = await startForTest(options);
  const eventId = await producer.publish(posthorn.url, { id: "cus_3" });
  const killed = posthorn.processes();
  kill(killed, ["app", "postgres"]);
  await expect.poll(() => posthorn.processes().app).not.toBe(killed.app);
  await expect.poll(() => posthorn.processes().postgres).not.toBe(killed.postgres);
  await posthorn.waitUntilReady();
  expect(await producer.read(posthorn.url, eventId)).toEqual({ id: "cus_3" });
});

test("a database that is killed while the first start makes its tables is started again, and so is the app", async () => {
  const posthorn = await launchForTest();
  const { app, postgres, database } = await stopInMigrations(posthorn);
  process.kill(postgres, "SIGKILL");
  await database.close();
  await expect.poll(() => posthorn.processes().app).not.toBe(app);
  await posthorn.waitUntilReady();
  expect(posthorn.output()).toContain("The database exited unexpectedly; restarting it now.");
  expect(posthorn.output()).toContain("The app exited because the database went away; restarting it now.");
});

/** Keeps an app from going on where it makes its tables, until the database is closed, and waits until it is there. */
async function stopInMigrations(posthorn: Posthorn) {
  // The lock has to be taken before the app is there to take it.
  await expect.poll(() => posthorn.processes().postgres, { interval: 5 }).not.toBe(0);
  const database = openPosthornDatabase(posthorn.dataDir);
  const { sql, engine } = database;
  await sql`select pg_advisory_lock(7140625411)`;
  const isWaiting = async () =>
    (await engine`select from pg_locks where locktype = 'advisory' and not granted`).length > 0;
  await expect.poll(isWaiting).toBe(true);
  return { ...posthorn.processes(), database };
}

test.each<{ parts: (keyof PosthornProcesses)[] }>([
  { parts: ["launcher"] },
  { parts: ["launcher", "app"] },
  { parts: ["launcher", "app", "postgres"] },
])(
  "after kill -9 of $parts it starts again on the same port, with all that was acknowledged",
  async ({ parts }) => {
    const port = await freePort();
    const first = await startForTest({ ...options, port });
    const eventId = await producer.publish(first.url, { id: "cus_4" });
    kill(first.processes(), parts);
    await first.waitForExit();

    const second = await startForTest({ ...options, port });
    expect(await producer.read(second.url, eventId)).toEqual({ id: "cus_4" });
  },
);

test("an app whose launcher was killed shuts down by itself", async () => {
  const first = await startForTest(options);
  const { app } = first.processes();
  first.kill("SIGKILL");
  await expect.poll(() => isRunning(app), { timeout: 30_000 }).toBe(false);
  // Ends the database, which waits for the next start.
  await startForTest(options);
});

test("an app whose launcher is killed before it has started shuts down by itself", async () => {
  const dataDir = dataDirForTest();
  const first = await launchForTest({ dataDir });
  const { app, database } = await stopInMigrations(first);
  first.kill("SIGKILL");
  await expect.poll(() => isRunning(app)).toBe(false);
  await database.close();
  // Takes the database over, and ends it.
  const second = await startForTest({ dataDir });
  expect(await second.stop()).toEqual({ code: 0, signal: null });
});

test("events that are published while the app is killed over and over are there when they were acknowledged", async () => {
  const posthorn = await startForTest(options);
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = acknowledged.length;
    const publishing = publishUntilItFails(posthorn, acknowledged);
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before);
    await sleep(300);
    process.kill(posthorn.processes().app, "SIGKILL");
    await publishing;
    await posthorn.waitUntilReady();
  }
  for (const eventId of acknowledged) expect(await producer.read(posthorn.url, eventId)).not.toBeNull();
});

async function publishUntilItFails(posthorn: Posthorn, acknowledged: string[]): Promise<void> {
  try {
    for (let number = 0; ; number += 1) acknowledged.push(await producer.publish(posthorn.url, { number }));
  } catch {
    // The app was killed.
  }
}

function kill(processes: PosthornProcesses, parts: (keyof PosthornProcesses)[]): void {
  for (const part of parts) process.kill(processes[part], "SIGKILL");
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
