import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { expectFits } from "../support/expect-fits";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});
test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

const menuButton = (page: Page, name = "Views") => page.getByRole("button", { name, exact: true });
const choose = (page: Page, name: string) => page.getByRole("menuitem", { name }).click();

test("filters are saved as a view, opened, changed, renamed and deleted; the address says which is open", async ({
  page,
}) => {
  const log = `${app.posthorn.url}/main/developers/events`;
  await page.goto(`${log}?status=failed`);
  await menuButton(page).click();
  await expect(page.getByText("No saved views yet. Choose filters, then save them here.")).toBeVisible();
  await choose(page, "Save as a new view…");
  const dialog = page.getByRole("dialog", { name: "Save as a new view" });
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(dialog.getByText("must not be empty")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Name" }).fill("Failures");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\?status=failed&saved=svw_[0-9a-f]{32}$/);
  await expect(menuButton(page, "View: Failures")).toBeVisible();

  await page.getByRole("button", { name: "Status: Failed" }).click();
  await page.getByRole("checkbox", { name: "Held" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(page).toHaveURL(log);

  await menuButton(page).click();
  await choose(page, "Failures");
  await expect(page).toHaveURL(/status=failed(,|%2C)held&saved=svw_/);
  await expect(page.getByRole("button", { name: "Status: 2" })).toBeVisible();

  await menuButton(page, "View: Failures").click();
  await choose(page, "Rename…");
  await page.getByRole("textbox", { name: "Name" }).fill("Failed or held");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(menuButton(page, "View: Failed or held")).toBeVisible();

  // From the other log, by the palette.
  await page.goto(`${log}?view=published`);
  await expect(menuButton(page)).toBeVisible();
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await page.keyboard.press("ControlOrMeta+k");
  await palette.getByRole("combobox").fill("failed or");
  await page.getByRole("option", { name: "Failed or held" }).click();
  await expect(menuButton(page, "View: Failed or held")).toBeVisible();

  await page.setViewportSize({ width: 390, height: 800 });
  await menuButton(page, "View: Failed or held").click();
  await expectFits(page);
  await choose(page, "Delete…");
  await page.getByRole("button", { name: "Delete view" }).click();
  await expect(menuButton(page)).toBeVisible();
  await expect(page).toHaveURL(/\?status=failed(,|%2C)held$/);
});

test("a view of published events is opened from the deliveries, and nobody else has it", async ({
  page,
  browser,
}) => {
  const log = `${app.posthorn.url}/main/developers/events`;
  await page.goto(`${log}?view=published&q=order-1`);
  await menuButton(page).click();
  await choose(page, "Save as a new view…");
  await page.getByRole("textbox", { name: "Name" }).fill("Order 1");
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(menuButton(page, "View: Order 1")).toBeVisible();
  const opened = page.url();

  await page.goto(log);
  await menuButton(page).click();
  await choose(page, "Order 1");
  await expect(page).toHaveURL(opened);
  await expect(page.getByRole("searchbox")).toHaveValue("order-1");

  const account = await app.makePerson("viewer", ["main"]);
  const context = await browser.newContext({
    storageState: await (await app.signIn(account)).storageState(),
  });
  const theirs = await context.newPage();
  await theirs.goto(opened);
  await expect(theirs.getByRole("searchbox")).toHaveValue("order-1");
  await menuButton(theirs).click();
  await expect(theirs.getByText("No saved views yet.")).toBeVisible();
  await context.close();
});
