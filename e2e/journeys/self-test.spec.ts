import { expect } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});
test.afterAll(() => app?.stop());

test("an operator runs a self-test, follows it, and reads that nothing was lost", async ({ browser }) => {
  test.setTimeout(300_000);
  const session = await app.signIn();
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/instance/self-test`);
  await expect(page.getByText("No self-test yet")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Run self-test" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("sent twice, and none is lost");
  await dialog.getByRole("button", { name: "Run self-test" }).click();
  await expect(page.getByRole("heading", { name: "Running…" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Run self-test" })).toBeDisabled();
  await expectAccessible(page);

  await expect(page.getByText("Nothing was lost")).toBeVisible({ timeout: 240_000 });
  await expect(page.getByText("Thread killed 3 times")).toBeVisible();
  await expect(page.getByText(/are free, enough for/)).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${app.posthorn.url}/instance/workspaces`);
  const workspaces = page.getByRole("list", { name: "Workspaces" });
  await expect(workspaces).toContainText("Main");
  await expect(workspaces).not.toContainText("Self-test");
});

test("one that runs is canceled, and says so", async ({ browser }) => {
  const session = await app.signIn();
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/instance/self-test`);
  await page.getByRole("button", { name: "Run self-test" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Run self-test" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Canceled")).toBeVisible({ timeout: 60_000 });
});
