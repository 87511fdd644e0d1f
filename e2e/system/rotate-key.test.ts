import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { fromPublicId } from "@/lib/core/ids";
import { sealedColumns } from "@/lib/platform/sealed-columns.mjs";
import { keyIdOf } from "@/lib/platform/sealing.mjs";
import { startTestReceiver } from "@/lib/testing/test-receiver.mjs";
import { openPosthornDatabase } from "../support/open-posthorn-database";
import { makeProducer } from "../support/producer";
import { signInByFetch } from "../support/sign-in-by-fetch";
import { dataDirForTest, startForTest } from "./start-for-test";

const program = fileURLToPath(new URL("../../bin/posthorn.mjs", import.meta.url));
const producer = makeProducer();
const email = producer.env.POSTHORN_BOOTSTRAP_EMAIL ?? "";
const password = producer.env.POSTHORN_BOOTSTRAP_PASSWORD ?? "";

type Rotation = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

/** Begins the command as who has the machine does. */
function rotate(env: Record<string, string>): Rotation {
  const child = spawn(process.execPath, [program, "rotate-key"], {
    env: { ...process.env, DATABASE_URL: "", POSTHORN_ENCRYPTION_KEY: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  const ended = once(child, "exit").then(([code]) => code);
  return { child, output: () => text, ended };
}

function secretsIn(dataDir: string): { encryptionKey: string; formerKeys?: string[] } {
  return JSON.parse(readFileSync(path.join(dataDir, "secrets.json"), "utf8"));
}
const idOf = (key: string) => keyIdOf(Buffer.from(key, "base64"));

type Database = ReturnType<typeof openPosthornDatabase>;

/** How many ciphertexts of each key each column holds that holds some: found by their form, wherever they are. */
async function findSealed({ sql }: Database): Promise<Record<string, Record<string, number>>> {
  const columns = await sql<{ table: string; column: string }[]>`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb')`;
  const found: Record<string, Record<string, number>> = {};
  for (const { table, column } of columns) {
    const counts = await sql<{ key: string; count: number }[]>`
      select m[1] as key, count(*)::int as count
      from ${sql(table)}, regexp_matches(${sql(column)}::text, '(?:^|")([0-9a-f]{8}):[A-Za-z0-9+/]{38,}=*(?:"|$)', 'g') m
      group by 1`;
    if (counts.length > 0) {
      found[`${table}.${column}`] = Object.fromEntries(counts.map(({ key, count }) => [key, count]));
    }
  }
  return found;
}

test("the key is replaced while Posthorn delivers; a rotation that is killed goes on; nothing is left of the old key", async () => {
  const receiver = await startTestReceiver();
  onTestFinished(receiver.close);
  const dataDir = dataDirForTest();
  // No server listens there: the email stays queued.
  const smtp = { SMTP_URL: "smtp://127.0.0.1:9", EMAIL_FROM: "Posthorn <hooks@example.com>" };
  const { url } = await startForTest({ dataDir, env: { ...producer.env, ...smtp } });
  const call = async (method: string, route: string, body?: unknown) => {
    const authorization = `Bearer ${producer.env.POSTHORN_BOOTSTRAP_API_KEY}`;
    const answer = await fetch(`${url}/api/v1${route}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    expect(answer.ok, `${method} ${route}: ${answer.status}`).toBe(true);
    return answer.json();
  };
  const headers = { "X-Tenant": "acme" };
  const webhook = await call("POST", "/endpoints", { url: `${receiver.origin}/hook`, headers });
  await call("POST", "/endpoints", { url: `${receiver.origin}/jwt`, signature: "jwt" });
  const spare = await call("POST", "/endpoints", { url: `${receiver.origin}/spare`, eventTypes: ["none"] });
  const { secret } = await call("GET", `/endpoints/${webhook.id}/secret`);
  receiver.trust(secret);
  await askForSecondFactorAndReset(url);

  const database = openPosthornDatabase(dataDir);
  onTestFinished(() => database.close());
  const old = secretsIn(dataDir).encryptionKey;
  await expect
    .poll(async () => Object.keys(await findSealed(database)).toSorted())
    .toEqual(sealedColumns.map(({ table, column }) => `${table}.${column}`).toSorted());
  // Enough that a rotation takes a while.
  await database.sql`
    insert into endpoint_secrets (id, endpoint_id, kind, ciphertext, expires_at)
    select gen_random_uuid(), endpoint_id, kind, ciphertext, now() + interval '1 day'
    from endpoint_secrets, generate_series(1, 4000) where endpoint_id = ${fromPublicId("endpoint", spare.id)}`;

  let isLoaded = true;
  const load = (async () => {
    const ids = [];
    while (isLoaded) ids.push(await producer.publish(url, { number: ids.length }));
    return ids;
  })();

  const killed = rotate({ POSTHORN_DATA_DIR: dataDir });
  await expect.poll(killed.output, { interval: 1, timeout: 30_000 }).toContain("so far…");
  killed.child.kill("SIGKILL");
  await killed.ended;
  const { encryptionKey: current, formerKeys } = secretsIn(dataDir);
  expect(formerKeys).toEqual([old]);
  const half = (await findSealed(database))["endpoint_secrets.ciphertext"] ?? {};
  expect(half[idOf(old)]).toBeGreaterThan(0);
  expect(half[idOf(current)]).toBeGreaterThan(0);
  await call("POST", "/endpoints", { url: `${receiver.origin}/during`, headers });
  expect(await call("GET", `/endpoints/${webhook.id}/secret`)).toMatchObject({ secret });

  const resumed = rotate({ POSTHORN_DATA_DIR: dataDir });
  expect(await resumed.ended, resumed.output()).toBe(0);
  expect(resumed.output()).toContain("Continuing the interrupted rotation.");
  isLoaded = false;
  const published = await load;

  expect(secretsIn(dataDir)).toEqual({ ...secretsIn(dataDir), encryptionKey: current });
  expect(secretsIn(dataDir).formerKeys).toBeUndefined();
  for (const [column, keys] of Object.entries(await findSealed(database))) {
    expect(Object.keys(keys), column).toEqual([idOf(current)]);
  }
  expect(
    await database.sql`select actor_name, details from audit_log where action = 'instance.rotate_key'`,
  ).toEqual([{ actor_name: "posthorn rotate-key", details: { keyId: idOf(current), unreadable: 0 } }]);
  const copy = readdirSync(dataDir).find((name) => name === `secrets-${idOf(old)}.json`) ?? "";
  expect(statSync(path.join(dataDir, copy)).mode & 0o777).toBe(0o600);

  // All was signed with the same secret and sent with the same header throughout, also by who was made meanwhile.
  const arrived = () => receiver.received.filter((one) => one.path === "/hook");
  await expect.poll(() => arrived().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(published.length);
  expect(arrived().filter((one) => one.signatureProblem !== null)).toEqual([]);
  expect(arrived().filter((one) => one.headers["x-tenant"] !== "acme")).toEqual([]);
  const during = receiver.received.filter((one) => one.path === "/during");
  expect(new Set(during.map((one) => one.headers["x-tenant"]))).toEqual(new Set(["acme"]));
  expect((await call("GET", "/deliveries?error=signing_failed")).data).toEqual([]);
});

test("a key of the environment is replaced by one that was put before it, and the old one is then not needed", async () => {
  const [old, next] = ["b".repeat(64), "c".repeat(64)];
  const dataDir = dataDirForTest();
  const env = { ...producer.env, POSTHORN_DATA_DIR: dataDir };
  const first = await startForTest({ dataDir, env: { ...env, POSTHORN_ENCRYPTION_KEY: old } });
  const alone = rotate({ ...env, POSTHORN_ENCRYPTION_KEY: old });
  expect(await alone.ended).toBe(1);
  expect(alone.output()).toContain("Set POSTHORN_ENCRYPTION_KEY to `new,old`");
  await first.stop();

  const second = await startForTest({ dataDir, env: { ...env, POSTHORN_ENCRYPTION_KEY: `${next},${old}` } });
  const both = rotate({ ...env, POSTHORN_ENCRYPTION_KEY: `${next},${old}` });
  expect(await both.ended, both.output()).toBe(0);
  expect(both.output()).toContain("Remove the old key from POSTHORN_ENCRYPTION_KEY");
  await second.stop();
  expect(existsSync(path.join(dataDir, `secrets-${idOf(old)}.json`))).toBe(false);
  await startForTest({ dataDir, env: { ...env, POSTHORN_ENCRYPTION_KEY: next } });
});

/** Has an authenticator's secret offered, and an email queued whose link sets a password. */
async function askForSecondFactorAndReset(url: string): Promise<void> {
  const origin = new URL(url).origin;
  const cookie = (await signInByFetch(url, { email, password })) ?? "";
  const headers = { cookie, origin, "content-type": "application/json" };
  const post = (route: string, body: object) =>
    fetch(`${url}/api/account${route}`, { method: "POST", headers, body: JSON.stringify(body) });
  expect((await post("/second-factor", {})).status).toBe(200);
  expect((await post("/password-reset/request", { email })).status).toBe(202);
}
