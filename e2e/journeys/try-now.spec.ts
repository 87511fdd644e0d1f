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

test("a webhook that backs off is tried from the menu, the banner, and after a test, and all that waits arrives", async ({
  browser,
}) => {
  const api = await app.requestsOf(app.bootstrap.apiKey);
  const session = await app.signIn();
  const context = await browser.newContext({
    storageState: await session.storageState(),
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const publish = async (count: number) => {
    const events = Array.from({ length: count }, (_, number) => ({ type: "invoice.paid", data: { number } }));
    expect((await api.post("/api/v1/events/batch", { data: { events } })).status()).toBe(202);
  };
  app.receiver.reply({ status: 500 });
  const webhook: EndpointOutput = await (
    await api.post("/api/v1/endpoints", { data: { url: `${app.receiver.origin}/hooks`, name: "Billing" } })
  ).json();
  const list = `${app.posthorn.url}/main/developers/webhooks`;
  const row = page.getByRole("row").filter({ hasText: "Billing" });
  const banner = page.getByRole("region", { name: "State of the webhook" });
  const dock = page.getByRole("region", { name: "Long jobs" });
  await publish(8);
  await expect.poll(() => app.receiver.received.length).toBeGreaterThanOrEqual(5);
  await publish(4);

  await test.step("what is sent again meanwhile is said to wait, before and after", async () => {
    const read = async () => (await api.get(`/api/v1/endpoints/${webhook.id}`)).json();
    await expect.poll(async () => (await read()).nextProbeAt).not.toBeNull();
    // Those that were tried: what has not been is due already.
    await page.goto(`${list}/${webhook.id}?status=retrying`);
    await page.getByRole("button", { name: "Send all again…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(
      /Billing keeps failing: \d+ events wait and are sent once a try succeeds\./,
    );
    await expect(dialog).toContainText(/Next try in .+, at \d+:\d+/);
    await expect(dialog.getByRole("button", { name: "Try Billing now" })).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: /^Send \d+ events$/ }).click();
    await expect(dock).toContainText("Queued · Billing");
    await expect(dock).toContainText(/\d+ events · \d+ not sent yet/);
    await expect(dock.getByRole("button", { name: "Try Billing now" })).toBeVisible();
    await expectAccessible(page);
    // Asked once more, it says what they wait for.
    await page.getByRole("button", { name: "Send all again…" }).click();
    await expect(dialog).toContainText(/\d+ events? already queued/);
    await expect(dialog).toContainText(/Billing keeps failing: \d+ events? waits? and/);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    // The page of jobs says it too, of a line that is closed.
    await dock.getByRole("link", { name: "All jobs" }).click();
    const jobs = page.getByRole("list", { name: "Jobs, newest first" });
    await expect(jobs.getByText("Queued · Billing")).toBeVisible();
    await expect(jobs).toContainText(/\d+ events · \d+ not sent yet/);
  });

  await test.step("the list says what waits, and the menu has it tried", async () => {
    await page.goto(list);
    await expect(row).toContainText(/12 waiting, oldest \d+ s/, { timeout: 15_000 });
    await page.getByRole("button", { name: "Actions for Billing" }).click();
    await expectAccessible(page);
    const item = page.getByRole("menuitem", { name: "Try now" });
    await expect(item).toContainText(/12 waiting, oldest \d+/);
    await item.click();
    await expect(page.getByText("Billing failed again")).toBeVisible();
  });

  await test.step("the row too, and the palette", async () => {
    const tried = () => app.receiver.received.length;
    const button = row.getByRole("button", { name: "Try now: Billing" });
    const beforeRow = tried();
    await button.click();
    await expect.poll(tried).toBe(beforeRow + 1);
    await expect(button).toBeEnabled();
    const beforePalette = tried();
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("option", { name: "Try now…" }).click();
    await page.getByRole("option", { name: /^Billing 12 waiting, oldest/ }).click();
    await expect.poll(tried).toBe(beforePalette + 1);
  });

  await test.step("the banner too", async () => {
    await page.goto(`${list}/${webhook.id}`);
    await expect(banner).toContainText(/12 events waiting, the oldest for/);
    await expectAccessible(page);
    await banner.getByRole("button", { name: "Try now" }).click();
    await expect(page.getByText("Billing failed again")).toBeVisible();
  });

  await test.step("after a test that succeeds it is offered, and everything arrives", async () => {
    app.receiver.reply({ status: 200 });
    const before = app.receiver.received.length;
    await page.getByRole("button", { name: "Send test event" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Send test event" }).click();
    await expect(dialog).toContainText("It answered 200. Send the 12 events waiting?");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Try now" }).click();
    await expect(page.getByText(/^12 events delivered in \d+ s$/)).toBeVisible();
    await expect(banner).toHaveCount(0);
    expect(app.receiver.received.length).toBe(before + 1 + 12);
    await expect(dock).toContainText("Replayed · Billing");
  });
  await context.close();
});
