import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { insertMembership } from "@/db/queries/workspaces";
import { looks, type StorageState } from "./check-page";
import { gate } from "./receiver";
import { answerAsSeeded, type SeededWebhooks, seedWorkspace } from "./seed-workspace";
import { type ApiUnderTest, startApi, type TestWorkspace } from "./start-api";
import { startPosthorn } from "./start-posthorn.mjs";

/**
 * Takes a picture of every page in each of its states, in light, dark and at 390 px:
 * `SCREENSHOTS_DIR=/tmp/shots npx playwright test --project=screenshots`
 */
const dir = process.env.SCREENSHOTS_DIR ?? "screenshots";

type Shot = {
  name: string;
  path: string;
  /** Brings the page into its state. */
  ready(page: Page): Promise<unknown>;
  /** What the API does meanwhile: answers, never answers, or fails. */
  api?: "answers" | "waits" | "fails";
  signedOut?: boolean;
};

let app: ApiUnderTest;
let signedIn: StorageState;
let few: SeededWebhooks;
let empty: TestWorkspace;
let many: TestWorkspace;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  mkdirSync(dir, { recursive: true });
  app = await startApi();
  const session = await app.signIn();
  signedIn = await session.storageState();
  [empty, many] = [await memberOf("Empty"), await memberOf("Northwind Traders International")];
  await app.database.sql`delete from api_keys where workspace_id = ${empty.id}`;

  few = await seedWorkspace(session, app.receiver, { events: 60 });
  await session.post("/api/v1/endpoints", { data: { url: "http://127.0.0.1:9/hooks", name: "Staging" } });
  for (const [index, type] of ["sale.created", "user.created", "invoice.paid"].entries()) {
    await session.post("/api/v1/events", { data: { type, data: { id: `row_${index}` } } });
  }

  await app.database.sql`
    insert into event_types (workspace_id, name, description, example)
    select ${many.id}, name, description, example from event_types`;
  const seeded = await seedWorkspace(many.api, app.receiver, { events: 400 });
  for (const [index, name] of [
    "Search index",
    "Fraud",
    "Slack",
    "Zapier",
    "Emails",
    "A very long name of a webhook, longer than a column",
  ].entries()) {
    const url = `${app.receiver.url}/a/rather/long/path/that/does/not/fit/into/its/column/${index}`;
    await many.api.post("/api/v1/endpoints", { data: { url, name, eventTypes: ["sale.created"] } });
  }
  await many.api.post(`/api/v1/endpoints/${seeded.analytics.id}/test`, { data: { type: "link.clicked" } });
  for (const name of ["Billing service, production", "CI", "Mobile backend"]) {
    await session.post("/api/v1/api-keys", { data: { name, scopes: ["events:write", "events:read"] } });
  }
  await expect
    .poll(
      async () => {
        const answer = await many.api.get("/api/v1/deliveries?status=pending&limit=100");
        const { data }: { data: { attempts: number }[] } = await answer.json();
        return data.filter((row) => row.attempts === 0).length;
      },
      { timeout: 60_000 },
    )
    .toBe(0);
});

test.afterAll(() => app?.stop());

async function memberOf(name: string): Promise<TestWorkspace> {
  const workspace = await app.makeWorkspace();
  const { sql, db } = app.database;
  await sql`update workspaces set name = ${name} where id = ${workspace.id}`;
  const [user] = await sql<{ id: string }[]>`select id from users`;
  await insertMembership(db, { workspaceId: workspace.id, userId: user?.id ?? "", role: "owner" });
  return workspace;
}

const settled = (page: Page) => page.waitForLoadState("networkidle");
const sees = (text: string) => async (page: Page) => {
  await expect(page.getByText(text).first()).toBeVisible();
  await settled(page);
};
const loading = (page: Page) => expect(page.getByRole("status").first()).toBeAttached();
const failed = (page: Page) => expect(page.getByRole("button", { name: "Try again" })).toBeVisible();

/** Both of a page that reads from the API: while it waits, and when it failed. */
const unread = (name: string, path: string): Shot[] => [
  { name: `${name}-loading`, path, api: "waits", ready: loading },
  { name: `${name}-error`, path, api: "fails", ready: failed },
];

