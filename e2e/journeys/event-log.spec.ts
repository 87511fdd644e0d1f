import { expect, type Page } from "@playwright/test";
import { type Answer, gate } from "@/lib/testing/test-receiver.mjs";
import { expectAccessible } from "../support/check-page";
import { answerAsSeeded, type SeededWebhooks, seedWorkspace } from "../support/seed-workspace";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let webhooks: SeededWebhooks;

test.beforeAll(async () => {
  app = await startApi();
  webhooks = await seedWorkspace(await app.signIn(), app.receiver, { events: 60 });
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

const addressOf = (path: string) => `${app.posthorn.url}/main/developers/${path}`;
const sheetOf = (page: Page) => page.getByRole("region", { name: "Event", exact: true });
const rowsOf = (page: Page) =>
  page.getByRole("table", { name: "Event log" }).getByRole("button", { name: /^[a-z]+\.[a-z_]+$/ });

/** Opens the log from the list of webhooks, to which Back leads. */
async function openLog(page: Page): Promise<void> {
  await page.goto(addressOf("webhooks"));
  await page.getByRole("link", { name: "Event log" }).click();
  await expect(page).toHaveURL(addressOf("events"));
  await expect(page.getByRole("button", { name: /^invoice\.paid/ }).first()).toBeVisible();
}

const hasSheet = (page: Page) => expect(page).toHaveURL(/[?&]delivery=dlv_/);

test.describe("closing the sheet leaves no trace in the history", () => {
  test("with Escape, after moving to other events", async ({ page }) => {
    await openLog(page);
    for (const key of ["Enter", "j", "j", "k"]) {
      if (key === "Enter") await rowsOf(page).first().focus();
      await page.keyboard.press(key);
      await expect(sheetOf(page)).toBeVisible();
    }
    const third = await rowsOf(page).nth(1).getAttribute("id");
    await expect(page).toHaveURL(new RegExp(`delivery=${third?.replace("row-", "")}$`));
    await page.keyboard.press("Escape");
    await expect(sheetOf(page)).toHaveCount(0);
    await expect(page).toHaveURL(addressOf("events"));
    await page.goBack();
    await expect(page).toHaveURL(addressOf("webhooks"));
  });

  test("however often it is opened and closed, and with Escape held down", async ({ page }) => {
    await openLog(page);
    for (const row of [0, 1, 2]) {
      await rowsOf(page).nth(row).click();
      await hasSheet(page);
      await page.evaluate(() => {
        for (let pressed = 0; pressed < 3; pressed += 1) {
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
        }
      });
      await expect(sheetOf(page)).toHaveCount(0);
      await expect(page).toHaveURL(addressOf("events"));
    }
    await page.goBack();
    await expect(page).toHaveURL(addressOf("webhooks"));
  });

  test("over the page of a phone", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openLog(page);
    await page
      .getByRole("button", { name: /^invoice\.paid/ })
      .first()
      .click();
    const sheet = page.getByRole("dialog", { name: "Event" });
    await sheet.getByRole("button", { name: "Close" }).click();
    await expect(sheet).toHaveCount(0);
    await expect(page).toHaveURL(addressOf("events"));
    await page.goBack();
    await expect(page).toHaveURL(addressOf("webhooks"));
  });

  test("the log stays where it was scrolled to", async ({ page }) => {
    await openLog(page);
    await rowsOf(page).first().click();
    await expect(sheetOf(page).getByRole("heading", { name: "Payload" })).toBeVisible();
    await page.evaluate(() => window.scrollTo(0, 400));
    // What is above the rows needs less room without the sheet: what stays is the rows' place in the window.
    const heightOf = async () => (await rowsOf(page).nth(12).boundingBox())?.y;
    const before = await heightOf();
    await page.keyboard.press("Escape");
    await expect(sheetOf(page)).toHaveCount(0);
    await expect(page).toHaveURL(addressOf("events"));
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    expect(before).toBeDefined();
    expect(await heightOf()).toBe(before);
  });

  test("if a filter was chosen meanwhile, Back undoes that first", async ({ page }) => {
    await openLog(page);
    await rowsOf(page).first().click();
    await hasSheet(page);
    await page.getByLabel("Show tests").click();
    await expect(page).toHaveURL(/tests=true/);
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(addressOf("events?tests=true"));
    await page.goBack();
    await hasSheet(page);
    await expect(sheetOf(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(addressOf("events"));
    await page.goBack();
    await expect(page).toHaveURL(addressOf("webhooks"));
  });

  test("a sheet that a link opened closes in its place", async ({ page }) => {
    await openLog(page);
    await rowsOf(page).first().click();
    await hasSheet(page);
    const link = page.url();
    await page.goto(addressOf("api-keys"));
    await page.goto(link);
    await expect(sheetOf(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(sheetOf(page)).toHaveCount(0);
    await expect(page).toHaveURL(addressOf("events"));
    await page.goBack();
    await expect(page).toHaveURL(addressOf("api-keys"));
  });
});

test("Back closes an open sheet, and Forward opens it again", async ({ page }) => {
  await openLog(page);
  await rowsOf(page).first().click();
  await expect(sheetOf(page)).toBeVisible();
  await page.goBack();
  await expect(sheetOf(page)).toHaveCount(0);
  await expect(page).toHaveURL(addressOf("events"));
  await page.goForward();
  await expect(sheetOf(page)).toBeVisible();
});

test("each status says how many there are, and the number of attempts is a filter", async ({ page }) => {
  await page.goto(addressOf("events"));
  await page.getByRole("button", { name: "Status", exact: true }).click();
  const statuses = page.getByRole("dialog", { name: "Status" });
  const counted = await (await (await app.signIn()).get("/api/v1/deliveries/counts?tests=0")).json();
  for (const [label, { count }] of [
    ["Succeeded", counted.succeeded],
    ["Held", counted.held],
  ] as const) {
    expect(count, label).toBeGreaterThan(0);
    await expect(statuses.getByRole("listitem").filter({ hasText: label })).toHaveText(`${label}${count}`);
  }
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Attempts", exact: true }).click();
  await page.getByRole("checkbox", { name: "2 or more" }).check();
  await expect(page).toHaveURL(/attempts=2/);
  await page.keyboard.press("Escape");
  const attempts = page
    .getByRole("table", { name: "Event log" })
    .locator("tbody tr:has(button) td:nth-child(5)");
  await expect(attempts.first()).toHaveText(/^[2-9]/);
  for (const text of await attempts.allTextContents()) expect(Number(text)).toBeGreaterThan(1);
});

test("a retried row goes from Sending… to its result and never back", async ({ page }) => {
  const held = gate();
  app.receiver.reply((request) => ({ ...answerAsSeeded(request), after: held.opened }));
  await page.goto(addressOf(`webhooks/${webhooks.crm.id}?tests=true&status=failed`));
  await rowsOf(page).first().click();
  await page.evaluate(() => {
    const seen: string[] = [];
    const row = document.querySelector("tbody tr:has(button)");
    if (!row) throw new Error("there is no row");
    new MutationObserver(() => {
      const status = row.textContent?.includes("Sending…") ? "Sending…" : "settled";
      if (seen.at(-1) !== status) seen.push(status);
      document.body.dataset.statuses = seen.join();
    }).observe(row, { childList: true, subtree: true, characterData: true });
  });
  await sheetOf(page).getByRole("button", { name: "Send again" }).click();
  await expect(sheetOf(page).getByRole("button", { name: "Sending…" })).toBeVisible();
  held.open();
  await expect(sheetOf(page).getByRole("heading", { name: "Attempts · 2" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(page.locator("body")).toHaveAttribute("data-statuses", /^(settled,)?Sending…,settled$/);
  app.receiver.reply(answerAsSeeded);
});

test("the rail of attempts shows what was sent filled, what is planned hollow, and a retry as it happens", async ({
  page,
}) => {
  // A webhook of its own, which asks to be left alone: no retry comes between what is looked at.
  const busy = { status: 503, body: '{"error":"overloaded"}', headers: { "retry-after": "3600" } };
  const answerWith = (answer: Answer) =>
    app.receiver.reply((request) => (request.path === "/newsletter" ? answer : answerAsSeeded(request)));
  answerWith(busy);
  const api = await app.requestsOf(app.bootstrap.apiKey);
  const endpoint = { url: `${app.receiver.origin}/newsletter`, eventTypes: ["user.deleted"] };
  const webhook = await (await api.post("/api/v1/endpoints", { data: endpoint })).json();
  await api.post("/api/v1/events", { data: { type: "user.deleted", data: {} } });
  const held = gate();
  await page.goto(addressOf(`webhooks/${webhook.id}`));
  await rowsOf(page).first().click();
  const sheet = sheetOf(page);
  const rail = sheet.getByRole("img", { name: /made/ });
  const dots = (kind: string) => rail.locator(`circle[data-kind=${kind}]`);

  await expect(rail).toHaveAccessibleName(/^1 attempt was made\. Next, if it keeps failing: in \d+ \w/);
  await expect(dots("failed")).toHaveCount(1);
  await expect(dots("planned")).toHaveCount(4);
  const places = await rail
    .locator("circle")
    .evaluateAll((circles) => circles.map((circle) => circle.getBoundingClientRect().x));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(new Set(places).size).toBe(5);

  answerWith({ ...busy, after: held.opened });
  await sheet.getByRole("button", { name: "Send again" }).click();
  await expect(dots("sending")).toHaveCount(1);
  held.open();
  await expect(dots("failed")).toHaveCount(2);
  await expect(dots("sending")).toHaveCount(0);
  await expect(rail).toHaveAccessibleName(/^2 attempts were made/);
  app.receiver.reply(answerAsSeeded);

  await sheet.getByText("manual", { exact: true }).click();
  for (const part of ["URL", "Timings", "Request headers", "Response headers", "Response body"]) {
    await expect(sheet.getByRole("heading", { name: part, exact: true })).toBeVisible();
  }
});

test("a search that is too long is refused at its field, and filters of an address that are wrong by their names", async ({
  page,
}) => {
  await openLog(page);
  const failing = page.getByRole("region", { name: "What fails" });
  await expect(failing).toBeVisible();
  const box = page.getByRole("searchbox", { name: /^Search by id/ });
  await box.fill("x".repeat(256));
  await expect(page.getByText("A search can have at most 255 characters. This one has 256.")).toBeVisible();
  await box.press("Enter");
  await expect(page).toHaveURL(addressOf("events"));
  await expect(rowsOf(page).first()).toBeVisible();
  await expectAccessible(page);

  const wrong = new URLSearchParams({ q: "x".repeat(300), type: "t".repeat(1_001) });
  await page.goto(addressOf(`events?${wrong}`));
  await expect(page.getByText("These filters can't be used")).toBeVisible();
  await expect(page.getByText("Search: must be at most 255 characters")).toBeVisible();
  await expect(page.getByText("Type: must be at most 1000 characters")).toBeVisible();
  // Neither what fails nor what matches can be sent again by them.
  await expect(failing).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Send/ })).toHaveCount(0);
  await expect(page.getByText(/could not be loaded/)).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rowsOf(page).first()).toBeVisible();
  await expect(failing).toBeVisible();
});
