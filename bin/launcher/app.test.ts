import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { poolThreads } from "./app.mjs";

/** Keeps the four threads that Node has by itself, and as many again for names, and then looks up a name. */
const program = `
  const { execFileSync } = require("node:child_process");
  const fs = require("node:fs");
  const pipe = fs.mkdtempSync(require("node:os").tmpdir() + "/posthorn-pool-") + "/pipe";
  execFileSync("mkfifo", [pipe]);
  for (let thread = 0; thread < 24; thread += 1) fs.open(pipe, "r", () => {});
  require("node:dns").lookup("localhost", (error, address) => {
    fs.rmSync(pipe);
    process.stdout.write(String(error ?? address));
    process.kill(process.pid, "SIGKILL");
  });`;

test("a name is resolved while files keep as many threads of the pool as an app uses at most", async () => {
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(poolThreads) };
  const run = promisify(execFile)(process.execPath, ["-e", program], { env });
  await expect(run).rejects.toMatchObject({ stdout: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) });
});
