import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { expectFits } from "../support/expect-fits";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let api: APIRequestContext;
let billing: string;

test.beforeAll(async () => {
  app = await startApi();
  api = await app.requestsOf(app.bootstrap.apiKey);
  const data = { url: `${app.receiver.origin}/billing`, name: "Billing", eventTypes: ["invoice.paid"] };
  billing = (await (await api.post("/api/v1/endpoints", { data })).json()).id;
  const event = { type: "invoice.paid", data: {}, idempotencyKey: "order-4711" };
  await api.post("/api/v1/events", { data: event });
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

const palette = (page: Page) => page.getByRole("dialog", { name: "Search and commands" });

async function openByKeys(page: Page, path = "webhooks"): Promise<void> {
  await page.goto(`${app.posthorn.url}/main/developers/${path}`);
  await pressUntilShown(page, "ControlOrMeta+k", palette(page));
}

/** A key that comes before the page's scripts is lost, so it is pressed until it is heard. */
async function pressUntilShown(page: Page, key: string, shown: Locator): Promise<void> {
  await expect(async () => {
    if (!(await shown.isVisible())) await page.keyboard.press(key);
    await expect(shown).toBeVisible({ timeout: 5_000 });
  }).toPass();
}

test("pages, webhooks and actions are reached by the keyboard alone", async ({ page }) => {
  await openByKeys(page);
  await expectAccessible(page);
  await page.keyboard.type("overv");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("publ");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/events\?view=published$/);
  await expect(palette(page)).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("billing");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`webhooks/${billing}$`));

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("send test");
  await page.keyboard.press("Enter");
  await expect(palette(page).getByPlaceholder("Send a test event to…")).toBeFocused();
  // Escape leads back to all commands, and then out.
  await page.keyboard.press("Escape");
  await expect(palette(page).getByPlaceholder("Search, or paste an id or key")).toBeFocused();
  await page.keyboard.type("send test");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Send test event" });
  await dialog.getByRole("button", { name: "Send test event" }).click();
  await expect(dialog.getByText(/200/).first()).toBeVisible();
  expect(app.receiver.received.at(-1)?.headers["posthorn-test"]).toBe("1");
});

test("a pasted id or key leads to its page, and no request has an API key in its address", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  const session = await app.signIn();
  const [key] = (await (await session.get("/api/v1/api-keys")).json()).data;
  const [member] = (await (await session.get("/api/v1/members")).json()).data;
  const [delivery] = (await (await api.get("/api/v1/deliveries?limit=1")).json()).data;
  await expect
    .poll(async () => (await (await api.get(`/api/v1/deliveries/${delivery.id}`)).json()).attemptLog.length)
    .toBe(1);
  const detail = await (await api.get(`/api/v1/deliveries/${delivery.id}`)).json();
  const job = await (
    await api.post("/api/v1/replays", { data: { filter: { type: ["invoice.paid"] } } })
  ).json();
  const places: [text: string, url: RegExp][] = [
    [delivery.eventId, new RegExp(`view=published&event=${delivery.eventId}$`)],
    [delivery.id, new RegExp(`events\\?delivery=${delivery.id}$`)],
    [detail.attemptLog[0].id, new RegExp(`events\\?delivery=${delivery.id}$`)],
    [billing, new RegExp(`webhooks/${billing}$`)],
    ["order-4711", new RegExp(`view=published&event=${delivery.eventId}$`)],
    [job.id, new RegExp(`developers/jobs\\?job=${job.id}$`)],
    [key.id, /developers\/api-keys$/],
    [app.bootstrap.apiKey, /developers\/api-keys$/],
    [member.id, /settings\/members$/],
  ];
  for (const [text, url] of places) {
    await openByKeys(page, "jobs");
    await page.keyboard.insertText(text);
    await expect(palette(page).getByRole("group", { name: "Found" }).getByRole("option")).toHaveCount(1);
    await palette(page).getByRole("group", { name: "Found" }).getByRole("option").click();
    await expect(page).toHaveURL(url);
  }
  expect(addresses.filter((address) => address.includes(app.bootstrap.apiKey))).toEqual([]);

  await page.goto(`${app.posthorn.url}/main/developers/jobs?job=${job.id}`);
  await expect(page.getByText("Started by")).toBeVisible();
  await openByKeys(page, "api-keys");
  await page.keyboard.insertText(`evt_${"0".repeat(32)}`);
  await expect(palette(page).getByText("Nothing matches")).toBeVisible();
});

test("a webhook is disabled and enabled from it", async ({ page }) => {
  const statusOf = async () => (await (await api.get(`/api/v1/endpoints/${billing}`)).json()).status;
  await openByKeys(page);
  await expect(palette(page).getByRole("option", { name: "Enable webhook…" })).toHaveCount(0);
  await palette(page).getByRole("option", { name: "Disable webhook…" }).click();
  await palette(page)
    .getByRole("option", { name: /Billing/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable webhook" }).click();
  await expect.poll(statusOf).toBe("disabled");
  await openByKeys(page);
  await palette(page).getByRole("option", { name: "Enable webhook…" }).click();
  await palette(page)
    .getByRole("option", { name: /Billing/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Enable webhook" }).click();
  await expect.poll(statusOf).toBe("enabled");
});

test("a viewer is not offered what the role may not do", async ({ browser }) => {
  const session = await app.signIn(await app.makePerson("viewer", ["main"]));
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  await openByKeys(page);
  await expect(palette(page).getByRole("option", { name: /Billing/ })).toBeVisible();
  for (const name of ["Add a webhook", "Send test event…", "Disable webhook…", "Emails"]) {
    await expect(palette(page).getByRole("option", { name, exact: true })).toHaveCount(0);
  }
  await expect(palette(page).getByRole("option", { name: "Sign out" })).toBeVisible();
  await context.close();
});

test("on a phone a button opens it, and the shortcuts list it", async ({ page }) => {
  await page.goto(`${app.posthorn.url}/main/developers/webhooks`);
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await pressUntilShown(page, "?", help);
  await expect(help.getByText("Search, go to a page, or run a command")).toBeVisible();
  await expect(help.getByText(/⌘K|Ctrl K/)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${app.posthorn.url}/main/developers/webhooks`);
  await page.getByRole("button", { name: "Search" }).click();
  await expect(palette(page).getByPlaceholder("Search, or paste an id or key")).toBeFocused();
  await expectFits(page);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
});
