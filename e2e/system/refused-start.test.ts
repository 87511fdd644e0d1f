import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { canMountDisk, mountDisk, unmountDisk } from "@/e2e/support/small-disk.mjs";
import { freePort } from "../support/free-port.mjs";
import { makeDataDir } from "../support/start-posthorn.mjs";
import { dataDirForTest, launchForTest, startForTest } from "./start-for-test";

const configurationError = { code: 78, signal: null };
const refused = { code: 1, signal: null };
const dataDir = makeDataDir();

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test("a data folder that another Posthorn uses is refused, and the other goes on", async () => {
  const first = await startForTest({ dataDir });
  const second = await launchForTest({ dataDir });
  expect(await second.waitForExit()).toEqual(refused);
  expect(second.output()).toContain(
    `Another Posthorn (process ${first.pid}, at ${first.url}) uses the data folder`,
  );
  expect(second.output()).toContain("POSTHORN_DATA_DIR");
  expect(second.output()).toContain("DATABASE_URL");
  await first.waitUntilReady();
});

test("a port that is taken is refused before a database is made", async () => {
  const port = await listenSomewhere();
  const unused = dataDirForTest();
  const posthorn = await launchForTest({ port, dataDir: unused });
  expect(await posthorn.waitForExit()).toEqual(refused);
  expect(posthorn.output()).toContain(`Port ${port} is taken by another program`);
  expect(posthorn.output()).toContain("set PORT");
  expect(existsSync(path.join(unused, "postgres"))).toBe(false);
});

test.each([["0"], ["70000"], ["http"]])("PORT=%s is refused", async (PORT) => {
  const posthorn = await launchForTest({ env: { PORT } });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  expect(posthorn.output()).toContain(`PORT is "${PORT}", but must be a number from 1 to 65535`);
});

test("a data folder that is a file is refused", async () => {
  const file = path.join(dataDirForTest(), "file");
  writeFileSync(file, "");
  const posthorn = await launchForTest({ env: { POSTHORN_DATA_DIR: file } });
  expect(await posthorn.waitForExit()).toEqual(refused);
  expect(posthorn.output()).toContain("POSTHORN_DATA_DIR must be a folder");
});

test("every wrong variable is named at once, and none is started with", async () => {
  const posthorn = await launchForTest({
    dataDir,
    env: { POSTHORN_RETRY_SCALE: "fast", POSTHORN_ENCRYPTION_KEY: "short", POSTHORN_DATADIR: "typo" },
  });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  for (const name of ["POSTHORN_RETRY_SCALE", "POSTHORN_ENCRYPTION_KEY", "POSTHORN_DATADIR"]) {
    expect(posthorn.output()).toContain(`posthorn: ${name} `);
  }
});

test("a data folder with another encryption key is refused", async () => {
  await (await startForTest({ dataDir })).stop();
  const POSTHORN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
  const posthorn = await launchForTest({ dataDir, env: { POSTHORN_ENCRYPTION_KEY } });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  expect(posthorn.output()).toContain(
    "POSTHORN_ENCRYPTION_KEY is not the key this database was created with",
  );
  await (await startForTest({ dataDir })).stop();
});

test.runIf(canMountDisk())(
  "a disk without room is refused, and nothing half made is left on it",
  async () => {
    const disk = mountSmallDisk("size=40m");
    const onDisk = path.join(disk, "data");
    const posthorn = await launchForTest({ dataDir: onDisk });
    expect(await posthorn.waitForExit()).toEqual(refused);
    expect(posthorn.output()).toContain(`The disk that holds ${onDisk} has no room left`);
    expect(readdirSync(onDisk)).toEqual(["run"]);

    mountDisk(disk, "remount,size=600m");
    const retried = await startForTest({ dataDir: onDisk });
    await retried.stop();
  },
);

/** A file system in memory, unmounted with the test. */
function mountSmallDisk(options: string): string {
  const disk = path.join(dataDirForTest(), "disk");
  mkdirSync(disk);
  expect(mountDisk(disk, options)).toBe(true);
  onTestFinished(() => unmountDisk(disk));
  return disk;
}

/** Takes a port for the length of the test. */
async function listenSomewhere(): Promise<number> {
  const port = await freePort();
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  return port;
}
