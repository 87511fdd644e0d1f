import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openDataFolder } from "@/bin/embedded-postgres/data-folder.mjs";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/bin/embedded-postgres/embedded-postgres.mjs";
import { openDatabase } from "@/db/connection/client";
import { tcpFront } from "@/db/testing/tcp-front";
import { createDatabase } from "@/db/testing/test-server";
import { makeProducer } from "../support/producer";
import { makeDataDir, type Posthorn } from "../support/start-posthorn.mjs";
import { dataDirForTest, launchForTest, startForTest } from "./start-for-test";

const configurationError = { code: 78, signal: null };

/** In place of a server that a user brings. */
let server: EmbeddedPostgres;
const serverDir = makeDataDir();

beforeAll(async () => {
  server = await startEmbeddedPostgres(openDataFolder(serverDir), { durable: false });
});

afterAll(async () => {
  await server.stop();
  rmSync(serverDir, { recursive: true, force: true });
});

test("with DATABASE_URL that database is used, and none is started", async () => {
  const producer = makeProducer();
  const env = { ...producer.env, ...secrets(), DATABASE_URL: await createDatabase(server.url, "used") };
  const dataDir = dataDirForTest();
  const first = await startForTest({ dataDir, env });
  expect(first.processes().postgres).toBe(0);
  expect(existsSync(path.join(dataDir, "postgres"))).toBe(false);
  const eventId = await producer.publish(first.url, { id: "cus_1" });
  await first.stop();

  const second = await startForTest({ env });
  expect(await producer.read(second.url, eventId)).toEqual({ id: "cus_1" });
});

test("a server that does not write to its disk is warned of, in the log and in the health", async () => {
  const env = { ...secrets(), DATABASE_URL: await createDatabase(server.url, "lossy") };
  const posthorn = await startForTest({ env });
  expect(posthorn.output()).toContain("fsync is off on the database server");
  expect(await lossySettings(posthorn)).toEqual(["fsync", "full_page_writes"]);
  const safe = await startForTest();
  expect(safe.output()).not.toContain("is off on the database server");
  expect(await lossySettings(safe)).toEqual([]);
});

async function lossySettings({ url }: Posthorn): Promise<unknown> {
  const health: { lossySettings: unknown } = JSON.parse(await (await fetch(`${url}/api/health`)).text());
  return health.lossySettings;
}

test("two Posthorns share a database, each on its port", async () => {
  const producer = makeProducer();
  const env = { ...producer.env, ...secrets(), DATABASE_URL: await createDatabase(server.url, "shared") };
  const [one, other] = await Promise.all([startForTest({ env }), startForTest({ env })]);
  const eventId = await producer.publish(one.url, { id: "cus_2" });
  expect(await producer.read(other.url, eventId)).toEqual({ id: "cus_2" });
});

/** A way to a new database that is shut with the test. */
async function openFront(name: string) {
  const front = tcpFront(await createDatabase(server.url, name));
  onTestFinished(front.shut);
  return { front, DATABASE_URL: await front.open() };
}

test("a database that is not there yet is named and waited for, and Posthorn starts when it is", async () => {
  const { front, DATABASE_URL } = await openFront("late");
  await front.shut();
  const posthorn = await launchForTest({ env: { ...secrets(), DATABASE_URL } });
  await expect.poll(() => posthorn.output()).toContain("posthorn: the database cannot be reached");
  await front.open();
  await posthorn.waitUntilReady();
  expect(posthorn.output().match(/cannot be reached/g)).toHaveLength(1);
  expect(posthorn.output()).not.toContain(new URL(DATABASE_URL).password);
});

test("while the database is away the log has one line and a count, and no statement", async () => {
  const producer = makeProducer();
  const { front, DATABASE_URL } = await openFront("away");
  const posthorn = await startForTest({ env: { ...producer.env, ...secrets(), DATABASE_URL } });
  await producer.publish(posthorn.url, { id: "cus_1" });
  const before = posthorn.output().length;
  await front.shut();
  const requests = Array.from({ length: 20 }, (_, request) => producer.publish(posthorn.url, { request }));
  for (const { status } of await Promise.allSettled(requests)) expect(status).toBe("rejected");
  await front.open();
  await expect.poll(() => posthorn.output()).toContain("the database works again");
  const written = posthorn.output().slice(before);
  expect(written.match(/only counted until it works again/g)).toHaveLength(1);
  expect(written).toMatch(/"failures":(2\d|[3-9]\d|\d{3,}),/);
  expect(written).not.toMatch(/Failed query|select |insert /);
});

