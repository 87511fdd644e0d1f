import { type BrowserContext, expect, type Page } from "@playwright/test";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await startApi();
  const api = await app.signIn();
  context = await browser.newContext({ baseURL: app.posthorn.url, storageState: await api.storageState() });
  page = await context.newPage();
  // A question of the browser's before the page is left would hold up whoever has to sign in again.
  page.on("dialog", (dialog) => {
    throw new Error(`the browser asked: ${dialog.type()}`);
  });
});

test.afterAll(async () => {
  await context?.close();
  await app?.stop();
});

/** Ends the session behind the page's back; `act` is what finds out. */
async function loseSession(
  act: () => Promise<void>,
  account: { email: string; password: string } = app.bootstrap,
): Promise<void> {
  const address = page.url();
  await context.clearCookies();
  await act();
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(address);
}

const notice = () => page.getByText("Your unsaved changes were restored.");
const url = () => page.getByLabel("URL", { exact: true });
const addWebhook = () => page.getByRole("button", { name: "Add webhook" }).click();
const stored = () => page.evaluate(() => JSON.stringify({ ...window.sessionStorage }));

test("what was entered for a webhook is there again after signing in, but for secrets", async () => {
  const secret = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;
  await page.goto("/main/developers/webhooks/new");
  await page.waitForLoadState("networkidle");
  await url().fill("http://localhost:9/hard-to-type");
  await page.getByLabel("Description").fill("half an hour's work");
  await page.getByText("Advanced").click();
  await page.getByRole("button", { name: "Add header" }).click();
  await page.getByLabel("Name of header 1").fill("X-Api-Key");
  await page.getByLabel("Value of header 1").fill("s3cret-value");
  await page.getByLabel("Existing signature token").fill(secret);
  await loseSession(addWebhook);

  await expect(notice()).toContainText("Secrets and header values are not kept: enter them again.");
  await expect(url()).toHaveValue("http://localhost:9/hard-to-type");
  await expect(page.getByLabel("Description")).toHaveValue("half an hour's work");
  await expect(page.getByLabel("Name of header 1")).toHaveValue("X-Api-Key");
  await expect(page.getByLabel("Value of header 1")).toHaveValue("");
  await expect(page.getByLabel("Existing signature token")).toHaveValue("");
  for (const one of ["s3cret-value", secret]) expect(await stored()).not.toContain(one);

  // What is there again is saved as if it had just been typed, and then no longer kept.
  await page.getByLabel("Value of header 1").fill("s3cret-value");
  await addWebhook();
  await expect(page.getByRole("region", { name: "Next steps" })).toBeVisible();
  await page.goto("/main/developers/webhooks/new");
  await page.waitForLoadState("networkidle");
  await expect(url()).toHaveValue("");
  await expect(notice()).toHaveCount(0);
});

test("it can be discarded, and is gone for good", async () => {
  await url().fill("http://localhost:9/other");
  await loseSession(addWebhook);
  await expect(url()).toHaveValue("http://localhost:9/other");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(url()).toHaveValue("");
  await expect(notice()).toHaveCount(0);
  expect(await stored()).not.toContain("localhost:9");
});

test("nobody else who signs in finds it", async () => {
  const other = await app.makePerson("owner", ["main"]);
  await url().fill("http://localhost:9/mine");
  await loseSession(addWebhook, other);
  await page.waitForLoadState("networkidle");
  await expect(url()).toHaveValue("");
  expect(await stored()).not.toContain("localhost:9");
  await loseSession(async () => {
    await url().fill("http://localhost:9/theirs");
    await addWebhook();
  });
  await page.waitForLoadState("networkidle");
  await expect(url()).toHaveValue("");
});

test("an edit keeps what was changed, and nothing of what was not", async () => {
  const { data }: { data: { id: string }[] } = await (
    await (await app.signIn()).get("/api/v1/endpoints")
  ).json();
  const id = data[0]?.id ?? "";
  await page.goto(`/main/developers/webhooks/${id}/edit`);
  await page.getByLabel("Name").fill("Renamed");
  await loseSession(() => page.getByRole("button", { name: "Save changes" }).click());
  await expect(notice()).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Renamed");
  await expect(page.getByLabel("Description")).toHaveValue("half an hour's work");
  expect(await stored()).not.toContain("half an hour");
  // Left on purpose, it is lost on purpose.
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(new RegExp(`/webhooks/${id}$`));
  expect(await stored()).not.toContain("Renamed");
});

test("an edit filled in again does not overwrite what somebody else saved meanwhile", async () => {
  const client = await app.signIn();
  const { data }: { data: { id: string }[] } = await (await client.get("/api/v1/endpoints")).json();
  const id = data[0]?.id ?? "";
  /** Enters a name, and loses it as it is saved, after somebody else saved something. */
  const editWhile = async (name: string, othersSave: object) => {
    await page.goto(`/main/developers/webhooks/${id}/edit`);
    await page.getByLabel("Name").fill(name);
    await loseSession(async () => {
      await client.patch(`/api/v1/endpoints/${id}`, { data: othersSave });
      await save.click();
    });
    await expect(page.getByLabel("Name")).toHaveValue(name);
  };
  const save = page.getByRole("button", { name: "Save changes" });
  const dialog = page.getByRole("dialog");

  await editWhile("Mine", { name: "Theirs" });
  await save.click();
  await expect(dialog).toContainText("The webhook has changed");
  await expect(dialog.getByRole("radio", { name: "Theirs" })).toBeVisible();
  await dialog.getByRole("radio", { name: "Yours" }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Mine" })).toBeVisible();

  // Of another field there is nothing to ask.
  await editWhile("Mine again", { description: "Theirs" });
  await expect(page.getByLabel("Description")).toHaveValue("Theirs");
  await save.click();
  await expect(page.getByRole("heading", { name: "Mine again" })).toBeVisible();
});

test("the data of a test event, a new key and the settings are kept, too", async () => {
  await page.getByRole("button", { name: "Send test event" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Data" }).fill('{ "mine": 1 }');
  await loseSession(() => dialog.getByRole("button", { name: "Send test event" }).click());
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(dialog.getByRole("textbox", { name: "Data" })).toHaveValue('{ "mine": 1 }');
  await expect(notice()).toBeVisible();

  await page.goto("/main/developers/api-keys");
  await page.getByRole("button", { name: "Create API key" }).click();
  await dialog.getByLabel("Name").fill("Nightly export");
  await loseSession(() => dialog.getByRole("button", { name: "Create key" }).click());
  await page.getByRole("button", { name: "Create API key" }).click();
  await expect(dialog.getByLabel("Name")).toHaveValue("Nightly export");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Create API key" }).click();
  await expect(dialog.getByLabel("Name")).toHaveValue("");

  await page.goto("/main/settings/general");
  await page.getByLabel("Name").fill("Acme hooks");
  await loseSession(() => page.getByRole("button", { name: "Save changes" }).click());
  await expect(page.getByLabel("Name")).toHaveValue("Acme hooks");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(notice()).toHaveCount(0);
  expect(await stored()).not.toContain("Acme hooks");
});
