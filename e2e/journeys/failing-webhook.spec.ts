import { readFile } from "node:fs/promises";
import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { gate } from "@/lib/testing/test-receiver.mjs";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let api: APIRequestContext;
let page: Page;
let webhook: EndpointOutput;
let published = 0;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  // A day of the schedule takes about a second: twenty failures come within some 15 s.
  app = await startApi({ POSTHORN_RETRY_SCALE: "0.00001" });
  api = await app.requestsOf(app.bootstrap.apiKey);
  const session = await app.signIn();
  page = await (
    await browser.newContext({ storageState: await session.storageState(), reducedMotion: "reduce" })
  ).newPage();
  const answer = await api.post("/api/v1/endpoints", {
    data: { url: `${app.receiver.origin}/hooks`, name: "Billing" },
  });
  webhook = await answer.json();
});

test.afterAll(async () => {
  await page?.context().close();
  await app?.stop();
});

const listUrl = () => `${app.posthorn.url}/main/developers/webhooks`;
const webhookUrl = () => `${listUrl()}/${webhook.id}`;
const banner = () => page.getByRole("region", { name: "State of the webhook" });
const dock = () => page.getByRole("region", { name: "Long jobs" });
const rowIn = (box: Page | Locator) => box.getByRole("row").filter({ hasText: "Billing" });

/** Publishes events, and gives their ids as they are numbered in their data. */
async function publish(count: number): Promise<number[]> {
  const numbers = Array.from({ length: count }, () => {
    published += 1;
    return published;
  });
  const events = numbers.map((number) => ({ type: "invoice.paid", data: { number } }));
  const answer = await api.post("/api/v1/events/batch", { data: { events } });
  expect(answer.status(), await answer.text()).toBe(202);
  return numbers;
}

/** The numbers that the receiver has got, in the order of their first coming, tests apart. */
function receivedNumbers(): number[] {
  const numbers = app.receiver.received
    .filter(({ headers }) => headers["posthorn-test"] === undefined)
    .map(({ body }) => Number(/"number":(\d+)/.exec(body)?.[1]));
  return [...new Set(numbers)];
}

test("a webhook that fails says so in the list and on its page, and is disabled after 20 failures", async () => {
  const failure = { status: 500, body: '{"error":"db pool exhausted"}' };
  const looked = gate();
  // It is not disabled before it has been looked at.
  app.receiver.reply(() =>
    app.receiver.received.length < 18 ? failure : { ...failure, after: looked.opened },
  );
  await publish(1);
  await page.goto(listUrl());
  await expect(rowIn(page)).toContainText(/Failing\d+ in a row · next try/);
  await expect(rowIn(page)).toContainText("The webhook answered 500 Internal Server Error");

  await page.goto(webhookUrl());
  await expect(banner()).toContainText(/Failing since \d\d:\d\d( yesterday)?: \d+ failures in a row/);
  await expect(banner()).toContainText("The webhook answered 500 Internal Server Error");
  await expect(banner()).toContainText(
    /After \d+ more failed tr(y|ies), about \d\d:\d\d( tomorrow)?, the webhook is disabled/,
  );
  await expectAccessible(page);

  looked.open();
  await expect(banner()).toContainText("Disabled after 20 failures", { timeout: 60_000 });
  await expect(banner()).toContainText("1 event held");
  expect(app.receiver.received.filter(({ headers }) => headers["posthorn-attempt"])).toHaveLength(20);
  await banner().getByRole("link", { name: "Show 1 event that fails" }).click();
  await expect(page).toHaveURL(/[?&]group=fgr_/);
  await expect(page.getByRole("button", { name: "Show all: 1 × 500 “db pool exhausted”" })).toBeVisible();
});

test("what is published meanwhile is held, counted, and says what it waits for", async () => {
  await publish(9);
  await page.goto(listUrl());
  await expect(rowIn(page)).toContainText("Disabled10 heldafter 20 failures");
  await page.goto(`${webhookUrl()}?status=held`);
  await expect(banner()).toContainText("10 events held");
  await expect(page.getByRole("table", { name: "Event log" })).toContainText("Held");
  await page.getByRole("button", { name: "invoice.paid" }).first().click();
  const sheet = page.getByRole("region", { name: "Event", exact: true });
  await expect(sheet).toContainText("It is held because the webhook is disabled.");
  await expect(sheet).toContainText("when the webhook is enabled");
  await expectAccessible(page);
});

test("each change of its state is on the timeline, with the rule that made it", async () => {
  await page.goto(`${webhookUrl()}?tab=overview`);
  const entries = page.getByRole("listitem");
  for (const words of [
    "Failing after 5 failures in a row",
    "Still failing after 10 failures in a row",
    "Still failing after 15 failures in a row",
    "Disabled after 20 failures",
  ]) {
    await expect(entries.filter({ hasText: words })).toHaveCount(1);
  }
  await expectAccessible(page);
});

