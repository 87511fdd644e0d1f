import { type Browser, expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { type SeededWebhooks, seedWorkspace } from "../support/seed-workspace";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let webhooks: SeededWebhooks;
let storageState: Awaited<ReturnType<Awaited<ReturnType<ApiUnderTest["signIn"]>>["storageState"]>>;

test.beforeAll(async () => {
  app = await startApi();
  const api = await app.signIn();
  storageState = await api.storageState();
  webhooks = await seedWorkspace(api, app.receiver, { events: 60 });
  const succeeded = async () =>
    (await (await api.get("/api/v1/deliveries/histogram")).json()).total.succeeded as number;
  await expect.poll(succeeded, { timeout: 60_000 }).toBeGreaterThan(50);
});
test.afterAll(() => app?.stop());

async function open(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ storageState });
  const page = await context.newPage();
  await page.goto(app.posthorn.url + path);
  return page;
}
const bars = (page: Page) => page.getByRole("slider", { name: "Time", exact: true });
const params = (page: Page) => new URL(page.url()).searchParams;

test("dragging over the bars shows their time in the log; back shows all again", async ({ browser }) => {
  const page = await open(browser, "/main/developers/events");
  await expect(bars(page)).toBeVisible();
  const rows = page.getByRole("table", { name: "Event log" }).getByRole("button");
  await expect(rows.first()).toBeVisible();
  const box = await bars(page).boundingBox();
  if (!box) throw new Error("there are no bars");
  const succeeded = await bars(page).locator("[data-outcome=succeeded]").last().boundingBox();
  expect(succeeded?.width).toBeGreaterThan(5);
  expect(succeeded?.height).toBeGreaterThan(5);

  await test.step("the last bars, which have all events", async () => {
    await page.mouse.move(box.x + box.width * 0.9, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + 30, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => params(page).has("from") && params(page).has("to")).toBe(true);
    const [from, to] = [params(page).get("from") ?? "", params(page).get("to") ?? ""];
    expect(Date.parse(to)).toBeGreaterThan(Date.now() - 1_000);
    expect(Date.parse(to) - Date.parse(from)).toBeLessThan(4 * 3_600_000);
    await expect(rows.first()).toBeVisible();
  });

  await test.step("the first bars, which have none", async () => {
    await page.goBack();
    await expect.poll(() => params(page).has("from")).toBe(false);
    await expect(rows.first()).toBeVisible();
    await page.mouse.move(box.x + 2, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.3, box.y + 30, { steps: 4 });
    await page.mouse.up();
    await expect(page.getByText("No events match")).toBeVisible();
    await page.goBack();
    await expect(rows.first()).toBeVisible();
  });
  await page.context().close();
});

test("presets and exact times are in the address, and a link shows the same", async ({ browser }) => {
  const page = await open(browser, `/main/developers/webhooks/${webhooks.crm.id}`);
  await page.getByRole("button", { name: "Last 15 minutes" }).click();
  await expect.poll(() => params(page).get("range")).toBe("15m");
  await page.reload();
  const pressed = page.getByRole("button", { name: "Last 15 minutes", pressed: true });
  await expect(pressed).toBeVisible();
  await expect(page.getByRole("table", { name: "Event log" })).toBeVisible();
  await pressed.click();
  await expect.poll(() => params(page).has("range")).toBe(false);

  await page.getByRole("button", { name: "Exact times" }).click();
  await page.getByLabel("From").fill("2026-01-01T10:00:00");
  await page.getByLabel("To", { exact: true }).fill("2026-01-01T11:00:00");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect
    .poll(() => Date.parse(params(page).get("to") ?? "") - Date.parse(params(page).get("from") ?? ""))
    .toBe(3_600_000);
  await expect(page.getByText("No events match")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect.poll(() => params(page).has("from")).toBe(false);
  await page.context().close();
});

test("by keyboard alone: the last bar's events, without a violation", async ({ browser }) => {
  const page = await open(browser, "/main/developers/events");
  await bars(page).focus();
  await page.keyboard.press("End");
  await expect(bars(page)).toHaveAttribute("aria-valuetext", /events?: .*succeeded/);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect.poll(() => params(page).has("from")).toBe(true);
  await page.context().close();
});

test("a bar in the list of webhooks opens the log at its hour", async ({ browser }) => {
  const page = await open(browser, "/main/developers/webhooks");
  const button = page.getByRole("button", { name: /events delivered in 24 hours\. Open the log/ }).first();
  const box = await button.boundingBox();
  if (!box) throw new Error("there are no bars");
  await button.click({ position: { x: box.width - 2, y: box.height / 2 } });
  await expect
    .poll(() => Date.parse(params(page).get("to") ?? "") - Date.parse(params(page).get("from") ?? ""))
    .toBe(3_600_000);
  await expect(page.getByRole("table", { name: "Event log" })).toBeVisible();
  await page.context().close();
});

test("nothing moves as the bars come", async ({ browser }) => {
  const page = await open(browser, "/main/developers/events");
  await expect(bars(page)).toBeVisible();
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) =>
          resolve(
            list.getEntries().reduce((sum, entry) => sum + ("value" in entry ? Number(entry.value) : 0), 0),
          ),
        ).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(0), 1_000);
      }),
  );
  expect(shift).toBeLessThan(0.01);
  await page.context().close();
});
