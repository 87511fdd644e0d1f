import { expect, type Locator } from "@playwright/test";
import { gate, startTestReceiver, type TestReceiver } from "@/lib/testing/test-receiver.mjs";
import { openPageChecker } from "../support/check-page";
import { type Posthorn, startPosthorn } from "../support/start-posthorn.mjs";
import { test } from "../support/test";

let posthorn: Posthorn;
let receiver: TestReceiver;

test.beforeAll(async () => {
  // Retries come after 0.6 s, 7 s and 90 s: two of them are waited for, and the third leaves time to act before it.
  const env = { POSTHORN_RETRY_SCALE: "0.05" };
  [posthorn, receiver] = await Promise.all([startPosthorn({ env }), startTestReceiver()]);
});

test.afterAll(async () => {
  await Promise.all([posthorn?.stop(), receiver?.close()]);
});

test("the page that sets up", async ({ browser }) => {
  const checker = await openPageChecker(browser);
  await checker.check(`${posthorn.url}/setup`, (page) =>
    expect(page.getByRole("heading", { name: "Set up Posthorn" })).toBeVisible(),
  );
  await checker.close();
});

test("from an empty folder to a failed event that is retried and succeeds", async ({ page, request }) => {
  const webhookUrl = `${receiver.origin}/webhooks`;
  const sheet = page.getByRole("region", { name: "Event", exact: true });
  const log = page.getByRole("table", { name: "Event log" });
  const steps = page.getByRole("region", { name: "Next steps" });
  let apiKey = "";

  await test.step("set up the first account and workspace", async () => {
    await page.goto(posthorn.url);
    await expect(page).toHaveURL(`${posthorn.url}/setup`);
    await page.getByLabel("Your name").fill("Ana Lima");
    await page.getByLabel("Email").fill("ana@example.com");
    await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await page.getByLabel("Workspace").fill("Acme");
    await expect(page.getByLabel("Add a sample catalogue of event types")).toBeChecked();
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page).toHaveURL(`${posthorn.url}/acme/developers/webhooks`);
  });

  await test.step("add a webhook, and give its token to the receiver", async () => {
    await page.getByRole("link", { name: "Add a webhook" }).click();
    await page.getByLabel("URL", { exact: true }).fill(webhookUrl);
    await page.getByLabel("Name").fill("Billing");
    await expect(page.getByLabel("All events, including future ones")).toBeChecked();
    await page.getByRole("button", { name: "Add webhook" }).click();
    await expect(page.getByRole("heading", { name: "Billing", exact: true })).toBeVisible();
    await expect(page).toHaveTitle("Billing · Acme · Posthorn");
    await expect(page.getByText("No traffic").locator("..").locator("..")).toContainText("yet");
    await expect(steps).not.toContainText("done");

    await page.getByRole("button", { name: "Reveal the signature token of Billing" }).click();
    const token = page.getByText(/^whsec_[A-Za-z0-9+/=]+$/);
    receiver.trust((await token.textContent()) ?? "");
    await expect(steps).toContainText("Give your receiver the signature token: done");
  });

  await test.step("send a test event", async () => {
    await page.getByRole("button", { name: "Send test event" }).click();
    const dialog = page.getByRole("dialog", { name: "Send test event" });
    await dialog.getByRole("combobox", { name: "Event type" }).click();
    await page.getByRole("option", { name: "customer.created" }).click();
    await dialog.getByRole("button", { name: "Send test event" }).click();
    await expect(dialog.getByText(/^Answered 200 in /)).toBeVisible();
    expect(receiver.received).toMatchObject([
      { path: "/webhooks", type: "customer.created", signatureProblem: null },
    ]);
    // The response is to what was sent, not to what the field contains now.
    await dialog.getByRole("textbox", { name: "Data" }).fill('{ "id": "cus_2" }');
    await expect(dialog.getByText(/^Answered 200 in /)).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(steps).toContainText("It answered with 2xx: done");
  });

  await test.step("the log is empty but for the test, which Show tests lists", async () => {
    await expect(page.getByRole("status").filter({ hasText: "Waiting for the first event…" })).toBeVisible();
    await page.getByLabel("Show tests").click();
    await expect(rowOf(log, "customer.created")).toContainText("Test");
    await page.getByLabel("Show tests").click();
    await expect(page.getByRole("status").filter({ hasText: "Waiting for the first event…" })).toBeVisible();
  });

  await test.step("make an API key", async () => {
    await page.getByRole("link", { name: "API keys" }).click();
    await page.getByRole("button", { name: "Create API key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Billing service");
    await expect(dialog.getByLabel("Publish events")).toBeChecked();
    await dialog.getByRole("button", { name: "Create key" }).click();
    apiKey = (await dialog.getByRole("region", { name: "API key" }).textContent()) ?? "";
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("row", { name: /Billing service/ })).toBeVisible();
  });

  const publish = async (type: string, data: unknown) => {
    const answer = await request.post(`${posthorn.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${apiKey}` },
      data: { type, data },
    });
    expect(answer.status(), await answer.text()).toBe(202);
    expect(await answer.json()).toMatchObject({ type, deliveries: 1 });
  };

  await test.step("publish with it, and see the event in the log, without the test", async () => {
    await publish("invoice.paid", { id: "inv_1", totalCents: 12900 });
    await page.getByRole("link", { name: "Event log" }).click();
    await expect(rowOf(log, "invoice.paid")).toContainText("Succeeded");
    await expect(rowOf(log, "invoice.paid")).toContainText("Billing");
    await expect(rowOf(log, "customer.created")).toHaveCount(0);
    await page.getByLabel("Show tests").click();
    await expect(rowOf(log, "customer.created")).toBeVisible();
    await page.getByLabel("Show tests").click();
    await expect(rowOf(log, "customer.created")).toHaveCount(0);
    expect(receiver.received.at(-1)).toMatchObject({ type: "invoice.paid", signatureProblem: null });
    expect(receiver.received.at(-1)?.body).toContain('"data":{"id":"inv_1","totalCents":12900}');
  });

  const failing = rowOf(log, "invoice.payment_failed");

  await test.step("the receiver breaks: the sheet says the error and the next retry", async () => {
    receiver.reply({ status: 500, body: '{"error":"db pool exhausted"}' });
    await publish("invoice.payment_failed", { id: "inv_2" });
    await page.getByRole("button", { name: "1 new" }).click();
    await failing.getByRole("button", { name: "invoice.payment_failed" }).click();
    await expect(sheet.getByText("The webhook answered 500 Internal Server Error")).toBeVisible();
    await expect(sheet.getByRole("region", { name: "response body", exact: true })).toContainText(
      "db pool exhausted",
    );
    // Two retries by itself, each shown in place; the third is far enough to act before it.
    await expect(sheet.getByRole("heading", { name: "Attempts · 3" })).toBeVisible({ timeout: 30_000 });
    await expect(sheet.getByText(/^Retry 3 at .* in 1 min /)).toBeVisible();
    await expect(propertyOf(sheet, "Next retry")).toContainText(/in 1 min /);
    await expect(propertyOf(sheet, "Number of retries")).toHaveText("2");
    await expect(failing).toContainText("Retrying");
    await expect(failing).toContainText("500");
  });

  await test.step("it recovers: Retry, and row and sheet change in place", async () => {
    const held = gate();
    receiver.reply({ status: 200, body: '{"received":true}', after: held.opened });
    await failing.evaluate((row) => row.setAttribute("data-kept", ""));
    await sheet.getByRole("button", { name: "Send again" }).click();
    await expect(sheet.getByRole("button", { name: "Sending…" })).toBeVisible();
    await expect(failing).toContainText("Sending…");
    held.open();
    await expect(failing).toContainText("Succeeded");
    await expect(failing).toContainText("200");
    await expect(failing).toHaveAttribute("data-kept");
    await expect(sheet.getByRole("heading", { name: "Attempts · 4" })).toBeVisible();
    await expect(sheet.getByRole("heading", { name: "Error" })).toHaveCount(0);
    await expect(propertyOf(sheet, "Response")).toHaveText("200 OK");
    await expect(sheet.getByText("manual")).toBeVisible();
  });

  await test.step("each request was signed, and each attempt of the delivery had the same key", async () => {
    expect(receiver.received.filter((one) => one.signatureProblem)).toEqual([]);
    const attempts = receiver.received.filter((one) => one.type === "invoice.payment_failed");
    expect(attempts).toHaveLength(4);
    const keys = new Set(attempts.map((one) => one.headers["webhook-id"]));
    expect(keys.size).toBe(1);
    await expect(propertyOf(sheet, "Unique key")).toContainText([...keys].join());
    const others = new Set(receiver.received.map((one) => one.headers["webhook-id"]));
    expect(others.size).toBe(3);
  });

  await test.step("the address alone leads a colleague to the same sheet", async () => {
    await page.reload();
    await expect(sheet.getByRole("heading", { name: "Attempts · 4" })).toBeVisible();
    await expect(failing).toContainText("Succeeded");
  });
});

/** The row of a delivery by its event's type. */
function rowOf(log: Locator, type: string): Locator {
  return log.getByRole("row").filter({ has: log.page().getByRole("button", { name: type, exact: true }) });
}

/** The value beside a name in the sheet. */
function propertyOf(sheet: Locator, name: string): Locator {
  const term = sheet.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) });
  return term.locator("xpath=following-sibling::dd[1]");
}