test("its owner finds an email of each step, kept if no SMTP server is set, and comes from it to the webhook", async () => {
  await page.goto(`${app.posthorn.url}/main/settings/emails`);
  await expect(page.getByText("Emails are saved here but not sent")).toBeVisible();
  const rows = page.getByRole("table", { name: /^Emails to owners/ }).getByRole("row");
  // The last ones may come with the next sweep.
  await expect(rows).toHaveCount(1 + 4, { timeout: 90_000 });
  for (const [index, subject] of [
    "Webhook “Billing” was disabled after 20 failures in a row",
    "Webhook “Billing” is still failing: 15 failures in a row",
    "Webhook “Billing” is still failing: 10 failures in a row",
    "Webhook “Billing” is failing: 5 failures in a row",
  ].entries()) {
    await expect(rows.nth(index + 1)).toContainText(`${subject}owner@example.comKept`);
  }
  await expectAccessible(page);

  await page.getByRole("button", { name: "was disabled after 20 failures" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText("The webhook answered 500 Internal Server Error");
  await expect(sheet).toContainText(/New events are held, until \d+ \w+ \d+ at the latest/);
  await expectAccessible(page);
  await page.goBack();
  await expect(sheet).toBeHidden();
  await page.goForward();
  await sheet.getByRole("link", { name: "Open the webhook" }).click();
  await expect(page.getByRole("button", { name: "Enable webhook" })).toBeVisible();
});

test("a test event from the enable dialog is answered, and what was held is replayed oldest first", async () => {
  await page.goto(webhookUrl());
  await page.getByRole("button", { name: "Enable webhook" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(/10 events were held since \d\d:\d\d/);
  await expectAccessible(page);

  await dialog.getByRole("button", { name: "Send a test event first" }).click();
  await dialog.getByRole("button", { name: "Send test event" }).click();
  await expect(dialog).toContainText("Answered 500");
  await expect(dialog.getByText("Enable webhook?")).toHaveCount(0);
  app.receiver.reply({ status: 200 });
  await dialog.getByRole("button", { name: "Send test event" }).click();
  await expect(dialog).toContainText("It answered 200. Enable webhook?");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Enable webhook" }).click();

  await dialog.getByRole("combobox", { name: "Pace" }).click();
  await page.getByRole("option", { name: "At most 1 a second" }).click();
  await dialog.getByRole("button", { name: "Enable webhook" }).click();
  await expect(dialog).toBeHidden();

  await expect(dock()).toContainText("Replaying · Billing");
  await expect(dock()).toContainText(/ of 10/);
  await expect(dock().getByRole("combobox", { name: /^Pace: / })).toHaveText("At most 1 a second");
  await dock().getByRole("button", { name: "Pause: Replaying" }).click();
  await expect(dock()).toContainText("Replay paused · Billing");
  await expect(banner()).toContainText("Their replay is paused.");
  await expectAccessible(page);
});

test("the dock outlives navigation and a reload, and says when the job is done", async () => {
  await page.getByRole("link", { name: "API keys" }).click();
  await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
  await expect(dock()).toContainText("Replay paused · Billing");
  await page.reload();
  await expect(dock()).toContainText("Replay paused · Billing");
  await dock().getByRole("button", { name: "Cancel: Replay paused" }).click();
  const question = page.getByRole("alertdialog", { name: "Cancel the replay of Billing's events?" });
  await expect(question).toContainText(/of 10 events (has|have) been replayed.* held\./);
  await expectAccessible(page);
  await question.getByRole("button", { name: "Keep it" }).click();
  await expect(dock()).toContainText("Replay paused · Billing");
  await dock().getByRole("button", { name: "Resume: Replay paused" }).click();
  await expect(dock()).toContainText("Replayed · Billing", { timeout: 60_000 });
  await expect(dock()).toContainText("10 events");
  await expect.poll(receivedNumbers).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
  await page.reload();
  await expect(dock()).toContainText("Replayed · Billing");
  await dock().getByRole("button", { name: "Dismiss: Replayed" }).click();
  await expect(dock()).toHaveCount(0);

  await page.goto(webhookUrl());
  await expect(page.getByText("Healthy")).toBeVisible();
  await expect(banner()).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Event log" })).not.toContainText("Held");
});

test("disabling without keeping events discards what comes, with the reason", async () => {
  await disable(/Don't keep them/, "Disable and discard its events");
  await expect(banner()).toContainText("New events are discarded");
  const [number] = await publish(1);
  const log = page.getByRole("table", { name: "Event log" });
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(log.getByRole("row").nth(2)).toContainText("Discarded");
  await log.getByRole("button", { name: "invoice.paid" }).first().click();
  const sheet = page.getByRole("region", { name: "Event", exact: true });
  await expect(sheet).toContainText("The webhook was disabled without keeping its events.");

  await sheet.getByRole("button", { name: "Send now" }).click();
  await expect(sheet).toContainText("It answered 200. Enable webhook?");
  await expectAccessible(page);
  expect(receivedNumbers().at(-1)).toBe(number);
  await sheet.getByRole("button", { name: "Enable webhook" }).click();
  await expect(banner()).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("disabling can be undone from where it was said", async () => {
  await page.goto(webhookUrl());
  const undo = page.getByRole("button", { name: "Undo" });
  // It leaves after a while, unless it is pointed at.
  await disable(/Hold events \(kept until \d+ \w+/, "Disable webhook", () => undo.hover());
  const numbers = await publish(2);
  await undo.click();
  await expect(page.getByText("Healthy")).toBeVisible();
  await expect.poll(() => receivedNumbers().slice(-2)).toEqual(numbers);
  await expect(dock()).toContainText("Replayed · Billing");
  await dock().getByRole("button", { name: "Dismiss: Replayed" }).click();
  await expect(dock()).toHaveCount(0);
});

test("what is left for later stays held, beside what is sent, until it is replayed", async () => {
  await page.goto(webhookUrl());
  await disable(/Hold events/, "Disable webhook");
  const held = await publish(3);
  // The page looks every 10 s.
  await expect(banner()).toContainText("3 events held", { timeout: 30_000 });
  await page.getByRole("button", { name: "Enable webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Decide later").check();
  await dialog.getByRole("button", { name: "Enable webhook" }).click();
  await expect(dialog).toBeHidden();
  await expect(banner()).toContainText("3 events held");
  await expect(banner()).toContainText("They were left held");

  const [later] = await publish(1);
  await expect.poll(() => receivedNumbers().at(-1)).toBe(later);
  expect(receivedNumbers()).not.toEqual(expect.arrayContaining(held));
  await page.reload();
  await expect(banner()).toContainText("3 events held");
  await expectAccessible(page);
  await banner().getByRole("button", { name: "Replay" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Replay 3 events" }).click();
  await expect(dock()).toContainText("Replayed · Billing");
  await expect(banner()).toHaveCount(0);
  await expect.poll(() => receivedNumbers().slice(-3)).toEqual(held);
});

test("what is held can be discarded, once it is said what is lost", async () => {
  await disable(/Hold events/, "Disable webhook");
  const held = await publish(2);
  await expect(banner()).toContainText("2 events held", { timeout: 30_000 });
  await page.getByRole("button", { name: "Enable webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Discard").check();
  await dialog.getByRole("button", { name: "Enable webhook" }).click();
  await expect(dialog).toContainText("Discard 2 events?");
  await expectAccessible(page);
  const saved = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "NDJSON" }).click();
  const lines = (await readFile(await (await saved).path(), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).status)).toEqual(["held", "held"]);
  await dialog.getByRole("button", { name: "Discard 2 events and enable" }).click();
  await expect(dock()).toContainText("Discarded · Billing");
  await expect(banner()).toHaveCount(0);
  const [later] = await publish(1);
  await expect.poll(() => receivedNumbers().at(-1)).toBe(later);
  expect(receivedNumbers()).not.toEqual(expect.arrayContaining(held));
});

test("a webhook that begins to fail comes to the top, but not while the list is pointed at", async () => {
  const made = await api.post("/api/v1/endpoints", {
    data: { url: `${app.receiver.origin}/second`, name: "Second" },
  });
  expect(made.status()).toBe(201);
  await page.goto(listUrl());
  const rows = page.getByRole("row").filter({ has: page.getByRole("link") });
  const names = async () =>
    (await rows.allTextContents()).map((text) => (text.includes("Second") ? "Second" : "Billing"));
  await expect(rows).toHaveCount(2);
  const settled = await names();
  const last = settled.at(-1) ?? "";
  const path = last === "Second" ? "/second" : "/hooks";
  app.receiver.reply((request) => ({ status: request.path === path ? 500 : 200 }));
  await rows.first().hover();
  await publish(1);
  await expect(rows.last()).toContainText(/Failing|Disabled/, { timeout: 60_000 });
  expect(await names()).toEqual(settled);
  await page.mouse.move(0, 0);
  await expect(rows.first()).toContainText(/Failing|Disabled/);
  expect(await names()).toEqual(settled.toReversed());
});

test("a replay that is canceled stops once that is confirmed, and the rest stays held", async () => {
  const data = { url: `${app.receiver.origin}/third`, name: "Third" };
  const { id }: { id: string } = await (await api.post("/api/v1/endpoints", { data })).json();
  await api.post(`/api/v1/endpoints/${id}/disable`);
  await publish(5);
  await api.post(`/api/v1/endpoints/${id}/enable`, { data: { held: "replay", ratePerSecond: 1 } });
  await page.goto(`${listUrl()}/${id}`);
  await dock().getByRole("button", { name: "Cancel: Replaying · Third" }).click();
  await page.getByRole("button", { name: "Cancel the replay" }).click();
  await expect(dock()).toContainText("Replay canceled · Third");
  await expect(banner()).toContainText(/\d events? held/);
  const sent = app.receiver.received.filter(({ path }) => path === "/third").length;
  expect(sent).toBeLessThan(5);
});

/** Disables the webhook from its menu. */
async function disable(choice: RegExp, button: string, then?: () => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Actions for Billing" }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  const dialog = page.getByRole("dialog", { name: "Disable Billing?" });
  await dialog.getByLabel(choice).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: button }).click();
  await then?.();
  await expect(dialog).toBeHidden();
  await expect(banner()).toContainText("Disabled by owner");
}
