import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { startTestReceiver } from "@/lib/testing/test-receiver.mjs";
import { openPosthornDatabase } from "../support/open-posthorn-database";
import { makeProducer } from "../support/producer";
import type { Posthorn } from "../support/start-posthorn.mjs";
import { dataDirForTest, startForTest } from "./start-for-test";

const program = fileURLToPath(new URL("../../bin/posthorn.mjs", import.meta.url));

/** Runs a command as who has the machine does. */
async function posthorn(dataDir: string, ...args: string[]) {
  const env = { ...process.env, DATABASE_URL: "", POSTHORN_ENCRYPTION_KEY: "", POSTHORN_DATA_DIR: dataDir };
  return promisify(execFile)(process.execPath, [program, ...args], { env }).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

const producer = makeProducer();
const headers = {
  authorization: `Bearer ${producer.env.POSTHORN_BOOTSTRAP_API_KEY}`,
  "content-type": "application/json",
};

async function call(running: Posthorn, method: string, route: string, body?: unknown) {
  const answer = await fetch(`${running.url}/api/v1${route}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  expect(answer.ok, `${method} ${route}: ${answer.status}`).toBe(true);
  return answer.json();
}

/** What the tables hold, by status. */
async function readBooks(dataDir: string) {
  const { sql, close } = openPosthornDatabase(dataDir);
  try {
    const [found] = await sql`
      select count(*)::int as accepted, count(*) filter (where status = 'pending')::int as pending,
        count(*) filter (where status = 'succeeded')::int as succeeded from delivery_log`;
    return found;
  } finally {
    await close();
  }
}

async function readRestores(dataDir: string) {
  const { sql, close } = openPosthornDatabase(dataDir);
  try {
    return await sql`
      select actor_name, target_name, details from audit_log where action = 'instance.restore'`;
  } finally {
    await close();
  }
}

test("a backup taken under load holds all that was accepted before it, and what is restored goes on", async () => {
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  const folder = mkdtempSync(path.join(os.tmpdir(), "posthorn-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "posthorn.backup");
  const dataDir = dataDirForTest();
  const first = await startForTest({ dataDir, env: producer.env });
  const { id: endpointId } = await call(first, "POST", "/endpoints", { url: `${receiver.origin}/hook` });
  const { secret } = await call(first, "GET", `/endpoints/${endpointId}/secret`);
  receiver.trust(secret);

  const awkward = { id: "cus_1", name: "a\ttab, a\nline,\n\\.\n a \\N backslash and \u2028 more" };
  const before = [await producer.publish(first.url, awkward)];
  for (let number = 0; number < 200; number++) before.push(await producer.publish(first.url, { number }));
  let isLoaded = true;
  const load = (async () => {
    let published = 0;
    for (; isLoaded; published++) await producer.publish(first.url, { during: published });
    return published;
  })();
  const taken = await posthorn(dataDir, "backup", file);
  isLoaded = false;
  expect(await load).toBeGreaterThan(0);
  expect(taken.stderr).toBe("");
  expect(taken.stdout).toContain(
    `Also keep a copy of ${path.join(dataDir, "secrets.json")} in another place`,
  );
  expect((await posthorn(dataDir, "backup", file)).stderr).toContain("already exists");
  expect((await posthorn(dataDir, "restore", file)).stderr).toContain("already contains a database");
  await first.stop();

  const restored = dataDirForTest();
  const keyless = await posthorn(restored, "restore", file);
  expect(keyless.stderr).toContain("need the encryption key from the time of the backup");
  const secrets = path.join(dataDir, "secrets.json");
  expect((await posthorn(restored, "restore", file, "--secrets", secrets)).stderr).toBe("");

  const second = await startForTest({ dataDir: restored });
  expect(await readRestores(restored)).toEqual([
    {
      actor_name: "posthorn restore",
      target_name: "posthorn.backup",
      details: { takenAt: expect.any(String), version: expect.any(String), rows: expect.any(Number) },
    },
  ]);
  expect((await call(second, "GET", `/endpoints/${endpointId}/secret`)).secret).toBe(secret);
  expect(await producer.read(second.url, before[0] ?? "")).toEqual(awkward);
  for (const id of before) expect(await producer.read(second.url, id)).not.toBeNull();
  const after = await producer.publish(second.url, { id: "cus_2" });
  await expect.poll(() => receiver.received.some(({ body }) => body.includes(`"${after}"`))).toBe(true);

  // Nothing is pending any more, and the ledger says of each what the tables say.
  await expect.poll(async () => (await readBooks(restored))?.pending).toBe(0);
  const { total, alarms } = await call(second, "GET", "/ledger");
  const books = await readBooks(restored);
  expect(books?.accepted).toBeGreaterThan(before.length);
  expect(total).toMatchObject({ ...books, held: 0, failed: 0, discarded: 0 });
  expect(alarms).toEqual([]);
  expect(receiver.received.filter(({ signatureProblem }) => signatureProblem)).toEqual([]);
});

test("a file that is not whole restores nothing, and leaves nothing", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "posthorn-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "posthorn.backup");
  const dataDir = dataDirForTest();
  const running = await startForTest({ dataDir, env: producer.env });
  await running.stop();
  expect((await posthorn(dataDir, "backup", file)).stderr).toBe("");

  truncateSync(file, 2_000);
  const restored = dataDirForTest();
  const secrets = path.join(dataDir, "secrets.json");
  const refused = await posthorn(restored, "restore", file, "--secrets", secrets);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toMatch(/could not be restored: .*Nothing was changed/);
  // It starts anew there, as in a folder that is empty.
  const fresh = await startForTest({ dataDir: restored });
  await expect.poll(() => fresh.output()).toContain("/setup");
});
