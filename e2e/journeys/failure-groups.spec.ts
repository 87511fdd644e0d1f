import { readFile } from "node:fs/promises";
import { type APIRequestContext, expect } from "@playwright/test";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let owner: APIRequestContext;

test.beforeAll(async () => {
  app = await startApi();
  owner = await app.signIn();
});
test.afterAll(() => app?.stop());

test("an outage with two bodies: its groups are shown, one is filtered by, exported and sent again", async ({
  browser,
}) => {
  const { receiver } = app;
  const made = await owner.post("/api/v1/endpoints", {
    data: { url: `${receiver.origin}/outage`, name: "Outage", eventTypes: ["outage.a", "outage.b"] },
  });
  expect(made.status(), await made.text()).toBeLessThan(300);
  let n = 0;
  receiver.reply(() => {
    n += 1;
    return { status: 500, body: n % 3 === 0 ? `out of memory, job ${n}` : `db pool exhausted (conn ${n})` };
  });
  for (const type of ["outage.a", "outage.b", "outage.a", "outage.b"])
    await owner.post("/api/v1/events", { data: { type, data: {} } });

  const context = await browser.newContext({
    storageState: await owner.storageState(),
    acceptDownloads: true,
  });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/main/developers/events`);
  const groups = page.getByRole("region", { name: "What fails" });
  await expect(groups.getByText(/× 500 “db pool exhausted \(conn …\)”/)).toBeVisible();
  await expect(groups.getByText(/1 × 500 “out of memory, job …”/)).toBeVisible();

  // Only one of both has a number on its button.
  const places = async (name: RegExp) =>
    (
      await Promise.all((await groups.getByRole("button", { name }).all()).map((one) => one.boundingBox()))
    ).map((box) => [box?.x, box?.width]);
  for (const name of [/^Show: /, /^Send .*again…: /]) {
    const [first, second, ...more] = await places(name);
    expect(more).toEqual([]);
    expect(second).toEqual(first);
  }

  await groups.getByRole("button", { name: /^Show: .*out of memory/ }).click();
  await expect(page).toHaveURL(/group=fgr_/);
  await expect(page.getByRole("table", { name: "Event log" }).locator("tbody tr:has(button)")).toHaveCount(1);

  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /^CSV, for/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^main-events-.*\.csv$/);
  const [, ...lines] = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(",outage.");

  receiver.reply(() => ({ status: 200 }));
  await groups.getByRole("button", { name: "Send again…" }).click();
  await expect(page.getByRole("heading", { name: "Send 1 event again?" })).toBeVisible();
  await page.getByRole("button", { name: "Send 1 event", exact: true }).click();
  await expect(groups.getByText(/out of memory/)).toBeHidden({ timeout: 15_000 });
  await context.close();
});
