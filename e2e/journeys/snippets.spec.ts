import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { freePort } from "../support/free-port.mjs";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let dir: string;
let started: ChildProcess | undefined;

test.beforeAll(async () => {
  app = await startApi();
  dir = mkdtempSync(path.join(os.tmpdir(), "posthorn-snippets-"));
});

test.afterEach(() => stop());

test.afterAll(async () => {
  await app?.stop();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

const languages = [
  { label: "Node.js", file: "receiver.mjs", tool: ["node", "--version"] },
  { label: "Python", file: "receiver.py", tool: ["python3", "--version"] },
  { label: "Go", file: "receiver.go", tool: ["go", "version"] },
];

/** Of 26 bytes and without padding, as other systems write secrets. */
const unpadded = "whsec_cG9zdGhvcm4gcG9zdGhvcm4gcG9zdGhvcm4";
const body = JSON.stringify({ type: "invoice.paid", data: { id: "inv_1", name: "Zoë" } });

for (const { label, file, tool } of languages) {
  test(`the receiver in ${label}, as the page shows it, takes genuine requests and no forged ones`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    const [command = "", ...args] = tool;
    test.skip(spawnSync(command, args).status !== 0, `${command} is not installed here`);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/hooks/posthorn?from=posthorn`;
    const session = await app.signIn();
    const made = await session.post("/api/v1/endpoints", { data: { url, name: label } });
    const { id }: { id: string } = await made.json();
    const answer = await session.get(`/api/v1/endpoints/${id}/secret`);
    const { secret }: { secret: string } = await answer.json();

    const page = await (await browser.newContext({ storageState: await session.storageState() })).newPage();
    await page.goto(`${app.posthorn.url}/main/developers/webhooks/${id}?tab=settings`);
    await page.getByRole("tab", { name: label }).click();
    const code = await page.getByRole("region", { name: `${label} receiver`, exact: true }).textContent();
    const run = await page
      .getByRole("region", { name: `command that starts the ${label} receiver` })
      .textContent();
    await page.context().close();
    writeFileSync(path.join(dir, file), code ?? "");
    const start = (token: string) => launch((run ?? "").replace("whsec_…", token), port);

    await test.step("it does not start without a token", async () => {
      const [exit] = await once(start(""), "exit");
      expect(exit).not.toBe(0);
    });

    const output = collect(start(secret));
    await listening(port);

    await test.step("what Posthorn sends is taken", async () => {
      const sent = await session.post(`/api/v1/endpoints/${id}/test`, { data: { type: "invoice.paid" } });
      expect(await sent.json()).toMatchObject({ attempt: { httpStatus: 204 } });
      await expect.poll(output).toContain("invoice.paid");
    });

    const post = async (headers: Record<string, string>, text = body) =>
      (await fetch(url, { method: "POST", headers, body: text, signal: AbortSignal.timeout(10_000) })).status;

    await test.step("several signatures are accepted if one is right", async () => {
      const genuine = signed(secret);
      const wrong = signed(unpadded)["webhook-signature"];
      for (const signature of [
        `${wrong} ${genuine["webhook-signature"]}`,
        `${genuine["webhook-signature"]} ${wrong}`,
        `v1a,${"A".repeat(88)} ${genuine["webhook-signature"]} v2,x`,
      ]) {
        expect(await post({ ...genuine, "webhook-signature": signature }), signature).toBe(204);
      }
      expect(await post(signed(secret, { secondsAgo: 280 })), "within five minutes").toBe(204);
    });

    await test.step("what is forged is refused", async () => {
      const genuine = signed(secret);
      const { "webhook-id": key, "webhook-timestamp": timestamp, "webhook-signature": signature } = genuine;
      const forged: Record<string, Record<string, string>> = {
        // The first: by and by it comes within the five minutes.
        "signed more than five minutes ahead": signed(secret, { secondsAgo: -320 }),
        "the signature of another token": signed(unpadded),
        "two wrong signatures": {
          ...genuine,
          "webhook-signature": `${signed(unpadded)["webhook-signature"]} v1,`,
        },
        "an empty signature": { ...genuine, "webhook-signature": "" },
        "a signature cut short": { ...genuine, "webhook-signature": signature.slice(0, 20) },
        "a signature that is not ASCII": { ...genuine, "webhook-signature": "v1,é" },
        "another version": { ...genuine, "webhook-signature": signature.replace("v1,", "v2,") },
        "no version": { ...genuine, "webhook-signature": signature.replace("v1,", "") },
        "another key": { ...genuine, "webhook-id": `${key}1` },
        "another time": { ...genuine, "webhook-timestamp": String(Number(timestamp) - 1) },
        "an invalid time": { ...genuine, "webhook-timestamp": "now" },
        "a time that is no number": { ...genuine, "webhook-timestamp": "NaN" },
        "signed more than five minutes ago": signed(secret, { secondsAgo: 320 }),
        "no signature": { "webhook-id": key, "webhook-timestamp": timestamp },
        "no time": { "webhook-id": key, "webhook-signature": signature },
        "no key": { "webhook-timestamp": timestamp, "webhook-signature": signature },
        "no header at all": {},
      };
      for (const [what, headers] of Object.entries(forged)) expect.soft(await post(headers), what).toBe(400);
      expect(await post(genuine, `${body} `), "a body with a byte more").toBe(400);
      expect(await post(genuine, body.replace("inv_1", "inv_2")), "an altered body").toBe(400);
      expect(await post(genuine), "and the genuine one is still taken").toBe(204);
    });

    await test.step("a token without padding works, too", async () => {
      await stop();
      start(unpadded);
      await listening(port);
      expect(await post(signed(unpadded))).toBe(204);
      expect(await post(signed(secret))).toBe(400);
    });
  });
}

/** Signed by the `standardwebhooks` package, which knows nothing of ours. */
function signed(secret: string, { secondsAgo = 0 } = {}) {
  const id = "dlv_1";
  const time = new Date(Date.now() - secondsAgo * 1000);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(time.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, time, body),
  };
}

/** Runs a command in a shell of a process group of its own: `go run` starts another program. */
function launch(command: string, port: number): ChildProcess {
  const { WEBHOOK_SECRET: _, ...env } = process.env;
  started = spawn("sh", ["-c", command], {
    cwd: dir,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    // Nothing may be downloaded: the receivers need their languages alone.
    env: { ...env, PORT: String(port), GOPROXY: "off", GOTOOLCHAIN: "local" },
  });
  return started;
}

async function stop(): Promise<void> {
  const child = started;
  started = undefined;
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await exited;
}

function collect(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return () => output;
}

async function listening(port: number): Promise<void> {
  const answers = async () => {
    const response = await fetch(`http://127.0.0.1:${port}`, { method: "POST" }).catch(() => null);
    return response?.status;
  };
  await expect.poll(answers, { timeout: 120_000 }).toBe(400);
}
