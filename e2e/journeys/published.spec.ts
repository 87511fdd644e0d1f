import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { expectFits } from "../support/expect-fits";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let api: APIRequestContext;

test.beforeAll(async () => {
  app = await startApi();
  api = await app.requestsOf(app.bootstrap.apiKey);
  for (const [name, eventTypes] of [
    ["Billing", ["invoice.paid"]],
    ["Shipping", ["order.shipped"]],
  ] as const) {
    const data = { url: `${app.receiver.origin}/${name.toLowerCase()}`, name, eventTypes };
    expect((await api.post("/api/v1/endpoints", { data })).status()).toBe(201);
  }
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

async function publish(event: object): Promise<string> {
  const answer = await api.post("/api/v1/events", { data: event });
  expect(answer.status(), await answer.text()).toBe(202);
  return (await answer.json()).id;
}

const published = () => `${app.posthorn.url}/main/developers/events?view=published`;
const rows = (page: Page) => page.getByRole("table", { name: "Published events" }).getByRole("row");
const sheetOf = (page: Page) => page.getByRole("region", { name: "Published event" });

test("an event that nobody subscribed to is found by its key and sent to a webhook, which gets it", async ({
  page,
}) => {
  await publish({ type: "invoice.paid", data: { number: 1 } });
  await publish({ type: "refund.created", data: { amount: 42 }, idempotencyKey: "refund-42" });
  await publish({ type: "invoice.paid", data: { number: 2 }, deliver: false });

  await page.goto(`${app.posthorn.url}/main/developers/events`);
  await page.getByRole("link", { name: "Published" }).click();
  await expect(page).toHaveURL(published());
  await expect(rows(page).filter({ hasText: "Sent to no webhook" })).toHaveCount(2);
  await expect(rows(page).filter({ hasText: "1 succeeded" })).toHaveCount(1);

  await page.getByRole("searchbox", { name: "Search by id, key or value in payloads" }).fill("refund-42");
  await expect(rows(page).filter({ hasText: "invoice.paid" })).toHaveCount(0);
  await page.getByRole("button", { name: "refund.created" }).click();
  const sheet = sheetOf(page);
  await expect(sheet.getByText("It was sent to no webhook")).toBeVisible();
  await expect(sheet.getByRole("region", { name: "published payload" })).toContainText('"amount": 42');
  await expectAccessible(page);

  await sheet.getByRole("button", { name: "Send to a webhook…" }).click();
  const dialog = page.getByRole("dialog", { name: "Send to a webhook" });
  await expect(dialog.getByRole("button", { name: "Send" })).toBeDisabled();
  await dialog.getByRole("combobox", { name: "Webhook" }).click();
  await page.getByRole("option", { name: "Shipping" }).click();
  await expect(dialog.getByText("It does not subscribe to refund.created")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(dialog).toHaveCount(0);

  await expect(sheet.getByRole("heading", { name: "Deliveries · 1" })).toBeVisible();
  await expect(sheet.getByRole("link", { name: /Shipping.*Succeeded/ })).toBeVisible();
  await expect(rows(page).filter({ hasText: "refund.created" })).toContainText("1 succeeded");
  const got = app.receiver.received.filter(({ type }) => type === "refund.created");
  expect(got.map(({ path }) => path)).toEqual(["/shipping"]);

  await sheet.getByRole("link", { name: /Shipping/ }).click();
  await expect(page).toHaveURL(/events\?delivery=dlv_/);
  await expect(
    page.getByText("Someone sent the event to this webhook after it was published."),
  ).toBeVisible();
});

test("what a webhook has already is not offered, and what it does with an event is said before", async ({
  page,
}) => {
  const id = await publish({ type: "invoice.paid", data: { number: 3 } });
  const list = await (await api.get("/api/v1/endpoints")).json();
  const shipping = list.data.find(({ name }: { name: string }) => name === "Shipping");
  await api.post(`/api/v1/endpoints/${shipping.id}/disable`, { data: { keepEvents: true } });
  await page.goto(`${published()}&event=${id}`);
  await sheetOf(page).getByRole("button", { name: "Send to a webhook…" }).click();
  const dialog = page.getByRole("dialog", { name: "Send to a webhook" });
  // Billing has it, so there is no other one to choose.
  await expect(dialog.getByRole("combobox", { name: "Webhook" })).toHaveText("Shipping");
  await expect(dialog.getByText("The event is held until it is enabled")).toBeVisible();
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(sheetOf(page).getByRole("link", { name: /Shipping.*Held/ })).toBeVisible();
  await expect(page.getByText("The event is held")).toBeVisible();
  await api.post(`/api/v1/endpoints/${shipping.id}/enable`, { data: {} });
  await expect(sheetOf(page).getByRole("link", { name: /Shipping.*Succeeded/ })).toBeVisible();
});

test("on a phone it is a list, and the sheet fills the screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await publish({ type: "invoice.paid", data: { number: 4 }, idempotencyKey: "invoice-4" });
  await page.goto(published());
  await expectFits(page);
  await expectAccessible(page);
  await page
    .getByRole("button", { name: /invoice\.paid/ })
    .first()
    .click();
  const sheet = page.getByRole("dialog", { name: "Published event" });
  await expect(sheet.getByText("invoice-4")).toBeVisible();
  await expectFits(page);
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(published());
});

test("events are found by what is in their payloads, in both views of the log", async ({ page }) => {
  await publish({ type: "invoice.paid", data: { customer: { id: "cus_4321" }, note: "Paid by wire" } });
  await publish({ type: "invoice.paid", data: { customer: { id: "cus_43210" } } });
  await publish({ type: "refund.asked", data: { customer: { id: "cus_4321" } } });

  await page.goto(`${app.posthorn.url}/main/developers/events`);
  const search = page.getByRole("searchbox", { name: "Search by id, key or value in payloads" });
  const deliveries = page.getByRole("table", { name: "Event log, newest first" }).getByRole("row");
  const kinds = page.getByRole("group", { name: "How payloads are searched" });
  await search.fill("cus_4321");
  await expect(deliveries.filter({ hasText: "invoice.paid" })).toHaveCount(1);
  await expect(kinds.getByRole("button", { name: "Whole value" })).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page);
  await expectFits(page);

  await kinds.getByRole("button", { name: "Begins with" }).click();
  await expect(search).toHaveValue("cus_4321*");
  await expect(deliveries.filter({ hasText: "invoice.paid" })).toHaveCount(2);
  await search.fill("wire");
  await kinds.getByRole("button", { name: "Text anywhere" }).click();
  await expect(deliveries.filter({ hasText: "invoice.paid" })).toHaveCount(1);
  await expect(page.getByText("Searches the text of every payload, newest first.")).toBeVisible();

  await page.goto(`${published()}&q=customer.id:cus_4321`);
  await expect(rows(page).filter({ hasText: "invoice.paid" })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: "refund.asked" })).toHaveCount(1);
  await search.fill("customer.id:cus_9");
  await expect(page.getByText("No events match")).toBeVisible();
  await expectAccessible(page);
});
