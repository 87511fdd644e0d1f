import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { generateKeyPair, SignJWT } from "jose";
import { openPageChecker } from "../support/check-page";
import { freePort } from "../support/free-port.mjs";
import { startReceiverProgram } from "../support/receiver-program";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let dir: string;

test.beforeAll(async () => {
  app = await startApi();
  await app.database.sql`update workspaces set endpoint_limit = 100`;
  dir = mkdtempSync(path.join(os.tmpdir(), "posthorn-signatures-"));
  symlinkSync(path.resolve("node_modules"), path.join(dir, "node_modules"));
});

test.afterAll(async () => {
  await app?.stop();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

const webhooks = () => `${app.posthorn.url}/main/developers/webhooks`;

test("choose a kind of signature, rotate its key, and change to another kind", async ({ browser }) => {
  const session = await app.signIn();
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  const url = `${app.receiver.origin}/signed`;
  const preview = page.getByRole("region", { name: "The request that will be sent" });
  const sent = () => app.receiver.received.at(-1)?.headers["webhook-signature"] ?? "";

  await test.step("the preview follows the choice", async () => {
    await page.goto(`${webhooks()}/new`);
    await page.getByLabel("URL", { exact: true }).fill(url);
    await page.getByLabel("Name").fill("Ledger");
    await expect(preview).toContainText("webhook-signature: v1,");
    await page.getByLabel("JWT", { exact: true }).check();
    await expect(preview).toContainText("webhook-signature: eyJ");
    await page.getByLabel("Ed25519", { exact: true }).check();
    await expect(preview).toContainText("webhook-signature: v1a,");
  });

  await test.step("retries print their times, and all of it is saved", async () => {
    await page.getByText("Advanced").click();
    await page.getByLabel("3 retries").check();
    await expect(page.getByText("12 s, 2 m 28 s, 30 m 8 s;")).toBeVisible();
    await page.getByLabel("Custom", { exact: true }).check();
    await page.getByLabel("Number of retries").fill("21");
    await page.getByLabel("Rate limit").fill("1001");
    await page.getByRole("button", { name: "Add webhook" }).click();
    await expect(page.getByText("must be a whole number from 0 to 20")).toBeVisible();
    await expect(page.getByText("must be a whole number from 1 to 1000")).toBeVisible();
    await page.getByLabel("Number of retries").fill("5");
    await page.getByLabel("Only after a 5xx").check();
    await page.getByLabel("Rate limit").fill("20");
    await page.getByRole("button", { name: "Add webhook" }).click();
    await expect(page.getByRole("region", { name: "Next steps" })).toContainText("whpk_");
    await page.getByRole("link", { name: "Settings", exact: true }).last().click();
    await expect(page.getByText("5 retries")).toBeVisible();
    await expect(page.getByText("20 events a second")).toBeVisible();
  });

  const endpointId = page.url().match(/ep_[0-9a-f]+/)?.[0] ?? "";
  const publicKey = async () => {
    const answer = await session.get(`/api/v1/endpoints/${endpointId}`);
    const endpoint: { publicKey: string } = await answer.json();
    return endpoint.publicKey;
  };
  const old = await publicKey();

  await test.step("rotate: the new key is shown, and the old one signs beside it", async () => {
    await page.getByRole("button", { name: "Actions for Ledger" }).click();
    await page.getByRole("menuitem", { name: "Rotate token" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("each request carries both signatures");
    await dialog.getByRole("button", { name: "Rotate token" }).click();
    const shown = dialog.getByRole("region", { name: "new public key" });
    await expect(shown).toContainText("whpk_");
    expect(await shown.textContent()).toBe(await publicKey());
    expect(await publicKey()).not.toBe(old);
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText(/An older one also signs until/)).toBeVisible();
    await sendTest(endpointId);
    expect(sent().split(" ")).toHaveLength(2);
  });

  await test.step("change to JWT: both kinds sign for a time", async () => {
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await page.getByLabel("JWT", { exact: true }).check();
    await expect(page.getByText(/For 24 hours, each request carries both signatures/)).toBeVisible();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Ledger is saved")).toBeVisible();
    await page.goto(`${webhooks()}/${endpointId}?tab=settings`);
    await expect(page.getByText(`${app.posthorn.url}/.well-known/jwks.json`).first()).toBeVisible();
    await expect(page.getByText(/The Ed25519 signature used before also signs until/)).toHaveCount(2);
    await sendTest(endpointId);
    expect(
      sent()
        .split(" ")
        .map((part) => part.split(",")[0]?.slice(0, 3)),
    ).toEqual(["v1a", "v1a", "eyJ"]);
  });

  await test.step("the list shows where the public keys are", async () => {
    await page.goto(webhooks());
    await expect(page.getByRole("columnheader", { name: /Public key/i })).toBeVisible();
    await expect(page.getByText("/.well-known/jwks.json")).toBeVisible();
  });

  await context.close();
});

async function sendTest(endpointId: string): Promise<void> {
  const producer = await app.requestsOf(app.bootstrap.apiKey);
  const answer = await producer.post(`/api/v1/endpoints/${endpointId}/test`, {
    data: { type: "invoice.paid" },
  });
  expect(await answer.json()).toMatchObject({ attempt: { httpStatus: 200 } });
}

const languages = [
  { label: "Node.js", file: "receiver.mjs", needs: "node --version" },
  { label: "Python", file: "receiver.py", needs: "python3 -c 'import LIBRARY'" },
  { label: "Go", file: "receiver.go", needs: "go version" },
];
const kinds = [
  { signature: "ed25519", library: "cryptography" },
  { signature: "jwt", library: "jwt, cryptography" },
];

for (const { signature, library } of kinds) {
  for (const { label, file, needs } of languages) {
    test(`the ${signature} receiver in ${label}, as the page shows it, takes genuine requests and no forged ones`, async ({
      browser,
    }) => {
      test.setTimeout(180_000);
      const command = needs.replace("LIBRARY", library);
      test.skip(spawnSync("sh", ["-c", command]).status !== 0, `${command} fails here`);
      const session = await app.signIn();
      const url = `${app.receiver.origin}/snippets`;
      const add = async () => {
        const made = await session.post("/api/v1/endpoints", { data: { url, name: label, signature } });
        const { id }: { id: string } = await made.json();
        return id;
      };
      const [id, otherId] = [await add(), await add()];
      const page = await (await browser.newContext({ storageState: await session.storageState() })).newPage();
      await page.goto(`${webhooks()}/${id}?tab=settings`);
      await page.getByRole("tab", { name: label }).click();
      writeFileSync(path.join(dir, file), await textOf(page, `${label} receiver`));
      const start = await textOf(page, `command that starts the ${label} receiver`);
      await page.context().close();

      const port = await freePort();
      const program = await startReceiverProgram(start, { cwd: dir, port });
      try {
        await sendTest(otherId);
        const other = app.receiver.received.at(-1)?.headers ?? {};
        await sendTest(id);
        const { headers = {}, body = "" } = app.receiver.received.at(-1) ?? {};
        const post = async (changed: Record<string, string> = {}, text = body) => {
          const signed = Object.entries(headers).filter(([name]) => name.startsWith("webhook-"));
          const answer = await fetch(`http://127.0.0.1:${port}/`, {
            method: "POST",
            headers: { ...Object.fromEntries(signed), ...changed },
            body: text,
          });
          return answer.status;
        };
        const genuine = headers["webhook-signature"] ?? "";

        // The program reads the keys by its first request, and does not wait long for them.
        expect((await fetch(`${app.posthorn.url}/.well-known/jwks.json`)).status).toBe(200);
        expect(await post(), "what Posthorn sends is taken").toBe(204);
        await expect.poll(program.output).toContain("invoice.paid");
        for (const beside of [`v1,${"A".repeat(43)}=`, `v1a,${"A".repeat(86)}==`]) {
          expect(await post({ "webhook-signature": `${beside} ${genuine}` }), "beside another").toBe(204);
          expect(await post({ "webhook-signature": `${genuine} ${beside}` }), "before another").toBe(204);
          expect(await post({ "webhook-signature": beside }), "another alone").toBe(400);
        }

        const tampered = genuine.slice(0, -10) + (genuine.at(-10) === "A" ? "B" : "A") + genuine.slice(-9);
        const forged: Record<string, Record<string, string>> = {
          "the signature of another webhook": { "webhook-signature": other["webhook-signature"] ?? "" },
          "a signature of which a character differs": { "webhook-signature": tampered },
          "a signature cut short": { "webhook-signature": genuine.slice(0, -20) },
          "no signature": { "webhook-signature": "" },
          "another key": { "webhook-id": `${headers["webhook-id"]}1` },
          ...(signature === "jwt"
            ? { "a token that another key signed": { "webhook-signature": await forgedToken(genuine) } }
            : { "another time": { "webhook-timestamp": String(Number(headers["webhook-timestamp"]) - 1) } }),
        };
        for (const [what, changed] of Object.entries(forged))
          expect.soft(await post(changed), what).toBe(400);
        expect(await post({}, `${body} `), "a body with a byte more").toBe(400);
        expect(await post(), "and the genuine one is still taken").toBe(204);
      } finally {
        await program.stop();
      }
    });
  }
}

const textOf = async (page: Page, name: string) =>
  (await page.getByRole("region", { name, exact: true }).textContent()) ?? "";

/** The same claims under the same key id, signed by whoever made a key pair. */
async function forgedToken(genuine: string): Promise<string> {
  const [header = "", payload = ""] = genuine
    .split(".")
    .map((part) => Buffer.from(part, "base64url").toString());
  const { privateKey } = await generateKeyPair("RS256");
  return new SignJWT(JSON.parse(payload)).setProtectedHeader(JSON.parse(header)).sign(privateKey);
}

test("the pages of webhooks of each kind hold to the rules of all pages", async ({ browser }) => {
  const session = await app.signIn();
  const made = await session.post("/api/v1/endpoints", {
    data: { url: `${app.receiver.origin}/rules`, name: "Rules", signature: "ed25519" },
  });
  const { id }: { id: string } = await made.json();
  await session.post(`/api/v1/endpoints/${id}/secret/rotate`, { data: {} });
  const checker = await openPageChecker(browser, await session.storageState());
  await checker.check(`${webhooks()}/${id}?tab=settings`, (page) =>
    expect(page.getByText(/An older one also signs until/)).toBeVisible(),
  );
  await checker.check(`${webhooks()}/${id}/edit`, (page) =>
    expect(page.getByLabel("Ed25519", { exact: true })).toBeChecked(),
  );
  await checker.close();
});
