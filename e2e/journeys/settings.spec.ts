import { type BrowserContext, expect } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let context: BrowserContext;

test.beforeAll(async ({ browser }) => {
  app = await startApi();
  const api = await app.signIn();
  context = await browser.newContext({ baseURL: app.posthorn.url, storageState: await api.storageState() });
});

test.afterAll(async () => {
  await context?.close();
  await app?.stop();
});

test("an owner changes the settings, sees what is wrong in place, and that they are saved", async () => {
  const page = await context.newPage();
  await page.goto("/main/developers/webhooks");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "General" })).toBeVisible();
  const save = page.getByRole("button", { name: "Save changes" });
  await expect(save).toBeDisabled();

  await page.getByLabel("Name").fill("");
  await page.getByLabel("Custom", { exact: true }).check();
  await page.getByRole("spinbutton", { name: "Number of retries" }).fill("21");
  await save.click();
  await expect(page.getByText("Must not be empty")).toBeVisible();
  await expect(page.getByText("must be a whole number from 0 to 20")).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Name").fill("Acme hooks");
  await page.getByRole("spinbutton", { name: "Number of retries" }).fill("4");
  await page.getByLabel("Only after a 5xx or no response").check();
  await page.getByLabel("Refuse unknown event types").check();
  await save.click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(page.getByRole("complementary").getByText("Acme hooks")).toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Acme hooks");
  await expect(page.getByRole("spinbutton", { name: "Number of retries" })).toHaveValue("4");
  await expect(page.getByLabel("Only after a 5xx or no response")).toBeChecked();
  await expect(page.getByLabel("Refuse unknown event types")).toBeChecked();
  await expect(page.getByLabel("Refuse data that does not match its type's JSON Schema")).not.toBeChecked();

  await page.getByLabel("Until delivered").check();
  await page.getByRole("link", { name: "Developers" }).click();
  await expect(page.getByText("Leave without saving?")).toBeVisible();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await page.getByRole("button", { name: "Undo changes" }).click();
  await expect(page.getByRole("spinbutton", { name: "Number of retries" })).toHaveValue("4");
  await page.close();
});

test("a developer reads the settings and cannot change them", async () => {
  await app.database.sql`update memberships set role = 'member'`;
  const page = await context.newPage();
  await page.goto("/main/settings");
  await expect(page.getByText("Only an owner of this workspace can change its settings.")).toBeVisible();
  await expect(page.getByLabel("Name")).toBeDisabled();
  await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);
  await expectAccessible(page);
  await page.close();
  await app.database.sql`update memberships set role = 'owner'`;
});
