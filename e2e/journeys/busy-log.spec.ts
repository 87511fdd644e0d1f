import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let api: APIRequestContext;
/** Id of the webhook that fails for leads alone. */
let failing: string;

test.beforeAll(async () => {
  app = await startApi();
  api = await app.requestsOf(app.bootstrap.apiKey);
  app.receiver.reply(({ path, type }) => {
    const fails = path === "/4" || (path === "/1" && type === "lead.created");
    return { status: fails ? 500 : 200 };
  });
  for (const number of [1, 2, 3, 4]) {
    const data = { url: `${app.receiver.origin}/${number}`, name: `Webhook ${number}` };
    const added = await api.post("/api/v1/endpoints", { data });
    expect(added.status()).toBe(201);
    if (number === 1) failing = (await added.json()).id;
  }
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

/** Publishes events, each of which goes to four webhooks. */
async function publish(type: string, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => ({ type, data: { index } }));
  expect((await api.post("/api/v1/events/batch", { data: { events } })).status()).toBe(202);
}

const rowsOf = (page: Page, type: string) =>
  page.getByRole("table", { name: "Event log" }).getByRole("button", { name: type });
const newRows = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

test("what is being read stays, however much is new, on all pages and with the sheet open", async ({
  page,
}) => {
  await publish("invoice.paid", 20);
  await page.goto(`${app.posthorn.url}/main/developers/events`);
  await expect(rowsOf(page, "invoice.paid")).toHaveCount(50);
  await page.keyboard.press("End");
  await expect(rowsOf(page, "invoice.paid")).toHaveCount(80);
  await rowsOf(page, "invoice.paid").first().click();
  const sheet = page.getByRole("region", { name: "Event", exact: true });
  await expect(sheet.getByRole("heading", { name: /invoice\.paid/ }).first()).toBeVisible();

  await publish("customer.created", 3);
  await expect(newRows(page, "12 new")).toBeVisible();
  await expect(rowsOf(page, "invoice.paid")).toHaveCount(80);
  await publish("customer.created", 40);
  await expect(newRows(page, "50+ new")).toBeVisible();
  await expect(rowsOf(page, "invoice.paid")).toHaveCount(80);
  await expect(rowsOf(page, "customer.created")).toHaveCount(0);
  await expect(sheet).toBeVisible();

  await newRows(page, "50+ new").click();
  await expect(rowsOf(page, "customer.created")).toHaveCount(100);
  await expect(newRows(page, / new$/)).toHaveCount(0);
  await expect(sheet).toBeVisible();
});

test("with a filter, rows stay when they do not match any more, and rows count as new when they come to match", async ({
  page,
}) => {
  await page.goto(
    `${app.posthorn.url}/main/developers/events?response=5xx&type=lead.created&webhook=${failing}`,
  );
  await expect(page.getByText("No events match")).toBeVisible();
  await publish("lead.created", 1);
  await expect(rowsOf(page, "lead.created")).toHaveCount(1);
  await publish("lead.created", 2);
  await expect(newRows(page, "2 new")).toBeVisible();
  app.receiver.reply({ status: 200 });
  await rowsOf(page, "lead.created").first().focus();
  await page.keyboard.press("r");
  await expect(page.getByRole("row").filter({ hasText: "lead.created" })).toContainText("Succeeded");
  await expect(newRows(page, "2 new")).toBeVisible();
});

test("a burst of 500 events moves nothing of what is read, and says what is paused", async ({ page }) => {
  app.receiver.reply({ status: 200 });
  await publish("order.placed", 100);
  await page.goto(
    `${app.posthorn.url}/main/developers/events?type=order.placed,order.burst&webhook=${failing}`,
  );
  await expect(rowsOf(page, "order.placed")).toHaveCount(50);
  await page.keyboard.press("End");
  await expect(rowsOf(page, "order.placed")).toHaveCount(100);
  const row = rowsOf(page, "order.placed").nth(60);
  await row.scrollIntoViewIfNeeded();
  await row.evaluate((element) => element.scrollIntoView({ block: "center" }));
  // All have been delivered, so that nothing but the burst can change what is seen.
  await expect(page.getByRole("cell", { name: /Succeeded/ })).toHaveCount(100);
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("tbody tr:has(button)")].map((one) => {
        const { top } = one.getBoundingClientRect();
        return [one.querySelector("button")?.id, Math.round(top)];
      }),
    );
  const before = await places();

  await publish("order.burst", 500);
  await expect(newRows(page, "50+ new")).toBeVisible();
  await expect(page.getByText("Paused: you are reading older rows")).toBeInViewport();
  const burst = () =>
    app.receiver.received.filter(({ path, type }) => path === "/1" && type === "order.burst");
  await expect.poll(() => burst().length).toBe(500);
  expect(await places()).toEqual(before);

  await newRows(page, "50+ new").click();
  await expect(rowsOf(page, "order.burst")).toHaveCount(100);
  await expect(rowsOf(page, "order.burst").first()).toBeInViewport();
  await expect(page.getByText("Paused: you are reading older rows")).toHaveCount(0);
});

test("who switches Live off is left alone, on the next visit too", async ({ page }) => {
  await publish("quiet.first", 1);
  const address = `${app.posthorn.url}/main/developers/events?type=quiet.first`;
  await page.goto(address);
  await expect(rowsOf(page, "quiet.first")).toHaveCount(4);
  const live = page.getByRole("switch", { name: "Live" });
  await expect(live).toBeChecked();
  await live.click();
  await page.goto(address);
  await expect(live).not.toBeChecked();
  await publish("quiet.first", 1);
  // Rows still change in place: by their next reading a head would have been read as well.
  await page.waitForResponse((response) => /deliveries\?.*id=dlv_/.test(response.url()));
  await page.waitForResponse((response) => /deliveries\?.*id=dlv_/.test(response.url()));
  await expect(newRows(page, / new$/)).toHaveCount(0);
  await live.click();
  await expect(newRows(page, "4 new")).toBeVisible();
  await page.goto(`${address}&to=2026-01-01T00:00:00.000Z`);
  await expect(page.getByRole("switch", { name: "Live" })).toBeDisabled();
});
