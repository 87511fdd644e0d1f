import { expect } from "@playwright/test";
import { startSmtpServer, type TestSmtpServer } from "@/lib/testing/smtp-server";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let smtp: TestSmtpServer;
let app: ApiUnderTest;

test.beforeAll(async () => {
  smtp = await startSmtpServer();
  app = await startApi({
    SMTP_URL: smtp.url,
    EMAIL_FROM: "Posthorn <hooks@example.com>",
    POSTHORN_RETRY_SCALE: "0.00001",
  });
});

test.afterAll(async () => {
  await app?.stop();
  await smtp?.close();
});

const sentSubjects = () => smtp.emails.map(({ headers }) => headers.get("subject"));

test("every owner gets an email by SMTP when a webhook keeps failing, and the page says that it was sent", async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const other = await app.makePerson("owner", ["main"]);
  await app.makePerson("developer", ["main"]);
  const api = await app.requestsOf(app.bootstrap.apiKey);
  app.receiver.reply({ status: 500 });
  await api.post("/api/v1/endpoints", { data: { url: `${app.receiver.origin}/hooks`, name: "Billing" } });
  await api.post("/api/v1/events", { data: { type: "invoice.paid", data: {} } });
  await expect
    .poll(() => smtp.emails.flatMap(({ recipients }) => recipients).toSorted(), { timeout: 120_000 })
    .toEqual([other.email, app.bootstrap.email].flatMap((owner) => [owner, owner, owner, owner]).toSorted());
  expect(new Set(sentSubjects()).size).toBe(4);

  const session = await app.signIn();
  const page = await (await browser.newContext({ storageState: await session.storageState() })).newPage();
  await page.goto(`${app.posthorn.url}/main/settings`);
  await page.getByRole("link", { name: "Emails" }).click();
  await expect(page.getByText("They are sent by SMTP, from hooks@example.com.")).toBeVisible();
  const rows = page.getByRole("table", { name: /^Emails to owners/ }).getByRole("row");
  await expect(rows).toHaveCount(1 + 8);
  await expect(rows.filter({ hasText: "Sent" })).toHaveCount(8);
  await expectAccessible(page);
  await page.context().close();
});

test("a test email says on the page why the server did not take it, and that it did", async ({ browser }) => {
  const session = await app.signIn();
  const page = await (await browser.newContext({ storageState: await session.storageState() })).newPage();
  await page.goto(`${app.posthorn.url}/main/settings/emails`);
  const rows = page.getByRole("row").filter({ hasText: "Test email from Posthorn" });
  smtp.refuse(451);
  await page.getByRole("button", { name: "Send a test email to me" }).click();
  await expect(rows.nth(0)).toContainText("Retrying");
  await rows.nth(0).getByRole("button").click();
  const sheet = page.getByRole("dialog");
  await expect(sheet).toContainText(
    /The SMTP server refused the sender or the recipient: 451 not now \(1 try/,
  );
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  smtp.refuse(null);
  await page.getByRole("button", { name: "Send a test email to me" }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText("Sent");
  expect(sentSubjects()).toContain("Test email from Posthorn");
  await page.context().close();
});