function shots(): Shot[] {
  const main = "/main/developers";
  const lots = `/${many.slug}/developers`;
  const none = `/${empty.slug}/developers`;
  const { billing, crm, warehouse } = few;
  return [
    { name: "sign-in", path: "/sign-in", signedOut: true, ready: settled },
    { name: "sign-in-wrong", path: "/sign-in", signedOut: true, ready: signInWrongly },
    { name: "not-found", path: "/nothing/at/all", ready: settled },

    ...unread("webhooks", `${main}/webhooks`),
    { name: "webhooks-empty", path: `${none}/webhooks`, ready: sees("No webhooks yet") },
    { name: "webhooks-few", path: `${main}/webhooks`, ready: sees("CRM sync") },
    { name: "webhooks-many", path: `${lots}/webhooks`, ready: sees("CRM sync") },
    { name: "webhooks-menu", path: `${main}/webhooks`, ready: openMenu },

    { name: "webhook-new", path: `${main}/webhooks/new`, ready: fillForm },
    { name: "webhook-new-errors", path: `${main}/webhooks/new`, ready: fillFormWrongly },
    ...unread("webhook-edit", `${main}/webhooks/${crm.id}/edit`),
    { name: "webhook-edit", path: `${main}/webhooks/${crm.id}/edit`, ready: sees("Only these") },

    ...unread("webhook", `${main}/webhooks/${crm.id}`),
    { name: "webhook-added", path: `${main}/webhooks/${billing.id}?added=true`, ready: showCode },
    { name: "webhook-empty", path: `${main}/webhooks/${billing.id}?q=evt_0`, ready: sees("Nothing matches") },
    { name: "webhook-log", path: `${main}/webhooks/${crm.id}`, ready: sees("Retrying") },
    { name: "webhook-disabled", path: `${main}/webhooks/${warehouse.id}`, ready: sees("Held") },
    { name: "webhook-failing", path: `${main}/webhooks/${crm.id}?tab=overview`, ready: sees("in a row") },
    { name: "webhook-enable", path: `${main}/webhooks/${warehouse.id}`, ready: askToEnable },
    { name: "webhook-disable", path: `${main}/webhooks/${billing.id}?tab=settings`, ready: askToDisable },
    { name: "webhook-settings", path: `${main}/webhooks/${crm.id}?tab=settings`, ready: sees("CRM sync") },
    { name: "webhook-delete", path: `${main}/webhooks/${crm.id}`, ready: askToDelete },
    { name: "test-event", path: `${main}/webhooks/${crm.id}`, ready: openTest },
    { name: "test-event-answer", path: `${main}/webhooks/${crm.id}`, ready: sendTest },

    ...unread("events", `${main}/events`),
    { name: "events-empty", path: `${none}/events`, ready: sees("Waiting for the first event…") },
    { name: "events-few", path: `${main}/events?tests=true`, ready: sees("Succeeded") },
    { name: "events-many", path: `${lots}/events`, ready: sees("Succeeded") },
    { name: "events-no-match", path: `${lots}/events?q=evt_0`, ready: sees("Nothing matches") },
    { name: "events-filter", path: `${lots}/events?status=pending`, ready: openFilter },
    { name: "sheet-succeeded", path: `${main}/events?type=invoice.paid&status=succeeded`, ready: openSheet },
    { name: "sheet-failing", path: `${main}/webhooks/${crm.id}`, ready: openSheet },
    { name: "sheet-attempt", path: `${main}/webhooks/${crm.id}`, ready: openAttempt },
    { name: "sheet-refused", path: `${main}/events?cause=connection_refused`, ready: openSheet },
    { name: "sheet-missing", path: `${main}/events?delivery=dlv_0`, ready: sees("There is no such event") },

    ...unread("api-keys", `${main}/api-keys`),
    { name: "api-keys-empty", path: `${none}/api-keys`, ready: sees("No API keys yet") },
    { name: "api-keys-few", path: `${main}/api-keys`, ready: sees("Mobile backend") },
    { name: "api-keys-create", path: `${main}/api-keys`, ready: openKeyForm },
    { name: "api-keys-revoke", path: `${main}/api-keys`, ready: askToRevoke },
  ];
}

for (const [look, options] of Object.entries(looks)) {
  test(`every page, ${look}`, async ({ browser }) => {
    for (const shot of shots()) {
      await test.step(shot.name, () => shoot(browser, shot, look, options));
    }
  });
}

test("the page that sets up", async ({ browser }) => {
  const posthorn = await startPosthorn();
  try {
    for (const [look, options] of Object.entries(looks)) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await page.goto(posthorn.url);
      await settled(page);
      await page.screenshot({ path: fileOf("setup", look) });
      await page.getByRole("button", { name: "Set up" }).click();
      await expect(page.getByLabel("Your name")).toHaveAttribute("aria-invalid", "true");
      await page.screenshot({ path: fileOf("setup-errors", look) });
      await context.close();
    }
  } finally {
    await posthorn.stop();
  }
});

test("the row and sheet while a retry is sent", async ({ browser }) => {
  const held = gate();
  app.receiver.answer((request) => ({ ...answerAsSeeded(request), after: held.opened }));
  const ready = async (page: Page) => {
    await openSheet(page);
    await page.getByRole("button", { name: "Retry", exact: true }).click();
    await expect(page.getByRole("button", { name: "Sending…" })).toBeVisible();
  };
  const path = `/main/developers/webhooks/${few.crm.id}`;
  await shoot(browser, { name: "sheet-sending", path, ready }, "light", looks.light);
  held.open();
});

