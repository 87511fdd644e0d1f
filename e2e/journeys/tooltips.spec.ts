import { expect } from "@playwright/test";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let webhook: EndpointOutput;

test.beforeAll(async () => {
  app = await startApi();
  const api = await app.signIn();
  webhook = await (
    await api.post("/api/v1/endpoints", { data: { url: `${app.receiver.origin}/hook` } })
  ).json();
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context, page }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${app.posthorn.url}/main/developers/webhooks/${webhook.id}`);
  await page.waitForLoadState("networkidle");
});

test("a tooltip comes when its button is pointed at, says that it was copied, and can be pointed at itself", async ({
  page,
}) => {
  const button = page.getByRole("button", { name: "Copy the URL" });
  const tooltip = page.getByRole("tooltip");
  await button.hover();
  await expect(tooltip).toHaveText("Copy the URL");
  await button.click();
  await expect(tooltip).toHaveText("Copied");
  await tooltip.hover();
  await expect(tooltip).toBeVisible();
  await page.mouse.move(0, 0, { steps: 5 });
  await expect(tooltip).toHaveCount(0);
});

test("a tooltip comes with the keyboard's focus, describes what has it, and goes on Escape", async ({
  page,
}) => {
  const button = page.getByRole("button", { name: "Copy the URL" });
  const tooltip = page.getByRole("tooltip");
  await page.keyboard.press("Tab");
  await button.focus();
  await expect(tooltip).toHaveText("Copy the URL");
  await expect(button).toHaveAccessibleDescription("Copy the URL");
  await expect(button).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(tooltip).toHaveCount(0);
  await expect(button).toBeFocused();
});
