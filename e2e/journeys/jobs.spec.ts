import { expect } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;

test.beforeAll(async () => {
  app = await startApi();
});
test.afterAll(() => app?.stop());

test("all that a filter matches is sent again, and the page of jobs has what came of it", async ({
  browser,
}) => {
  const api = await app.requestsOf(app.bootstrap.apiKey);
  const session = await app.signIn();
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/main/developers/jobs`);
  await expect(page.getByText("No jobs yet")).toBeVisible();
  await expectAccessible(page);

  const made = await api.post("/api/v1/endpoints", {
    data: { url: `${app.receiver.origin}/hooks`, name: "Billing", eventTypes: null },
  });
  expect(made.status()).toBe(201);
  for (const type of ["invoice.paid", "invoice.paid", "user.created"]) {
    expect((await api.post("/api/v1/events", { data: { type, data: {} } })).status()).toBe(202);
  }
  await expect.poll(() => app.receiver.received.length).toBe(3);

  await page.goto(`${app.posthorn.url}/main/developers/events?type=invoice.paid`);
  await page.getByRole("button", { name: "Send all again…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Send 2 events again?");
  await expect(dialog).toContainText("Billing (2)");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Send 2 events" }).click();
  await expect.poll(() => app.receiver.received.length).toBe(5);

  await page.getByRole("link", { name: "All jobs" }).click();
  const job = page.getByRole("list", { name: "Jobs, newest first" }).getByRole("listitem");
  await expect(job).toHaveCount(1);
  await job.locator("summary").click();
  await expect(job).toContainText("type invoice.paid");
  await expect(job.getByRole("link", { name: "2", exact: true })).toHaveCount(2);
  await expectAccessible(page);
  await job.getByRole("link", { name: "2", exact: true }).first().click();
  await expect(page).toHaveURL(/replay=rpl_/);
  await expect(page.getByRole("row").filter({ hasText: "invoice.paid" })).toHaveCount(2);
});

test("rows that are selected are sent again together, and one by itself in place", async ({ browser }) => {
  const api = await app.requestsOf(app.bootstrap.apiKey);
  const events = Array.from({ length: 6 }, (_, n) => ({ type: "chosen.sent", data: { n } }));
  expect((await api.post("/api/v1/events/batch", { data: { events } })).status()).toBe(202);
  const received = () => app.receiver.received.filter(({ type }) => type === "chosen.sent");
  await expect.poll(() => received().length).toBe(6);
  const session = await app.signIn();
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/main/developers/events?type=chosen.sent`);
  const boxes = page.getByRole("checkbox", { name: "Select chosen.sent" });
  await expect(boxes).toHaveCount(6);

  await boxes.nth(1).click();
  await boxes.nth(3).click({ modifiers: ["Shift"] });
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("region", { name: "Selection" });
  await expect(bar).toContainText("4 selected");
  await expectAccessible(page);
  // What is new neither changes the selection nor what it means.
  expect((await api.post("/api/v1/events", { data: { type: "chosen.sent", data: {} } })).status()).toBe(202);
  await page.getByRole("button", { name: /^1 new/ }).click();
  await expect(boxes).toHaveCount(7);
  await expect(bar).toContainText("4 selected");
  await expect(boxes.first()).not.toBeChecked();
  await bar.getByRole("button", { name: "Send again…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Send 4 events again?");
  await dialog.getByRole("button", { name: "Send 4 events" }).click();
  await expect(bar).toHaveCount(0);
  await expect.poll(() => received().length).toBe(7 + 4);
  const again = received().slice(7);
  expect(new Set(again.map(({ headers }) => headers["webhook-id"])).size).toBe(4);

  await page.setViewportSize({ width: 390, height: 800 });
  await boxes.last().click();
  await expect(bar).toContainText("1 selected");
  await expectAccessible(page);
  await bar.getByRole("button", { name: "Send again" }).click();
  await expect(bar).toHaveCount(0);
  await expect.poll(() => received().length).toBe(7 + 4 + 1);

  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.getByRole("checkbox", { name: "Select all 7 on this page" }).click();
  await expect(bar).toContainText("7 selected");
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(bar).toHaveCount(0);
});

test("the pace of a job is changed while it runs", async ({ browser }) => {
  const api = await app.requestsOf(app.bootstrap.apiKey);
  const types = Array.from({ length: 40 }, () => ({ type: "slow.sent", data: {} }));
  expect((await api.post("/api/v1/events/batch", { data: { events: types } })).status()).toBe(202);
  await expect.poll(() => app.receiver.received.filter(({ type }) => type === "slow.sent").length).toBe(40);
  const started = await api.post("/api/v1/replays", {
    data: { filter: { type: "slow.sent" }, ratePerSecond: 1 },
  });
  expect(started.status()).toBe(202);
  const session = await app.signIn();
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/main/developers/jobs`);
  const job = page.getByRole("list", { name: "Jobs, newest first" }).getByRole("listitem").first();
  await job.locator("summary").click();
  await job.getByRole("combobox", { name: "Pace" }).click();
  await page.getByRole("option", { name: "As fast as possible" }).click();
  await expect.poll(() => app.receiver.received.filter(({ type }) => type === "slow.sent").length).toBe(80);
  await expect(job.locator("summary")).toContainText("Replayed");
});
