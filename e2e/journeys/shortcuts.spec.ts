import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { type SeededWebhooks, seedWorkspace } from "../support/seed-workspace";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let webhooks: SeededWebhooks;

test.beforeAll(async () => {
  app = await startApi();
  webhooks = await seedWorkspace(await app.signIn(), app.receiver, { events: 10 });
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

const visit = (page: Page, path: string) => page.goto(`${app.posthorn.url}/main/developers/${path}`);
const helpOf = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });

test("? lists the shortcuts on every page, and Escape closes the list", async ({ page }) => {
  const { id } = webhooks.crm;
  for (const path of [
    "webhooks",
    "webhooks/new",
    `webhooks/${id}`,
    `webhooks/${id}?tab=settings`,
    `webhooks/${id}/edit`,
    "events",
    "api-keys",
  ]) {
    await test.step(path, async () => {
      await visit(page, path);
      await page.waitForLoadState("networkidle");
      await page.evaluate(
        () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
      );
      await page.keyboard.press("?");
      for (const key of ["/", "J", "K", "Enter", "R", "Esc", "?"]) {
        await expect(helpOf(page).getByRole("definition").getByText(key, { exact: true })).toBeVisible();
      }
      await page.keyboard.press("Escape");
      await expect(helpOf(page)).toHaveCount(0);
    });
  }
});

test("the account's menu opens the list, and gets the focus back", async ({ page }) => {
  await visit(page, "webhooks");
  const account = page.getByRole("button", { name: /^Account: / });
  await account.click();
  await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
  await expect(helpOf(page)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(helpOf(page)).toHaveCount(0);
  await expect(account).toBeFocused();
});

test("on a phone, the menu's list opens over the menu", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, "webhooks");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: /^Account: / }).click();
  await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
  await expect(helpOf(page)).toBeVisible();
  await helpOf(page).getByRole("button", { name: "Close" }).click();
  await expect(helpOf(page)).toHaveCount(0);
});

test("a ? that is typed into a field is typed, and nothing else", async ({ page }) => {
  await visit(page, "events");
  const search = page.getByRole("searchbox");
  await page.getByRole("table", { name: "Event log" }).waitFor();
  // The table is there before the page takes keys.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(search).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type("what?");
  await expect(search).toHaveValue("what?");
  await expect(helpOf(page)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(search).not.toBeFocused();
  await page.keyboard.press("?");
  await expect(helpOf(page)).toBeVisible();
});

test("while the list is open, the keys of the log rest, and Escape leaves the sheet open", async ({
  page,
}) => {
  await visit(page, "events");
  await page.getByRole("table", { name: "Event log" }).getByRole("button").first().click();
  const sheet = page.getByRole("region", { name: "Event", exact: true });
  await expect(sheet.getByRole("heading", { name: "Payload" })).toBeVisible();
  const address = page.url();
  await page.keyboard.press("?");
  await expect(helpOf(page)).toBeVisible();
  for (const key of ["j", "k", "r", "/", "?"]) await page.keyboard.press(key);
  await page.keyboard.press("Escape");
  await expect(helpOf(page)).toHaveCount(0);
  await expect(sheet).toBeVisible();
  expect(page.url()).toBe(address);
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
});

test("the list is fetched when it is first shown", async ({ page }) => {
  const scripts: string[] = [];
  page.on("response", async (response) => {
    if (response.request().resourceType() === "script") scripts.push(await response.text().catch(() => ""));
  });
  const listed = () => scripts.some((script) => script.includes("Open the focused event"));
  await visit(page, "webhooks");
  await page.waitForLoadState("networkidle");
  expect(listed()).toBe(false);
  await page.keyboard.press("?");
  await expect(helpOf(page)).toBeVisible();
  await expect.poll(listed).toBe(true);
});
