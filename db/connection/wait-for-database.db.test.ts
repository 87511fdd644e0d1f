import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { parseDatabaseUrl } from "../../lib/platform/parse-database-url";
import { tcpFront } from "../testing/tcp-front";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { openDatabase } from "./client";
import { waitForDatabase } from "./wait-for-database";

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

const unsaid = (line: string) => expect.unreachable(line);

test("a database that is there and fit is not waited for", async () => {
  await waitForDatabase(testDatabase.url, unsaid);
});

/** Opens one that is shut with the test. */
async function openFront() {
  const front = tcpFront(testDatabase.url);
  onTestFinished(front.shut);
  return { front, url: await front.open() };
}

test("a database that is not there yet is waited for, with one line", async () => {
  const { front, url } = await openFront();
  await front.shut();
  const lines: string[] = [];
  const waiting = waitForDatabase(url, (line) => lines.push(line));
  await expect.poll(() => lines).toHaveLength(1);
  await front.open();
  await waiting;
  expect(lines).toEqual([
    expect.stringMatching(/cannot be reached \(connect ECONNREFUSED .*\); waiting for it/),
  ]);
});

test("a wrong password is not waited for", async () => {
  const url = new URL(testDatabase.url);
  url.password = "wrong";
  await expect(waitForDatabase(url.href, unsaid)).rejects.toMatchObject({ code: "28P01" });
});

test("a server that encrypts nothing is refused if sslmode asks for it", async () => {
  const { url } = await openFront();
  await waitForDatabase(`${url}?sslmode=prefer`, unsaid);
  await expect(waitForDatabase(`${url}?sslmode=require`, unsaid)).rejects.toMatchObject({
    message: expect.stringContaining("does not support SSL"),
    remedy: expect.stringContaining("sslmode=prefer"),
  });
});

const hasPgBouncer = spawnSync("pgbouncer", ["--version"]).status === 0;
const ignored = [
  "statement_timeout",
  "idle_in_transaction_session_timeout",
  "synchronous_commit",
  "jit",
  "plan_cache_mode",
].join(",");

/** Starts a PgBouncer in transaction mode in front of the test's database. */
function startPooler(settings: string): string {
  const { path: socket = "", user, password, database } = parseDatabaseUrl(testDatabase.url).login;
  const dir = mkdtempSync(path.join(tmpdir(), "posthorn-pooler-"));
  const { uid, gid } = statSync(path.dirname(socket));
  const file = path.join(dir, "pgbouncer.ini");
  writeFileSync(
    file,
    `[databases]
${database} = host=${path.dirname(socket)} port=5432 user=${user} password=${password}
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = ${dir}
auth_type = any
pool_mode = transaction
${settings}
`,
  );
  if (process.getuid?.() === 0) chownSync(dir, uid, gid);
  const pooler = spawn("pgbouncer", [file], {
    stdio: "ignore",
    ...(process.getuid?.() === 0 ? { uid, gid } : {}),
  });
  onTestFinished(async () => {
    const ended = once(pooler, "exit");
    pooler.kill("SIGINT");
    await ended;
    rmSync(dir, { recursive: true, force: true });
  });
  return `postgres://${user}@/${database}?host=${dir}&port=6432`;
}

test.runIf(hasPgBouncer).each<[string, string, string | null]>([
  ["", "unsupported startup parameter", null],
  [`ignore_startup_parameters = ${ignored}`, "does not pass on the settings of a session", null],
  [
    `ignore_startup_parameters = ${ignored}`,
    "its sessions change between statements",
    "idle_in_transaction_session_timeout = 5000",
  ],
])("a pooler in transaction mode (%s) is refused: %s", async (settings, sign, ofDatabase) => {
  if (ofDatabase) {
    const { sql, close } = openDatabase(testDatabase.url, { max: 1 });
    const { database = "" } = parseDatabaseUrl(testDatabase.url).login;
    await sql.unsafe(`alter database ${database} set ${ofDatabase}`);
    await close();
  }
  await expect(waitForDatabase(startPooler(settings), () => undefined)).rejects.toMatchObject({
    message: expect.stringMatching(new RegExp(`connection pooler.*PgBouncer in transaction mode.*${sign}`)),
    remedy: expect.stringContaining("point DATABASE_URL to PostgreSQL itself"),
  });
});
