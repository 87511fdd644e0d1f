import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openDataFolder } from "@/bin/embedded-postgres/data-folder.mjs";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/bin/embedded-postgres/embedded-postgres.mjs";
import { createDatabase } from "@/db/testing/test-server";
import { idleWaitMsDefault } from "@/lib/core/delivery-limits";
import { startTestReceiver } from "@/lib/testing/test-receiver.mjs";
import { makeProducer } from "../support/producer";
import { makeDataDir, type Posthorn } from "../support/start-posthorn.mjs";
import { launchForTest, startForTest } from "./start-for-test";

let server: EmbeddedPostgres;
const serverDir = makeDataDir();
const secrets = {
  POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
  POSTHORN_AUTH_SECRET: randomBytes(32).toString("hex"),
};

beforeAll(async () => {
  server = await startEmbeddedPostgres(openDataFolder(serverDir), { durable: false });
});

afterAll(async () => {
  await server.stop();
  rmSync(serverDir, { recursive: true, force: true });
});

type Health = { role: string; status: string; engine: { kind: string | null; lastSweepAt: string | null } };

async function health({ port }: Posthorn): Promise<Health> {
  return (await fetch(`http://127.0.0.1:${port}/api/health`)).json();
}

test("a web process publishes and delivers nothing, and wakes a worker, which delivers and answers nothing else", async () => {
  const producer = makeProducer();
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  const env = { ...producer.env, ...secrets, DATABASE_URL: await createDatabase(server.url, "roles") };
  const web = await startForTest({ env: { ...env, POSTHORN_ROLE: "web" } });
  expect(await health(web)).toMatchObject({ role: "web", status: "ok", engine: { kind: null } });
  const { POSTHORN_BOOTSTRAP_API_KEY: key = "" } = producer.env;
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const body = JSON.stringify({ url: receiver.origin, eventTypes: null });
  const made = await fetch(`${web.url}/api/v1/endpoints`, { method: "POST", headers, body });
  expect(made.status).toBe(201);

  // Nobody delivers until there is a worker, which then finds what waits.
  await producer.publish(web.url, { number: 0 });
  const log = await fetch(`${web.url}/api/v1/deliveries`, { headers });
  expect(await log.json()).toMatchObject({ data: [{ status: "pending", attempts: 0 }] });
  expect(receiver.received).toHaveLength(0);
  const worker = await startForTest({ env: { ...env, POSTHORN_ROLE: "worker" } });
  await expect.poll(() => worker.output()).toContain("A worker of Posthorn runs");
  expect(await health(worker)).toMatchObject({ role: "worker", status: "ok", engine: { kind: "embedded" } });
  await expect.poll(() => receiver.received.length).toBe(1);
  const refused = await fetch(`${worker.url}/api/v1/events`, { method: "POST", headers, body: "{}" });
  expect([refused.status, await refused.text()]).toEqual([404, expect.stringContaining("is a worker")]);

  // Once its drain has ended, only a signal or the sweep makes it look. Without signals, each of these would have its sweep.
  let withoutSweep = 0;
  for (let number = 1; number <= 3; number += 1) {
    await sleep(idleWaitMsDefault + 1_000);
    const sweptBefore = (await health(worker)).engine.lastSweepAt;
    await producer.publish(web.url, { number });
    await expect.poll(() => receiver.received.length, { timeout: 70_000 }).toBe(1 + number);
    if ((await health(worker)).engine.lastSweepAt === sweptBefore) withoutSweep += 1;
  }
  expect(withoutSweep).toBeGreaterThan(1);
});

test.each(["web", "worker"])("with the embedded database, the role %s is refused", async (POSTHORN_ROLE) => {
  const posthorn = await launchForTest({ env: { POSTHORN_ROLE } });
  expect(await posthorn.waitForExit()).toEqual({ code: 78, signal: null });
  expect(posthorn.output()).toContain("posthorn: POSTHORN_ROLE must be all without DATABASE_URL");
});
