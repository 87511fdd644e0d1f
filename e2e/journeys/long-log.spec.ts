import { expect, type Page } from "@playwright/test";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;

const eventCount = 2_100;
/** More than a page may hold, of however many there are. */
const standingMax = 200;

test.beforeAll(async () => {
  app = await startApi();
  const api = await app.requestsOf(app.bootstrap.apiKey);
  app.receiver.reply({ status: 200 });
  const added = await api.post("/api/v1/endpoints", { data: { url: `${app.receiver.origin}/long` } });
  expect(added.status()).toBe(201);
  for (let first = 0; first < eventCount; first += 420) {
    const events = Array.from({ length: 420 }, (_, index) => ({
      type: "order.placed",
      data: { number: first + index },
    }));
    expect((await api.post("/api/v1/events/batch", { data: { events } })).status()).toBe(202);
  }
  await expect.poll(() => app.receiver.received.length).toBeGreaterThanOrEqual(eventCount);
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

const logAddress = () => `${app.posthorn.url}/main/developers/events`;
const buttonsOf = (page: Page) => page.locator("[id^=row-dlv_], [id^=row-evt_]");
const focusedRow = (page: Page) => page.evaluate(() => document.activeElement?.id ?? "");

/** Goes to the end of the page again and again, until all rows are listed; never more stand in the page than may. */
async function scrollToTheEnd(page: Page): Promise<void> {
  const more = page.getByRole("button", { name: "Load more" });
  await expect(async () => {
    await page.keyboard.press("End");
    expect(await buttonsOf(page).count()).toBeLessThanOrEqual(standingMax);
    expect(await more.count()).toBe(0);
  }).toPass({ intervals: [50] });
  // The page may have grown since the key was pressed.
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(buttonsOf(page).last()).toBeInViewport({ timeout: 2_000 });
  }).toPass();
}

/** Waits for the end of what the End key set in motion, too: the browser scrolls smoothly. */
async function scrollToTheMiddle(page: Page): Promise<void> {
  const stands = () =>
    page.evaluate(async () => {
      window.scrollTo(0, document.body.scrollHeight / 2);
      const before = window.scrollY;
      for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
      return window.scrollY === before;
    });
  await expect.poll(stands).toBe(true);
}

test("of thousands of rows only those in sight stand in the page, and the keyboard goes through all of them", async ({
  page,
}) => {
  await page.goto(logAddress());
  const table = page.getByRole("table", { name: "Event log" });
  await expect(buttonsOf(page)).toHaveCount(50);
  await expect(table).toHaveAttribute("aria-rowcount", "-1");
  const newest = await buttonsOf(page).first().getAttribute("id");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await scrollToTheEnd(page);
  // Besides the rows: the head of the table, and that of the day (of two, if it turns meanwhile).
  expect(Number(await table.getAttribute("aria-rowcount")) - eventCount).toBeGreaterThanOrEqual(2);

  const oldest = buttonsOf(page).last();
  await expect(oldest).toBeInViewport();
  const last = table.getByRole("row").last();
  expect(await last.getAttribute("aria-rowindex")).toBe(await table.getAttribute("aria-rowcount"));
  // The row in focus is far above by now: from there it goes on, and what was selected is so still.
  expect(await focusedRow(page)).toBe(newest);
  await expect(page.getByText("1 selected")).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.locator(":focus")).toBeInViewport();
  const second = await focusedRow(page);
  expect(second).not.toBe(newest);
  await page.keyboard.press("k");
  expect(await focusedRow(page)).toBe(newest);

  await page.keyboard.press("End");
  await expect(oldest).toBeInViewport();
  await oldest.focus();
  for (let row = 0; row < 3; row += 1) await page.keyboard.press("k");
  await page.keyboard.press("Shift+X");
  await expect(page.getByText(/^1,000 selected/)).toBeVisible();
  expect(await buttonsOf(page).count()).toBeLessThanOrEqual(standingMax);
});

test("the open row stays in the page and is returned to, and a link to one that is listed leads to it", async ({
  page,
}) => {
  await page.goto(logAddress());
  const sheet = page.getByRole("region", { name: "Event", exact: true });
  await buttonsOf(page).nth(45).click();
  await expect(sheet.getByRole("heading", { name: "Payload" })).toBeVisible();
  const opened = page.locator("[aria-expanded=true][id^=row-]");
  await scrollToTheEnd(page);
  await expect(opened).toHaveCount(1);
  await expect(opened).not.toBeInViewport();
  await sheet.getByRole("button", { name: "Next event" }).click();
  await expect(opened).toBeInViewport();
  await page.keyboard.press("j");
  await expect(opened).toBeInViewport();
  const id = await opened.getAttribute("id");
  await page.reload();
  await expect(sheet.getByRole("heading", { name: "Payload" })).toBeVisible();
  await expect(opened).toHaveAttribute("id", id ?? "");
  await expect(opened).toBeInViewport();
});

