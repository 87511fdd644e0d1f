import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDataFolder } from "@/db/embedded/data-folder.mjs";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/db/embedded/embedded-postgres.mjs";
import { createDatabase } from "@/db/testing/test-server";
import { freePort } from "../support/free-port.mjs";
import { makeProducer } from "../support/producer";
import { makeDataDir, type Posthorn } from "../support/start-posthorn.mjs";
import { dataDirForTest, launchForTest, startForTest } from "./start-for-test";

const configurationError = { code: 78, signal: null };

/** Stands for a server that a user brings. */
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
  expect(posthorn.output()).toContain("fsync is off at the database's server");
  expect(await lossySettings(posthorn)).toEqual(["fsync", "full_page_writes"]);
  const safe = await startForTest();
  expect(safe.output()).not.toContain("is off at the database's server");
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

test("a database that cannot be reached is named", async () => {
  const DATABASE_URL = `postgres://posthorn:secret@127.0.0.1:${await freePort()}/posthorn`;
  const posthorn = await launchForTest({ env: { ...secrets(), DATABASE_URL } });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  expect(posthorn.output()).toContain("posthorn: the database cannot be reached");
  expect(posthorn.output()).not.toContain("secret@");
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
  expect(wrong.output()).toContain("POSTHORN_ENCRYPTION_KEY is not the key this database was made with");

  const right = await startForTest({ env });
  expect(await producer.read(right.url, eventId)).toEqual({ id: "cus_3" });
});

function secrets() {
  return {
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    POSTHORN_AUTH_SECRET: randomBytes(32).toString("hex"),
  };
}