test("the picture of the README", async ({ browser }) => {
  const acme = await memberOf("Acme");
  await app.database.sql`update users set name = 'Ana Lima'`;
  await app.database.sql`
    insert into event_types (workspace_id, name, description, example)
    select ${acme.id}, name, description, example from event_types where workspace_id = ${many.id}`;
  const { warehouse } = await seedWorkspace(acme.api, app.receiver, { events: 0 });
  await acme.api.delete(`/api/v1/endpoints/${warehouse.id}`);
  const page = await (
    await browser.newContext({ ...looks.light, storageState: signedIn, reducedMotion: "reduce" })
  ).newPage();
  const types = [
    "invoice.paid",
    "link.clicked",
    "customer.updated",
    "sale.created",
    "user.created",
    "lead.created",
  ];
  const published = [...types, ...types, ...types, "invoice.payment_failed", "sale.created", "invoice.paid"];
  for (const [index, type] of published.entries()) {
    const data = {
      id: `obj_${1000 + index}`,
      totalCents: 12900,
      currency: "EUR",
      customer: { id: "cus_4QkT2" },
    };
    await acme.api.post("/api/v1/events", { data: { type, data, idempotencyKey: `order-${20417 + index}` } });
    await page.waitForTimeout(100 + ((index * 337) % 900));
  }
  await page.goto(`${app.posthorn.url}/${acme.slug}/developers/events`);
  const row = page.getByRole("row").filter({ hasText: "CRM sync" });
  await row.getByRole("button", { name: "invoice.payment_failed" }).click();
  await sees("The webhook answered 500")(page);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: fileOf("readme-event-log", "light") });
  await page.context().close();
});

async function shoot(
  browser: Browser,
  shot: Shot,
  look: string,
  options: (typeof looks)[keyof typeof looks],
) {
  const storageState = shot.signedOut ? undefined : signedIn;
  const context = await browser.newContext({ ...options, storageState, reducedMotion: "reduce" });
  const page = await context.newPage();
  await interfere(context, shot.api);
  await page.goto(app.posthorn.url + shot.path);
  await shot.ready(page);
  await page.screenshot({ path: fileOf(shot.name, look) });
  await context.close();
}

/** Lets no request to the API be answered, or answers each with an error. */
async function interfere(context: BrowserContext, api: Shot["api"] = "answers"): Promise<void> {
  if (api === "answers") return;
  await context.route("**/api/v1/**", (route) => {
    if (api === "waits") return;
    const detail = "The database cannot be reached right now. Try again in a moment.";
    const json = { status: 503, code: "unavailable", title: "Not available", detail };
    return route.fulfill({ status: 503, contentType: "application/problem+json", json });
  });
}

const fileOf = (name: string, look: string) => path.join(dir, `${name}.${look.replace(" ", "")}.png`);

async function signInWrongly(page: Page) {
  await page.getByLabel("Email").fill("ana@example.com");
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await sees("The email or the password is wrong.")(page);
}

async function openMenu(page: Page) {
  await page.getByRole("button", { name: "Actions for CRM sync" }).click();
  await expect(page.getByRole("menuitem", { name: "Edit" })).toBeVisible();
}

async function fillForm(page: Page) {
  await page.getByLabel("URL", { exact: true }).fill("https://api.example.com/hooks/posthorn");
  await page.getByLabel("Only these").click();
  await page.getByText("Advanced").click();
  await settled(page);
}

async function fillFormWrongly(page: Page) {
  await page.getByLabel("URL", { exact: true }).fill("example");
  await page.getByLabel("Only these").click();
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByLabel("URL", { exact: true })).toHaveAttribute("aria-invalid", "true");
}

async function showCode(page: Page) {
  await page.getByRole("button", { name: "Show the code" }).click();
  await settled(page);
}

async function askToDelete(page: Page) {
  await openMenu(page);
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
}

async function askToEnable(page: Page) {
  await page.getByRole("button", { name: "Enable webhook" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function askToDisable(page: Page) {
  await page.getByRole("button", { name: "Disable webhook" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function openTest(page: Page) {
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.getByRole("combobox", { name: "Event type" })).toBeVisible();
}

async function sendTest(page: Page) {
  await openTest(page);
  await page.getByRole("dialog").getByRole("button", { name: "Send test event" }).click();
  await sees("Answered 500")(page);
}

async function openFilter(page: Page) {
  await page.getByRole("button", { name: "Response" }).click();
  await settled(page);
}

async function openSheet(page: Page) {
  await page
    .getByRole("button", { name: /^(invoice|customer|sale|user)\./ })
    .first()
    .click();
  await sees("Properties")(page);
}

async function openAttempt(page: Page) {
  await openSheet(page);
  await page.getByText("automatic").first().click();
  await page.getByText("Request headers").first().scrollIntoViewIfNeeded();
}

async function openKeyForm(page: Page) {
  await page.getByRole("button", { name: "Create API key" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function askToRevoke(page: Page) {
  await page.getByRole("button", { name: "Revoke CI" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
}