test("a name of a database that is encoded in the URL is read", async () => {
  const url = new URL(await createDatabase(server.url, '"of mine"'));
  url.pathname = "/of%20mine";
  await startForTest({ env: { ...secrets(), DATABASE_URL: url.href } });
});

test("a missing privilege and a read-only database are reported with PostgreSQL's message and the remedy", async () => {
  const url = new URL(await createDatabase(server.url, "of_others"));
  const { sql, close } = openDatabase(server.url, { max: 1 });
  onTestFinished(close);
  await sql.unsafe("create role guest login password 'guest'");
  Object.assign(url, { username: "guest", password: "guest" });
  const env = { ...secrets(), DATABASE_URL: url.href };
  const guest = await launchForTest({ env });
  expect(await guest.waitForExit()).toEqual(configurationError);
  expect(guest.output()).toContain("permission denied for database of_others");
  expect(guest.output()).toContain("ALTER DATABASE … OWNER TO …");

  await sql.unsafe("alter database of_others owner to guest");
  await sql.unsafe("alter role guest set default_transaction_read_only = on");
  const reader = await launchForTest({ env });
  expect(await reader.waitForExit()).toEqual(configurationError);
  expect(reader.output()).toContain("cannot execute CREATE SCHEMA in a read-only transaction");
  expect(reader.output()).toContain("turn off default_transaction_read_only");
});

test("a parameter of another tool is named with what to do", async () => {
  const DATABASE_URL = "postgres://ann:secret@127.0.0.1/mine?schema=public";
  const posthorn = await launchForTest({ env: { ...secrets(), DATABASE_URL } });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  expect(posthorn.output()).toContain(
    "posthorn: DATABASE_URL has the parameter schema, which Posthorn does not know",
  );
});

test("however much is asked for, a process opens no more connections than its setting allows", async () => {
  const producer = makeProducer();
  const DATABASE_URL = await createDatabase(server.url, "capped");
  const env = { ...producer.env, ...secrets(), DATABASE_URL, POSTHORN_DATABASE_CONNECTIONS: "10" };
  const posthorn = await startForTest({ env });
  const { sql, close } = openDatabase(server.url, { max: 1 });
  onTestFinished(close);
  const publishing = Promise.all(
    Array.from({ length: 200 }, (_, id) => producer.publish(posthorn.url, { id })),
  );
  let most = 0;
  for (let over = false; !over; ) {
    const [row] = await sql<{ open: number }[]>`
      select count(*)::int as open from pg_stat_activity where datname = 'capped'`;
    most = Math.max(most, row?.open ?? 0);
    over = await Promise.race([publishing.then(() => true), sleep(5, false)]);
  }
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(10);
});

test("a wrong password is said to be one", async () => {
  const url = new URL(await createDatabase(server.url, "guarded"));
  url.password = "wrong";
  const posthorn = await launchForTest({ env: { ...secrets(), DATABASE_URL: url.href } });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  expect(posthorn.output()).toContain("refused the sign-in");
});

test("DATABASE_URL that is no URL is refused", async () => {
  const posthorn = await launchForTest({ env: { ...secrets(), DATABASE_URL: "localhost:5432" } });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  expect(posthorn.output()).toContain("posthorn: DATABASE_URL must be like postgres://");
});

test("DATABASE_URL without secrets names those that are missing", async () => {
  const posthorn = await launchForTest({ env: { DATABASE_URL: await createDatabase(server.url, "bare") } });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  expect(posthorn.output()).toContain("posthorn: POSTHORN_ENCRYPTION_KEY must be set");
  expect(posthorn.output()).toContain("posthorn: POSTHORN_AUTH_SECRET must be set");
});

test("a database that was made with another key is refused, and its own key still opens it", async () => {
  const producer = makeProducer();
  const DATABASE_URL = await createDatabase(server.url, "keyed");
  const env = { ...producer.env, ...secrets(), DATABASE_URL };
  const first = await startForTest({ env });
  const eventId = await producer.publish(first.url, { id: "cus_3" });
  await first.stop();

  const wrong = await launchForTest({ env: { ...env, ...secrets() } });
  expect(await wrong.waitForExit()).toEqual(configurationError);
  expect(wrong.output()).toContain("POSTHORN_ENCRYPTION_KEY is not the key this database was created with");

  const right = await startForTest({ env });
  expect(await producer.read(right.url, eventId)).toEqual({ id: "cus_3" });
});

function secrets() {
  return {
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    POSTHORN_AUTH_SECRET: randomBytes(32).toString("hex"),
  };
}
