import { type APIRequestContext, expect, type Page } from "@playwright/test";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let api: APIRequestContext;

test.beforeAll(async () => {
  app = await startApi();
  api = await app.requestsOf(app.bootstrap.apiKey);
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

/** A webhook for one type, and the sheet of the one event that it was sent. */
async function openSheet(page: Page, type: string, path: string) {
  const data = { url: `${app.receiver.origin}${path}`, name: `Webhook of ${type}`, eventTypes: [type] };
  const added = await api.post("/api/v1/endpoints", { data });
  expect(added.status(), await added.text()).toBe(201);
  const endpoint: EndpointOutput = await added.json();
  await api.post("/api/v1/events", { data: { type, data: { id: "1" } } });
  const list = `/api/v1/deliveries?endpointId=${endpoint.id}`;
  await expect.poll(async () => (await (await api.get(list)).json()).data[0]?.attempts).toBe(1);
  // Its own retry, after 12 s, comes in between on a slow machine.
  await app.database.sql`update delivery_queue set due_at = now() + interval '3 hours'
    where endpoint_id = (select id from endpoints where name = ${data.name})`;
  await page.goto(`${app.posthorn.url}/main/developers/webhooks/${endpoint.id}`);
  await page.getByRole("table", { name: "Event log" }).getByRole("button", { name: type }).click();
  const sheet = page.getByRole("region", { name: "Event", exact: true });
  await expect(sheet.getByRole("heading", { name: "Attempts · 1" })).toBeVisible();
  return { endpoint, sheet };
}

const pathsOf = (type: string) =>
  app.receiver.received.filter((one) => one.type === type).map(({ path }) => path);

test("a redirect is tested, used after a question, and the event is delivered there", async ({ page }) => {
  app.receiver.reply(({ path }) =>
    path === "/old" ? { status: 302, headers: { location: "/new" } } : { status: 200 },
  );
  const { endpoint, sheet } = await openSheet(page, "redirect.found", "/old");
  const repair = sheet.getByRole("region", { name: "Repair" });
  await expect(repair).toContainText(`302 leads to ${app.receiver.origin}/new`);
  await repair.getByRole("button", { name: "Test that address" }).click();
  await expect(repair.getByText(/^It answered 200 in/)).toBeVisible();
  expect(pathsOf("redirect.found")).toEqual(["/old", "/new"]);
  await expectAccessible(page);

  await repair.getByRole("button", { name: "Use it" }).click();
  const question = page.getByRole("alertdialog", { name: `Change the URL of ${endpoint.name}?` });
  await expect(question).toContainText(`${app.receiver.origin}/new`);
  await expectAccessible(page);
  await question.getByRole("button", { name: "Cancel" }).click();
  expect((await (await api.get(`/api/v1/endpoints/${endpoint.id}`)).json()).url).toBe(endpoint.url);
  await repair.getByRole("button", { name: "Use it" }).click();
  await question.getByRole("button", { name: "Change the URL" }).click();
  await expect(page.getByText(`${endpoint.name} has a new URL`)).toBeVisible();
  await expect(repair).toHaveCount(0);
  await sheet.getByRole("button", { name: "Send again" }).click();
  await expect(sheet.getByRole("heading", { name: "Attempts · 2" })).toBeVisible();
  await expect(sheet.getByText("Succeeded", { exact: true })).toBeVisible();
  expect(pathsOf("redirect.found")).toEqual(["/old", "/new", "/new"]);
});

test("a redirect to an address that is not allowed is refused, and changes nothing", async ({ page }) => {
  app.receiver.reply({ status: 301, headers: { location: "https://169.254.169.254/latest" } });
  const { endpoint, sheet } = await openSheet(page, "redirect.metadata", "/metadata");
  const repair = sheet.getByRole("region", { name: "Repair" });
  await repair.getByRole("button", { name: "Test that address" }).click();
  await expect(repair.getByText(/169\.254\.169\.254|link-local|url:/).last()).toBeVisible();
  await repair.getByRole("button", { name: "Use it" }).click();
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: "Change the URL" }).click();
  await expect(question.getByRole("alert")).toBeVisible();
  expect((await (await api.get(`/api/v1/endpoints/${endpoint.id}`)).json()).url).toBe(endpoint.url);
});

