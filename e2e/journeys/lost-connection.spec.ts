import { expect } from "@playwright/test";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});

test.afterAll(() => app?.stop());

test("a page says that it is not connected, dims what it shows, and goes on by itself", async ({
  page,
  context,
}) => {
  const api = await app.requestsOf(app.bootstrap.apiKey);
  const data = { url: `${app.receiver.origin}/hook`, name: "Billing" };
  expect((await api.post("/api/v1/endpoints", { data })).status()).toBe(201);
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
  const publish = () => api.post("/api/v1/events", { data: { type: "invoice.paid", data: {} } });
  await publish();

  await page.goto(`${app.posthorn.url}/main/developers/events`);
  const rows = page.getByRole("button", { name: "invoice.paid" });
  await expect(rows).toHaveCount(1);
  const notice = page.getByText(/^Not connected since \d\d:\d\d, trying again$/);
  await expect(notice).toHaveCount(0);

  await context.setOffline(true);
  await expect(notice).toBeVisible();
  await expect(rows).toHaveCount(1);
  await expect(page.locator("tbody").last()).toHaveCSS("opacity", "0.55");
  await publish();

  await context.setOffline(false);
  await expect(notice).toHaveCount(0);
  await expect(page.locator("tbody").last()).toHaveCSS("opacity", "1");
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible();
});

test("a view that is opened while the server is away shows what it was asked for when that is back", async ({
  page,
  context,
}) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
  await page.goto(`${app.posthorn.url}/main/developers/events`);
  const rows = page.getByRole("button", { name: "invoice.paid" });
  await expect(rows.first()).toBeVisible();
  await page.route("**/api/v1/deliveries?**", (route) => route.abort());
  await page.getByRole("button", { name: "Status" }).click();
  await page.getByRole("checkbox", { name: "Succeeded" }).check();
  await page.keyboard.press("Escape");
  await expect(page.getByText("The event log could not be loaded")).toBeVisible();
  await expect(rows).toHaveCount(0);
  await page.unroute("**/api/v1/deliveries?**");
  await expect(rows.first()).toBeVisible();
});

test("the log is there if the code of its histogram can't be fetched, and says so", async ({
  page,
  context,
}) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes("Arrow keys move by one bar")) await route.abort();
    else await route.fulfill({ response });
  });
  await page.goto(`${app.posthorn.url}/main/developers/events`);
  await expect(page.getByText("The histogram could not be loaded.")).toBeVisible();
  await expect(page.getByRole("button", { name: "invoice.paid" }).first()).toBeVisible();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Reload the page" }).click();
  await expect(page.getByRole("slider", { name: "Time" })).toBeVisible();
});
