import { type Browser, expect, type Page } from "@playwright/test";
import { insertMembership } from "@/db/queries/workspaces";
import { openPageChecker, type StorageState } from "../support/check-page";
import { type SeededWebhooks, seedWorkspace } from "../support/seed-workspace";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let webhooks: SeededWebhooks;
let signedIn: StorageState;
let empty: string;

test.beforeAll(async () => {
  app = await startApi();
  const api = await app.signIn();
  signedIn = await api.storageState();
  const workspace = await app.makeWorkspace();
  const [user] = await app.database.sql<{ id: string }[]>`select id from users`;
  await insertMembership(app.database.db, {
    workspaceId: workspace.id,
    userId: user?.id ?? "",
    role: "owner",
  });
  empty = workspace.slug;
  webhooks = await seedWorkspace(api, app.receiver, { events: 60 });
  const succeeded = async () =>
    (await (await api.get("/api/v1/deliveries/histogram")).json()).total.succeeded as number;
  await expect.poll(succeeded, { timeout: 60_000 }).toBeGreaterThan(50);
});
test.afterAll(() => app?.stop());

async function open(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ storageState: signedIn });
  const page = await context.newPage();
  await page.goto(app.posthorn.url + path);
  return page;
}

test("the overview and a webhook's overview are as every page must be", async ({ browser }) => {
  const checker = await openPageChecker(browser, signedIn);
  await checker.check(`${app.posthorn.url}/main`, async (page) => {
    await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
    await expect(page.getByRole("slider", { name: "Deliveries by hour, by time" })).toBeVisible();
  });
  await checker.check(`${app.posthorn.url}/${empty}`, (page) =>
    expect(page.getByRole("region", { name: "First steps" })).toBeVisible(),
  );
  await checker.check(
    `${app.posthorn.url}/main/developers/webhooks/${webhooks.crm.id}?tab=overview`,
    (page) => expect(page.getByRole("slider", { name: "Latency, by time" })).toBeVisible(),
  );
  await checker.close();
});

test("the workspace opens on its overview: today's figures, and what needs somebody with its next step", async ({
  browser,
}) => {
  const page = await open(browser, "/");
  await expect(page).toHaveURL(`${app.posthorn.url}/main`);
  await expect(page.getByRole("link", { name: "Overview" })).toHaveAttribute("aria-current", "true");
  const today = page.getByRole("region", { name: "Today" });
  await expect(today.getByText("60", { exact: true })).toBeVisible();
  const needs = page.getByRole("region", { name: "Needs attention" });
  await expect(needs.getByRole("listitem").filter({ hasText: "Data warehouse" })).toContainText("held");

  await test.step("a failing one: its failures", async () => {
    const { sql } = app.database;
    // Nothing of it is due, so that it goes on having failed twice.
    await sql`update delivery_queue set due_at = now() + interval '3 hours'
      where endpoint_id = (select id from endpoints where name = 'CRM sync')`;
    await sql`update endpoint_states set consecutive_failures = 2, next_due_at = null, next_probe_at = null
      where endpoint_id = (select id from endpoints where name = 'CRM sync')`;
    const row = needs.getByRole("listitem").filter({ hasText: "CRM sync" });
    await expect(row).toContainText("2 in a row", { timeout: 15_000 });
    await row.getByRole("link", { name: "Show failures: CRM sync" }).click();
    await expect(page).toHaveURL(new RegExp(`${webhooks.crm.id}\\?status=pending,failed&range=24h`));
    await expect(page.getByRole("table", { name: "Event log" })).toBeVisible();
    await page.goBack();
  });
});

test("one that backs off is tried from here; when it answers, it needs nobody any more", async ({
  browser,
}) => {
  const { sql } = app.database;
  await sql`update endpoint_states set consecutive_failures = 7, next_due_at = null, next_probe_at = now() + interval '5 hours'
    where endpoint_id = (select id from endpoints where name = 'CRM sync')`;
  const page = await open(browser, "/main");
  const row = page.getByRole("listitem").filter({ hasText: "CRM sync" });
  app.receiver.reply(() => ({ status: 200 }));
  await row.getByRole("button", { name: "Try now: CRM sync" }).click();
  await expect(row).toHaveCount(0, { timeout: 20_000 });
  await page.context().close();
});

test("one that a rule disabled is red, and is enabled from here", async ({ browser }) => {
  const { sql } = app.database;
  await sql`update endpoint_states set consecutive_failures = 20, disabled_at = now(), disabled_cause = 'failures'
    where endpoint_id = (select id from endpoints where name = 'Analytics')`;
  const page = await open(browser, "/main");
  const row = page.getByRole("listitem").filter({ hasText: "Analytics" });
  await expect(row).toContainText("after 20 failures");
  await row.getByRole("button", { name: "Enable: Analytics" }).click();
  await expect(row).toHaveCount(0, { timeout: 20_000 });
  await page.context().close();
});

test("a chart is read by keyboard and as a table; a window of days is in the address", async ({
  browser,
}) => {
  const page = await open(browser, `/main/developers/webhooks/${webhooks.billing.id}?tab=overview`);
  const outcomes = page.getByRole("figure", { name: "Outcomes" });
  const cursor = outcomes.getByRole("slider");
  await cursor.focus();
  await page.keyboard.press("End");
  await expect(cursor).toHaveAttribute("aria-valuetext", /Succeeded \d+/);
  await page.keyboard.press("Home");
  await expect(cursor).toHaveAttribute("aria-valuetext", /Succeeded 0/);
  await outcomes.getByText("Show as a table").click();
  await expect(outcomes.getByRole("columnheader", { name: "Succeeded" })).toBeVisible();
  await page.getByRole("button", { name: "7 days" }).click();
  await expect(page).toHaveURL(/window=7d/);
  await expect(outcomes.getByRole("columnheader", { name: "Succeeded" })).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Volume by type" }).getByRole("listitem").first(),
  ).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("button", { name: "24 hours", pressed: true })).toBeVisible();
  await cursor.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(
    new RegExp(`${webhooks.billing.id}\\?from=.*:00:00\\.000Z&to=.*:00:00\\.000Z`),
  );
  await expect(page.getByRole("table", { name: "Event log, newest first" })).toBeVisible();
  await page.context().close();
});

test("a bar of the workspace's overview opens the log of all webhooks at its hour", async ({ browser }) => {
  const page = await open(browser, "/main");
  const bars = page.getByRole("slider", { name: "Deliveries by hour, by time" });
  await bars.scrollIntoViewIfNeeded();
  const box = await bars.boundingBox();
  await bars.click({ position: { x: (box?.width ?? 0) - 3, y: 20 } });
  await expect(page).toHaveURL(/developers\/events\?from=/);
  const { searchParams } = new URL(page.url());
  const [from, to] = ["from", "to"].map((name) => Date.parse(searchParams.get(name) ?? ""));
  expect((to ?? 0) - (from ?? 0)).toBe(3_600_000);
  await page.context().close();
});
