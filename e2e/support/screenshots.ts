import { mkdirSync } from "node:fs";
import path from "node:path";
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Page,
} from "@playwright/test";
import { insertMembership } from "@/db/queries/workspaces";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { gate } from "@/lib/testing/test-receiver.mjs";
import { looks, type StorageState } from "./check-page";
import { answerAsSeeded, seedWorkspace } from "./seed-workspace";
import { openSheet, sees, settled } from "./shot-states";
import { type Shot, type ShotData, shotsOf } from "./shots";
import { type ApiUnderTest, startApi, type TestWorkspace } from "./start-api";
import { startPosthorn } from "./start-posthorn.mjs";
import { test } from "./test";

/**
 * Takes a picture of every page in each of its states, in light, dark, at 1,024 and at 390 px:
 * `SCREENSHOTS_DIR=/tmp/shots npx playwright test --project=screenshots`
 * With `SCREENSHOTS_ONLY`, a regular expression, only of the states whose names match.
 */
const dir = process.env.SCREENSHOTS_DIR ?? "screenshots";
const only = new RegExp(process.env.SCREENSHOTS_ONLY ?? "");

let app: ApiUnderTest;
let signedIn: Record<"owner" | "viewer", StorageState>;
let data: ShotData;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  mkdirSync(dir, { recursive: true });
  app = await startApi();
  const session = await app.signIn();
  const viewer = await app.signIn(await app.makePerson("viewer", ["main"]));
  signedIn = { owner: await session.storageState(), viewer: await viewer.storageState() };
  await app.database.sql`update users set name = 'Ana Lima' where email = ${app.bootstrap.email}`;
  const empty = await memberOf("Empty");
  await app.database.sql`delete from api_keys where workspace_id = ${empty.id}`;
  const many = await withCatalogue("Northwind Traders International");
  const busy = await withCatalogue("Busy");

  const few = await seedWorkspace(session, app.receiver, { events: 60 });
  await session.post("/api/v1/endpoints", { data: { url: "http://127.0.0.1:9/hooks", name: "Staging" } });
  for (const [index, type] of ["sale.created", "user.created", "invoice.paid"].entries()) {
    await session.post("/api/v1/events", { data: { type, data: { id: `row_${index}` } } });
  }
  await session.post("/api/v1/emails/test");
  for (const name of ["Billing service, production", "CI", "Mobile backend"]) {
    await session.post("/api/v1/api-keys", { data: { name, scopes: ["events:write", "events:read"] } });
  }

  const seeded = await seedWorkspace(many.api, app.receiver, { events: 400 });
  for (const [index, name] of [
    "Search index",
    "Fraud",
    "Slack",
    "Zapier",
    "Emails",
    "A very long name of a webhook, longer than a column",
  ].entries()) {
    const url = `${app.receiver.origin}/a/rather/long/path/that/does/not/fit/into/its/column/${index}`;
    await many.api.post("/api/v1/endpoints", { data: { url, name, eventTypes: ["sale.created"] } });
  }
  await many.api.post(`/api/v1/endpoints/${seeded.analytics.id}/test`, { data: { type: "link.clicked" } });

  // At one a second, the job outlasts all pictures.
  const jobs = await seedWorkspace(busy.api, app.receiver, { events: 2_000 });
  await busy.api.post(`/api/v1/endpoints/${jobs.warehouse.id}/enable`, {
    data: { held: "replay", ratePerSecond: 1 },
  });
  await allSent(session, few.billing);
  await allSent(many.api, seeded.billing);
  data = { few, busy: jobs, slugs: { empty: empty.slug, many: many.slug, busy: busy.slug } };
});

test.afterAll(() => app?.stop());

/** Waits until the webhook has got what was published for it. */
async function allSent(api: APIRequestContext, { id }: EndpointOutput): Promise<void> {
  const pending = async () => {
    const answer = await api.get(`/api/v1/deliveries?endpointId=${id}&status=pending&limit=1`);
    return (await answer.json()).data.length;
  };
  await expect.poll(pending, { timeout: 60_000 }).toBe(0);
}

async function memberOf(name: string): Promise<TestWorkspace> {
  const workspace = await app.makeWorkspace();
  const { sql, db } = app.database;
  await sql`update workspaces set name = ${name} where id = ${workspace.id}`;
  const [user] = await sql<{ id: string }[]>`select id from users where email = ${app.bootstrap.email}`;
  await insertMembership(db, { workspaceId: workspace.id, userId: user?.id ?? "", role: "owner" });
  return workspace;
}

/** With the event types of the first workspace. */
async function withCatalogue(name: string): Promise<TestWorkspace> {
  const workspace = await memberOf(name);
  await app.database.sql`
    insert into event_types (workspace_id, name, description, example)
    select ${workspace.id}, name, description, example from event_types
    where workspace_id = (select id from workspaces where slug = 'main')`;
  return workspace;
}

for (const [look, options] of Object.entries(looks)) {
  test(`every page, ${look}`, async ({ browser }) => {
    for (const shot of shotsOf(data).filter(({ name }) => only.test(name))) {
      await test.step(shot.name, () => shoot(browser, shot, look, options));
    }
  });
}

test("the page that sets up", async ({ browser }) => {
  test.skip(!only.test("setup"));
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
  test.skip(!only.test("sheet-sending"));
  const held = gate();
  app.receiver.reply((request) => ({ ...answerAsSeeded(request), after: held.opened }));
  const ready = async (page: Page) => {
    await openSheet(page);
    await page.getByRole("button", { name: "Send again", exact: true }).click();
    await expect(page.getByRole("button", { name: "Sending…" })).toBeVisible();
  };
  const path = `/main/developers/webhooks/${data.few.crm.id}`;
  await shoot(browser, { name: "sheet-sending", path, ready }, "light", looks.light);
  held.open();
});

test("the picture of the README", async ({ browser }) => {
  test.skip(!only.test("readme-event-log"));
  const acme = await withCatalogue("Acme");
  const { warehouse } = await seedWorkspace(acme.api, app.receiver, { events: 0 });
  await acme.api.delete(`/api/v1/endpoints/${warehouse.id}`);
  const page = await (
    await browser.newContext({
      ...looks.light,
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: 2,
      storageState: signedIn.owner,
      reducedMotion: "reduce",
    })
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
    const object = {
      id: `obj_${1000 + index}`,
      totalCents: 12900,
      currency: "EUR",
      customer: { id: "cus_4QkT2" },
    };
    await acme.api.post("/api/v1/events", {
      data: { type, data: object, idempotencyKey: `order-${20417 + index}` },
    });
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
  const { as = "owner" } = shot;
  const storageState = as === "nobody" ? undefined : signedIn[as];
  const context = await browser.newContext({ ...options, storageState, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await interfere(context, shot.api);
  await page.goto(app.posthorn.url + shot.path);
  // A state that does not come is seen in its picture.
  const failure = await shot.ready(page).then(() => null, String);
  expect.soft(failure, shot.name).toBeNull();
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
