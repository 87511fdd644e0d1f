import { writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { backoffFailures } from "@/lib/core/endpoint-state";
import { type CertificateAuthority, createCertificateAuthority } from "@/lib/testing/certificate-authority";
import { gate, type Received, startTestReceiver, type TestReceiver } from "@/lib/testing/test-receiver.mjs";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

const dayMs = 86_400_000;
const invoices = 24;
const later = 12;
const products = 3;

let app: ApiUnderTest;
let api: APIRequestContext;
let authority: CertificateAuthority;
let ledger: TestReceiver;
/** By the path of a webhook: the numbers of the events that its receiver has answered with 200, in time. */
const taken = new Map<string, Set<number>>();

test.beforeAll(async () => {
  authority = await createCertificateAuthority();
  const trusted = test.info().outputPath("authority.pem");
  await writeFile(trusted, authority.cert);
  ledger = await startTestReceiver({ certificate: await authority.issue() });
  app = await startApi({ NODE_EXTRA_CA_CERTS: trusted });
  api = await app.requestsOf(app.bootstrap.apiKey);
});

test.afterAll(async () => {
  await Promise.all([app?.stop(), ledger?.close()]);
});

/** Numbers of a type's events, from 0 on, as they were published. */
const published = new Map<string, number>();

async function publish(type: string, count: number): Promise<void> {
  const first = published.get(type) ?? 0;
  published.set(type, first + count);
  const events = Array.from({ length: count }, (_, index) => ({ type, data: { number: first + index } }));
  expect((await api.post("/api/v1/events/batch", { data: { events } })).status()).toBe(202);
}

async function addWebhook(data: Record<string, unknown>): Promise<EndpointOutput> {
  const made = await api.post("/api/v1/endpoints", { data });
  expect(made.status(), await made.text()).toBe(201);
  return made.json();
}

const numberOf = (body: string): number => JSON.parse(body).data.number;

/** Has both receivers take what comes. */
function recover(): void {
  app.receiver.answer = take;
  ledger.answer = take;
}

function take(response: ServerResponse, { path, body }: Received): void {
  // Who does not wait for the answer any more has not been told that it was taken.
  if (response.destroyed) return;
  taken.set(path, (taken.get(path) ?? new Set()).add(numberOf(body)));
  response.end("ok");
}

const missing = (path: string, type: string) =>
  Array.from({ length: published.get(type) ?? 0 }, (_, number) => number).filter(
    (number) => !taken.get(path)?.has(number),
  );

async function dragOver(page: Page, [from, to]: [from: number, to: number]): Promise<void> {
  const box = await page.getByRole("slider", { name: "Time", exact: true }).boundingBox();
  if (!box) throw new Error("there are no bars");
  await page.mouse.move(box.x + box.width * from, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, box.y + 30, { steps: 4 });
  await page.mouse.up();
}

test("an outage of three webhooks is found, understood and repaired, and each event arrives", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const session = await app.signIn();
  const context = await browser.newContext({ storageState: await session.storageState() });
  const page = await context.newPage();
  const log = page.getByRole("table", { name: "Event log" });
  const rows = log.locator("tbody tr:has(button)");
  const groups = page.getByRole("region", { name: "What fails" });
  const sheet = page.getByRole("region", { name: "Event", exact: true });
  const dock = page.getByRole("region", { name: "Long jobs" });
  const developers = `${app.posthorn.url}/main/developers`;

  const repaired = gate();

  const billing = await addWebhook({
    name: "Billing",
    url: `${app.receiver.origin}/billing`,
    eventTypes: ["invoice.paid"],
    retryPolicy: { retries: 0 },
  });
  await addWebhook({
    name: "Search",
    url: `${app.receiver.origin}/search`,
    eventTypes: ["product.updated"],
  });
  const books = await addWebhook({
    name: "Ledger",
    url: `${ledger.origin}/ledger`,
    eventTypes: ["invoice.paid"],
  });

  /** Waits until both have failed more often than that in a row. */
  const failMoreOften = async (failures: number) => {
    for (const { id } of [billing, books])
      await expect
        .poll(async () => (await (await api.get(`/api/v1/endpoints/${id}`)).json()).consecutiveFailures)
        .toBeGreaterThan(failures);
  };

  await test.step("before it, everything is delivered", async () => {
    recover();
    await publish("invoice.paid", 2);
    await publish("product.updated", 1);
    for (const [path, type] of [
      ["/billing", "invoice.paid"],
      ["/ledger", "invoice.paid"],
      ["/search", "product.updated"],
    ] as const)
      await expect.poll(() => missing(path, type)).toEqual([]);
  });

  await test.step("then one fails in two ways, one does not answer, and one's certificate has expired", async () => {
    const [from, to] = [new Date(Date.now() - 30 * dayMs), new Date(Date.now() - dayMs)];
    ledger.certify(await authority.issue({ from, to }));
    app.receiver.answer = async (response, request) => {
      if (request.path === "/search") {
        await repaired.opened;
        return take(response, request);
      }
      const number = numberOf(request.body);
      const text = number % 2 === 0 ? `db pool exhausted (conn ${number})` : `out of memory, job ${number}`;
      response.writeHead(500).end(text);
    };
    await publish("product.updated", products);
    await publish("invoice.paid", invoices);
    await failMoreOften(backoffFailures - 1);
    await publish("invoice.paid", later);
  });

  await test.step("the log says what fails, and the bars when", async () => {
    await page.goto(`${developers}/events`);
    for (const text of [/× 500 “db pool exhausted \(conn …\)”/, /× 500 “out of memory, job …”/])
      await expect(groups.getByText(text)).toBeVisible();
    await page.getByRole("button", { name: "Last 15 minutes" }).click();
    await expect(page.locator("[data-outcome=failed]").last()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("a group leads to its events, and the sheet to what was answered", async () => {
    await groups.getByRole("button", { name: /^Show: .*out of memory/ }).click();
    await expect(page).toHaveURL(/group=fgr_/);
    await expect(rows.first()).toContainText("500");
    await rows.first().getByRole("button").first().click();
    await expect(sheet).toContainText("The webhook answered 500 Internal Server Error");
    await expect(sheet.getByText(/out of memory, job \d+/).first()).toBeVisible();
    await page.keyboard.press("Escape");
    await groups.getByRole("button", { name: /^Show all: .*out of memory/ }).click();
  });

  await test.step("one whose certificate has expired says when", async () => {
    await groups.getByRole("button", { name: /^Show: .*The certificate expired on \d+ \w+ \d{4}/ }).click();
    await rows.first().getByRole("button").first().click();
    await expect(sheet).toContainText(/The certificate expired on \d+ \w+ \d{4}/);
    await page.keyboard.press("Escape");
    await groups.getByRole("button", { name: /^Show all: / }).click();
  });

  await test.step("what was not answered says so, once it has waited for long enough", async () => {
    // Of four groups each is shown: none has to be looked for.
    await expect(groups.getByText(`${products} × No complete response within 15 seconds`)).toBeVisible({
      timeout: 60_000,
    });
  });

  await test.step("once the receivers are repaired, what waits is sent by Try now, from the page and the list", async () => {
    // Their next tries come in two minutes, so that it is Try now that sends.
    await failMoreOften(backoffFailures);
    ledger.certify(await authority.issue());
    recover();
    repaired.open();
    await page.goto(`${developers}/webhooks/${billing.id}`);
    const banner = page.getByRole("region", { name: "State of the webhook" });
    await expect(banner).toContainText(/\d+ events waiting, the oldest for/);
    await banner.getByRole("button", { name: "Try now" }).click();
    await expect(page.getByText(/^\d+ events delivered in \d+ s$/)).toBeVisible();
    await expect(banner).toHaveCount(0);

    await page.goto(`${developers}/webhooks`);
    await expect(page.getByRole("row").filter({ hasText: "Ledger" })).toContainText("Failing");
    await page.getByRole("button", { name: "Actions for Ledger" }).click();
    await page.getByRole("menuitem", { name: "Try now" }).click();
    await expect(page.getByText(/^\d+ events delivered in \d+ s$/)).toBeVisible();
    await expect.poll(() => missing("/ledger", "invoice.paid")).toEqual([]);
  });

  await test.step("what had failed for good, or is to be retried later, is sent again by its time", async () => {
    await page.goto(`${developers}/events?range=15m`);
    await expect(rows.first()).toBeVisible();
    await dragOver(page, [0.4, 0.999]);
    await expect(page).toHaveURL(/[?&]from=.*[?&]to=/);
    await page.getByRole("button", { name: "Status", exact: true }).click();
    const statuses = page.getByRole("dialog", { name: "Status" });
    for (const name of ["Failed", "Retrying"]) await statuses.getByRole("checkbox", { name }).check();
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(/status=/);
    await page.getByRole("button", { name: "Send all again…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(/Billing \(\d+\)/);
    await dialog.getByRole("button", { name: /^Send \d+ events$/ }).click();
    await expect(dock).toContainText("Replayed");
  });

  await test.step("then no event is missing, and nothing fails any more", async () => {
    await expect.poll(() => missing("/billing", "invoice.paid")).toEqual([]);
    await expect.poll(() => missing("/search", "product.updated"), { timeout: 60_000 }).toEqual([]);
    expect(missing("/ledger", "invoice.paid")).toEqual([]);
    await page.goto(`${developers}/events?status=failed`);
    await expect(page.getByText("Nothing has failed for good")).toBeVisible();
    await expect(groups).toHaveCount(0);
  });
  await context.close();
});
