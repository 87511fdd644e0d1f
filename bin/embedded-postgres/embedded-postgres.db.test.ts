import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../db/connection/client";
import { canMountDisk, mountDisk, unmountDisk } from "../../e2e/support/small-disk.mjs";
import { openDataFolder } from "./data-folder.mjs";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.mjs";

const isRoot = process.getuid?.() === 0;
const quick = { durable: false };

let dir: string;
const started: EmbeddedPostgres[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), "posthorn-pg-"));
  chmodSync(dir, 0o711);
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function start(folder = openDataFolder(dir)): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(folder, quick);
  started.push(server);
  return server;
}

test("the server listens on a socket in the data folder alone, and only with its password", async () => {
  const { url } = await start();
  const [row] = await query<{ addresses: string; encoding: string }>(
    url,
    "select current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding",
  );
  expect(row).toEqual({ addresses: "", encoding: "UTF8" });
  expect(statSync(path.join(dir, "run")).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(dir, "postgres.password")).mode & 0o777).toBe(0o600);

  const wrong = new URL(url);
  wrong.password = "wrong";
  await expect(query(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("settings of the environment for another server change nothing", async () => {
  const before = { ...process.env };
  Object.assign(process.env, { PGPORT: "1", PGDATA: "/nowhere", PGHOST: "nowhere" });
  try {
    const { url } = await start();
    expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  } finally {
    for (const name of ["PGPORT", "PGDATA", "PGHOST"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
});

test("what was written is there after a stop and a start", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 1 as one");
  await first.stop();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await query(second.url, "select one from kept")).toEqual([{ one: 1 }]);
});

test("a start that was killed while it made the cluster does not hinder the next", async () => {
  const program = `
    const { openDataFolder } = await import(${JSON.stringify(new URL("./data-folder.mjs", import.meta.url).href)});
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL("./embedded-postgres.mjs", import.meta.url).href)});
    await startEmbeddedPostgres(openDataFolder(${JSON.stringify(dir)}), { durable: false });`;
  const first = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore" });
  const isMaking = () => partialClusters().some((name) => existsSync(path.join(dir, name, "base", "1")));
  await expect.poll(isMaking, { timeout: 20_000, interval: 5 }).toBe(true);
  first.kill("SIGKILL");
  await once(first, "exit");

  const { url } = await start();
  expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(partialClusters()).toEqual([]);
});

/** Clusters that are being made, or that a killed start left. */
function partialClusters(): string[] {
  return readdirSync(dir).filter((name) => name.endsWith(".new"));
}

test("a server that still runs on the folder is taken over", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ adopted: true, pid: first.pid });
  expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await second.stop();
  await second.ended;
});

test("a server that runs without its socket is ended, and one starts in its place", {
  timeout: 60_000,
}, async () => {
  const first = await start();
  rmSync(path.join(dir, "run", ".s.PGSQL.5432"));
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(second.pid).not.toBe(first.pid);
  expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("backends of a killed server are waited for", async () => {
  const first = await start();
  const { sql, close } = openDatabase(first.url, { max: 1 });
  const busy = sql`select pg_sleep(20)`.catch(() => "ended");
  await expect
    .poll(() => query(first.url, "select 1 from pg_stat_activity where wait_event = 'PgSleep'"))
    .toHaveLength(1);
  process.kill(first.pid, "SIGKILL");
  await first.ended;
  const second = await start();
  expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await busy;
  await close();
});

test("a process that got a dead server's number is left alone", async () => {
  const first = await start();
  await first.stop();
  const bystander = spawn("sleep", ["60"]);
  writeFileSync(
    path.join(dir, "postgres", "postmaster.pid"),
    `${bystander.pid}\n${dir}/postgres\n0\n5432\n${dir}/run\n`,
  );
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(bystander.exitCode).toBeNull();
  bystander.kill();
  await once(bystander, "exit");
});

test("a data folder with a long path gets a short folder for its socket", async () => {
  const long = path.join(dir, "long-".repeat(16));
  mkdirSync(long);
  chmodSync(long, 0o711);
  const folder = openDataFolder(long);
  expect(folder.runDir.startsWith(long)).toBe(false);
  expect(statSync(folder.runDir).mode & 0o777).toBe(0o700);
  expect(openDataFolder(long).runDir).toBe(folder.runDir);
  const { url } = await start(folder);
  expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  rmSync(folder.runDir, { recursive: true });
});

describe("a data folder that cannot be used says why", () => {
  test("made by another major version", async () => {
    await (await start()).stop();
    writeFileSync(path.join(dir, "postgres", "PG_VERSION"), "12\n");
    await expect(start()).rejects.toThrow("was made by PostgreSQL 12");
  });

  test("its password is lost", async () => {
    await (await start()).stop();
    rmSync(path.join(dir, "postgres.password"));
    await expect(start()).rejects.toThrow("postgres.password, which keeps it, cannot be read");
  });

  test("it holds something else under the cluster's name", async () => {
    mkdirSync(path.join(dir, "postgres"));
    await expect(start()).rejects.toThrow("is not a PostgreSQL cluster");
  });

  test("the server's own reason, if it has one", async () => {
    await (await start()).stop();
    writeFileSync(path.join(dir, "postgres", "pg_hba.conf"), "nonsense\n");
    await expect(start()).rejects.toThrow(/PostgreSQL does not start on[\s\S]*could not load.*pg_hba\.conf/);
  });

  test.runIf(isRoot)("the account that PostgreSQL runs as cannot enter it", () => {
    chmodSync(dir, 0o700);
    expect(() => openDataFolder(path.join(dir, "data"))).toThrow(
      /the account "[^"]+", and that account cannot enter/,
    );
  });

  test.runIf(!isRoot)("this account cannot write it", () => {
    chmodSync(dir, 0o500);
    expect(() => openDataFolder(path.join(dir, "data"))).toThrow("cannot be written by this account");
    chmodSync(dir, 0o700);
  });
});

describe.runIf(canMountDisk())("a disk that fills up", () => {
  let disk: string;

  beforeEach(() => {
    disk = path.join(dir, "disk");
    mkdirSync(disk);
    expect(mountDisk(disk, "size=400m,nr_inodes=300")).toBe(true);
  });

  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
    unmountDisk(disk);
  });

  test("while the cluster is made: nothing half made stays, and with room it starts", async () => {
    const folder = openDataFolder(disk);
    await expect(start(folder)).rejects.toThrow(`The disk that holds ${disk} has no room left`);
    expect(readdirSync(disk)).toEqual(["run"]);
    expect(readdirSync(folder.runDir)).toEqual([]);

    mountDisk(disk, "remount,nr_inodes=100000");
    const { url } = await start(folder);
    expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("before a start: it is said, and with room it starts with its data", async () => {
    mountDisk(disk, "remount,nr_inodes=100000");
    const folder = openDataFolder(disk);
    await (await start(folder)).stop();
    const filler = path.join(disk, "filler");
    spawnSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=1M"]);
    await expect(start(folder)).rejects.toThrow(`The disk that holds ${disk} has no room left`);
    rmSync(filler);
    await start(folder);
  });
});

test.runIf(isRoot)(
  "for root the server runs as another account, which owns its files and no others",
  async () => {
    const { pid } = await start();
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
    expect(statSync(path.join(dir, "postgres")).uid).toBe(statSync(`/proc/${pid}`).uid);
    expect(statSync(path.join(dir, "postgres.password")).uid).toBe(0);
    expect(existsSync(path.join(dir, "postgres.log"))).toBe(true);
    expect(readFileSync(path.join(dir, "postgres.log"), "utf8")).toContain("ready to accept connections");
  },
);

async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const { sql, close } = openDatabase(url, { max: 1 });
  try {
    return [...(await sql.unsafe<Row[]>(statement))];
  } finally {
    await close();
  }
}