test("a 401 shows the token and code that verifies it, and a 410 deletes or enables", async ({ page }) => {
  app.receiver.reply({ status: 401 });
  const unverified = await openSheet(page, "refused.token", "/verify");
  const repair = unverified.sheet.getByRole("region", { name: "Repair" });
  await repair.getByRole("button", { name: "Show code to verify it" }).click();
  await expect(repair.getByRole("tab", { name: "Node" })).toBeVisible();
  await expectAccessible(page);
  await repair.getByRole("button", { name: /^Reveal the/ }).click();
  await expect(repair.getByText(/^whsec_[A-Za-z0-9+/=]+$/)).toBeVisible();

  app.receiver.reply({ status: 410 });
  const gone = await openSheet(page, "refused.gone", "/gone");
  const repairOfGone = gone.sheet.getByRole("region", { name: "Repair" });
  await expect(repairOfGone.getByText("so the webhook was disabled")).toBeVisible();
  await repairOfGone.getByRole("button", { name: "Delete webhook" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  app.receiver.reply({ status: 200 });
  await repairOfGone.getByRole("button", { name: "Enable webhook" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Enable webhook" }).click();
  await expect
    .poll(async () => (await (await api.get(`/api/v1/endpoints/${gone.endpoint.id}`)).json()).status)
    .toBe("enabled");
});

test("attempts are compared: the webhook's last success with the first failure, and any two", async ({
  page,
}) => {
  const type = "compared.one";
  app.receiver.reply({ status: 200, body: "fine", headers: { server: "one" } });
  const { sheet } = await openSheet(page, type, "/compared");
  await expect(sheet.getByRole("button", { name: "Compare" })).toHaveCount(0);
  await page.keyboard.press("Escape");

  // It asks to be left alone, so that no retry of the schedule comes between what is looked at.
  const headers = { server: "two", "retry-after": "3600" };
  app.receiver.reply({ status: 503, body: "db pool exhausted", headers });
  await api.post("/api/v1/events", { data: { type, data: { id: "2" } } });
  const row = page.getByRole("row").filter({ hasText: "503" });
  await page.getByRole("button", { name: "1 new" }).click();
  await row.getByRole("button", { name: type }).click();
  await expect(sheet.getByText("The webhook subscribes to compared.one.")).toBeVisible();
  await expect(sheet.getByText("It was healthy.")).toBeVisible();
  await sheet.getByRole("button", { name: "Compare" }).click();
  const changed = sheet.getByRole("list", { name: "What changed" });
  await expect(changed).toContainText("Result");
  await expect(changed).toContainText("Response header server");
  await expect(changed.getByRole("listitem").filter({ hasText: "Response body" })).toContainText(
    /fine.*db pool exhausted/s,
  );
  await expect(sheet.getByRole("table", { name: "Time" }).getByRole("row", { name: /^Wait/ })).toBeVisible();
  await expectAccessible(page);

  app.receiver.reply({ status: 500, body: "another", headers });
  await sheet.getByRole("button", { name: "Send again" }).click();
  await expect(sheet.getByRole("heading", { name: "Attempts · 2" })).toBeVisible();
  await sheet.getByRole("combobox", { name: "Before" }).click();
  await page.getByRole("option", { name: "#1 · 503" }).click();
  await sheet.getByRole("combobox", { name: "After" }).click();
  await page.getByRole("option", { name: "#2 · 500" }).click();
  await expect(changed).not.toContainText("Response header server");
  await expect(changed).toContainText("another");
});

test("an attempt says what its time went by with and where it was sent, and the delivery can be saved", async ({
  page,
}) => {
  app.receiver.reply({ status: 200 });
  const { sheet } = await openSheet(page, "timed.one", "/timed");
  await sheet.getByText("automatic", { exact: true }).click();
  await expect(sheet.getByText("127.0.0.1", { exact: true })).toBeVisible();
  await expect(sheet.getByText("Wait", { exact: true })).toBeVisible();
  const saved = page.waitForEvent("download");
  await sheet.getByRole("button", { name: "Download as JSON, with its attempts" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^dlv_[0-9a-f]{32}\.json$/);
});
