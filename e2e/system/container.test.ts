import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { askHealth } from "../../bin/launcher/health.mjs";
import { freePort } from "../support/free-port.mjs";
import { dataDirForTest } from "./start-for-test";

const unshare = ["--pid", "--fork", "--mount-proc", "--kill-child"];
const canIsolate = spawnSync("unshare", [...unshare, "true"]).status === 0;

test.runIf(canIsolate)("npm run up as process 1 of a container stops in order on SIGTERM", async () => {
  const port = await freePort();
  const dataDir = dataDirForTest();
  const env = { ...process.env, PORT: `${port}`, POSTHORN_DATA_DIR: dataDir };
  const container = spawn("unshare", [...unshare, "npm", "run", "up", "--", "--no-build"], {
    env,
    stdio: "ignore",
  });
  onTestFinished(() => {
    container.kill("SIGKILL");
  });
  await expect.poll(() => askHealth(port)).not.toBeNull();
  const children = readFileSync(`/proc/${container.pid}/task/${container.pid}/children`, "utf8");
  process.kill(Number(children.trim()), "SIGTERM");
  expect(await once(container, "exit")).toEqual([0, null]);
  expect(readFileSync(path.join(dataDir, "postgres.log"), "utf8")).toContain("database system is shut down");
});
