import { expect } from "@playwright/test";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});
test.afterAll(() => app?.stop());

test("an owner finds who changed a webhook, sees what was before, and saves the rows", async ({
  browser,
}) => {
  const session = await app.signIn();
  const webhook: EndpointOutput = await (
    await session.post("/api/v1/endpoints", {
      data: { url: `${app.receiver.origin}/hooks`, name: "Billing" },
      headers: { "x-workspace": "main", origin: app.posthorn.url },
    })
  ).json();
  await session.patch(`/api/v1/endpoints/${webhook.id}`, {
    data: { name: "Invoices" },
    headers: { "x-workspace": "main", origin: app.posthorn.url },
  });
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/main/settings/audit-log`);
  const rows = page.getByRole("list", { name: "Changes, newest first" }).getByRole("listitem");
  await expect(rows.first()).toContainText("changed the webhook Invoices");
  await rows.first().locator("summary").click();
  await expect(rows.first()).toContainText("Billing → became Invoices");
  await expectAccessible(page);

  await page.getByRole("searchbox", { name: "Search the audit log" }).fill("nothing like it");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "added the webhook" }).click();
  await expect(page).toHaveURL(/action=endpoint\.create/);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("added the webhook Billing");

  // Pasted into the palette, an entry's id leads to it alone.
  const found = await session.get("/api/v1/audit-log?action=endpoint.update", {
    headers: { "x-workspace": "main" },
  });
  const { data } = await found.json();
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await expect(palette).toBeVisible();
  await page.keyboard.insertText(data[0].id);
  await palette.getByRole("option", { name: "endpoint.update Invoices" }).click();
  await expect(page).toHaveURL(new RegExp(`id=${data[0].id}`));
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Billing → became Invoices");
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(rows.nth(1)).toBeVisible();

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^main-audit-log-.*\.csv$/);
});

test("an operator finds in the audit log of the instance who changed it and its accounts", async ({
  browser,
}) => {
  const session = await app.signIn();
  const changed = await session.patch("/api/instance/overview", { data: { workspaceCreators: "everybody" } });
  expect(changed.status()).toBe(200);
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/instance`);
  await page.getByRole("link", { name: "Audit log" }).click();
  const rows = page.getByRole("list", { name: "Changes, newest first" }).getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText("POSTHORN_BOOTSTRAP created the account owner");
  await expect(rows.first()).toContainText("changed the settings of the instance");
  await rows.first().locator("summary").click();
  await expect(rows.first()).toContainText("operators → became everybody");
  await expectAccessible(page);

  await page.getByRole("combobox", { name: "Action" }).click();
  await page.getByRole("option", { name: "created the account" }).click();
  await expect(page).toHaveURL(/action=user\.create/);
  await expect(rows).toHaveCount(1);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export NDJSON" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^instance-audit-log-.*\.ndjson$/);
});
