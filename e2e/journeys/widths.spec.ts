import { expect, type Page } from "@playwright/test";
import { insertMembership } from "@/db/queries/workspaces";
import { expectFits } from "../support/expect-fits";
import { type LongWebhooks, longWords, seedLongWords, wideStates } from "../support/long-words";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

const widths = [1_280, 1_024, 768, 390, 320];

let app: ApiUnderTest;
let webhooks: LongWebhooks;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await startApi();
  const { sql, db } = app.database;
  const session = await app.signIn();
  const other = await app.makeWorkspace();
  const [user] = await sql<{ id: string }[]>`
    update users set name = ${longWords.name}, email = ${`${longWords.name}@example.com`} returning id`;
  await insertMembership(db, { workspaceId: other.id, userId: user?.id ?? "", role: "owner" });
  await sql`update workspaces set name = ${longWords.workspace}`;
  webhooks = await seedLongWords(session, app.receiver);
  const failing = async () => (await session.get(`/api/v1/endpoints/${webhooks.failing.id}`)).json();
  await expect
    .poll(async () => (await failing()).consecutiveFailures, { timeout: 60_000 })
    .toBeGreaterThan(4);
  const storageState = await session.storageState();
  page = await (await browser.newContext({ storageState, reducedMotion: "reduce" })).newPage();
  page.setDefaultTimeout(20_000);
});

test.afterAll(async () => {
  await page?.context().close();
  await app?.stop();
});

test("no page is wider than its window, whatever names are in it", async () => {
  test.setTimeout(300_000);
  for (const [name, { path, ready }] of Object.entries(wideStates(webhooks))) {
    await test.step(name, async () => {
      await page.setViewportSize({ width: 1_280, height: 800 });
      await page.goto(app.posthorn.url + path);
      await ready(page);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        await expectFits(page, name);
      }
    });
  }
});

test("the list of webhooks leaves room for names, and for the menu of each", async () => {
  await page.goto(`${app.posthorn.url}/main/developers/webhooks`);
  for (const width of [900, 1_024, 1_280, 1_440]) {
    await page.setViewportSize({ width, height: 800 });
    const name = await page.getByRole("link", { name: longWords.name }).first().boundingBox();
    const menu = await page
      .getByRole("button", { name: `Actions for ${longWords.name}` })
      .first()
      .boundingBox();
    expect.soft(name?.width, `name at ${width}`).toBeGreaterThan(150);
    expect.soft((menu?.x ?? width) + (menu?.width ?? 0), `menu at ${width}`).toBeLessThan(width);
  }
});

test("on a narrow phone the menu of a disabled webhook is beside the button that enables it", async () => {
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(`${app.posthorn.url}/main/developers/webhooks/${webhooks.disabled.id}`);
  const enable = await page.getByRole("button", { name: "Enable webhook" }).boundingBox();
  const menu = await page.getByRole("button", { name: `Actions for ${longWords.name}` }).boundingBox();
  expect(menu?.y).toBe(enable?.y);
});