test("columns stay where they are, whatever rows come into sight and in whatever room", async ({ page }) => {
  for (const path of ["", "?view=published"]) {
    await page.goto(logAddress() + path);
    await expect(buttonsOf(page).first()).toBeVisible();
    const room = () =>
      page.evaluate(() => {
        const widths = [...document.querySelectorAll("thead th")].map((cell) => cell.clientWidth);
        return {
          all: document.querySelector("table")?.clientWidth,
          sum: widths.reduce((a, b) => a + b),
          widths,
        };
      });
    for (const width of [1_440, 1_024, 800]) {
      await page.setViewportSize({ width, height: 800 });
      const before = await room();
      // No column is empty.
      expect(before.sum).toBe(before.all);
      // A status, a type and a duration that are longer than any other.
      await page.evaluate(() => {
        for (const cell of document.querySelectorAll("tbody tr:has([id^=row-]) td"))
          cell.append("x".repeat(99));
      });
      expect(await room()).toEqual(before);
    }
  }
});

/** Whether the row in the middle of the window is rendered, and those well above and below it. */
const standsAround = (page: Page) =>
  page.evaluate(() => {
    const middle = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
    const index = Number(middle?.closest<HTMLElement>("tr[data-index]")?.dataset.index);
    return [-20, 20].every((by) => document.querySelector(`tr[data-index="${index + by}"]`));
  });

/** Scrolls by one row a frame; counts the rows that are rendered meanwhile, and what changes in those that stay. */
const scrollByRows = (page: Page, count: number) =>
  page.evaluate(async (count) => {
    const table = document.querySelector("main table");
    if (!table) throw new Error("There is no table");
    const added = new Set<Node>();
    const seen = { added: 0, addedAtOnce: 0, changedInPlace: [] as string[] };
    const observer = new MutationObserver((changes) => {
      const before = added.size;
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) {
          if (node instanceof HTMLTableRowElement && node.dataset.index !== undefined) added.add(node);
        }
      }
      seen.addedAtOnce = Math.max(seen.addedAtOnce, added.size - before);
      for (const { target, type, attributeName } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const row = element?.closest("tr[data-index]");
        if (row && !added.has(row))
          seen.changedInPlace.push(`${attributeName ?? type} in ${row.getAttribute("data-index")}`);
      }
    });
    observer.observe(table, { subtree: true, childList: true, attributes: true, characterData: true });
    for (let row = 0; row < count; row += 1) {
      window.scrollBy(0, 36);
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    }
    observer.disconnect();
    return { ...seen, added: added.size };
  }, count);

test("while it is scrolled, a few rows are rendered at a time, those that stay are left alone, and nothing is drawn twice", async ({
  page,
}) => {
  for (const [address, name] of [
    [logAddress(), "Event log"],
    [`${logAddress()}?view=published`, "Published events"],
  ] as const) {
    await page.goto(address);
    const table = page.getByRole("table", { name });
    await expect(buttonsOf(page).first()).toBeVisible();
    await scrollToTheEnd(page);
    await scrollToTheMiddle(page);
    await expect.poll(() => standsAround(page)).toBe(true);
    const seen = await scrollByRows(page, 80);
    expect(seen.added).toBeGreaterThanOrEqual(70);
    expect(seen.added).toBeLessThanOrEqual(100);
    expect(seen.addedAtOnce).toBeLessThanOrEqual(8);
    expect(seen.changedInPlace).toEqual([]);
    expect(await buttonsOf(page).count()).toBeLessThanOrEqual(80);
    // Collapsed borders are drawn again with every new row, and fading rows in every frame.
    await expect(table).toHaveCSS("border-collapse", "separate");
    await expect(table.locator("tr[data-index]").last()).toHaveCSS("transition-duration", "0s");
  }
});

test("nothing moves while what is in sight is read again, and far pages are left alone", async ({ page }) => {
  await page.goto(logAddress());
  await scrollToTheEnd(page);
  await scrollToTheMiddle(page);
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("tr:has([id^=row-])")]
        .map((row) => [row.getAttribute("data-index"), Math.round(row.getBoundingClientRect().top)] as const)
        .filter(([, top]) => top > 0 && top < window.innerHeight),
    );
  await expect.poll(async () => (await places()).length).toBeGreaterThan(10);
  const before = await places();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (/deliveries\?.*id=dlv_/.test(request.url())) asked.push(request.url());
  });
  // When the first is asked for again, one reading is over: of the pages around what is in sight.
  await expect.poll(() => new Set(asked).size < asked.length, { timeout: 60_000 }).toBe(true);
  expect(new Set(asked).size).toBeLessThanOrEqual(5);
  expect(await places()).toEqual(before);
});

test("published events stand in the page the same way", async ({ page }) => {
  await page.goto(`${logAddress()}?view=published`);
  await expect(buttonsOf(page).first()).toBeVisible();
  await scrollToTheEnd(page);
  await expect(page.getByRole("table", { name: "Published events" })).toHaveAttribute(
    "aria-rowcount",
    String(eventCount + 1),
  );
  await expect(buttonsOf(page).last()).toBeInViewport();
});

test("on a phone they are a list of which only what is in sight stands in the page", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(logAddress());
  await expect(buttonsOf(page).first()).toBeVisible();
  await scrollToTheEnd(page);
  const last = page.locator("li:has([id^=row-])").last();
  await expect(last).toBeInViewport();
  expect(await last.getAttribute("aria-posinset")).toBe(await last.getAttribute("aria-setsize"));
});
