import { expect, type Page } from "@playwright/test";
import { type SeededWebhooks, seedWorkspace } from "../support/seed-workspace";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let webhooks: SeededWebhooks;

test.beforeAll(async () => {
  app = await startApi();
  const api = await app.signIn();
  await api.post("/api/v1/emails/test");
  webhooks = await seedWorkspace(api, app.receiver, { events: 10 });
});

test.afterAll(() => app?.stop());

/** Pages by address, and what each shows first. */
const pages = (): [path: string, shows: (page: Page) => ReturnType<Page["locator"]>][] => [
  ["developers/webhooks", (page) => page.getByRole("link", { name: "CRM sync" })],
  ["developers/webhooks/new", (page) => page.getByLabel("URL", { exact: true })],
  [`developers/webhooks/${webhooks.crm.id}`, (page) => page.getByRole("button", { name: /^invoice\./ })],
  [`developers/webhooks/${webhooks.crm.id}?tab=overview`, (page) => page.getByText("Added")],
  [`developers/webhooks/${webhooks.crm.id}?tab=settings`, (page) => page.getByText("Custom headers")],
  [
    `developers/webhooks/${webhooks.crm.id}/edit`,
    (page) => page.getByRole("heading", { name: "Edit CRM sync" }),
  ],
  ["developers/events", (page) => page.getByRole("cell", { name: "CRM sync" })],
  ["developers/events?q=evt_none", (page) => page.getByText("No events match")],
  ["developers/api-keys", (page) => page.getByText("Bootstrap")],
  ["settings/general", (page) => page.getByLabel("Refuse unknown event types")],
  ["settings/emails", (page) => page.getByText("Test email from Posthorn")],
];

test("each page arrives with what it shows, before any script has run", async ({ browser }) => {
  const storageState = await (await app.signIn()).storageState();
  const context = await browser.newContext({ storageState, javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [path, shows] of pages()) {
    await test.step(path, async () => {
      const url = `${app.posthorn.url}/main/${path}`;
      // The first to ask for a part of a page waits until the server has loaded it.
      await page.goto(url);
      await page.goto(url);
      await expect.soft(shows(page).first(), path).toBeVisible({ timeout: 5_000 });
      await expect.soft(page.locator("[aria-busy=true]:visible"), path).toHaveCount(0);
    });
  }
  await context.close();
});

test("a page asks the API for nothing that it arrived with, and agrees with it in another time zone", async ({
  browser,
}) => {
  const storageState = await (await app.signIn()).storageState();
  const context = await browser.newContext({ storageState, timezoneId: "Pacific/Auckland" });
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  for (const [path, shows] of pages()) {
    await test.step(path, async () => {
      asked.length = 0;
      await page.goto(`${app.posthorn.url}/main/${path}`);
      await expect(shows(page).first()).toBeVisible();
      const again = asked.filter((one) => /^\/api\/v1\/(api-keys|emails|workspace)$/.test(one));
      expect.soft(again, path).toEqual([]);
    });
  }
  expect(complaints).toEqual([]);
  await context.close();
});

test("a page holds nothing that its reader may not see", async () => {
  const viewer = await app.signIn(await app.makePerson("viewer", ["main"]));
  const emails = await viewer.get("/main/settings/emails");
  expect(emails.status()).toBe(200);
  expect(await emails.text()).not.toContain("Test email from Posthorn");

  const other = await app.makeWorkspace();
  const stranger = await app.signIn(await app.makePerson("owner", [other.slug]));
  for (const path of ["developers/webhooks", `developers/webhooks/${webhooks.crm.id}`]) {
    const answer = await stranger.get(`/main/${path}`);
    expect([path, answer.status()]).toEqual([path, 404]);
    expect(await answer.text()).not.toContain("CRM sync");
  }
  const foreign = await stranger.get(`/${other.slug}/developers/webhooks/${webhooks.crm.id}`);
  expect(await foreign.text()).not.toContain("CRM sync");
});
