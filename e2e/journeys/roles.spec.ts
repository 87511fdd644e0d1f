import { type APIRequestContext, type Browser, expect, type Locator, type Page } from "@playwright/test";
import { type Role, roles } from "@/lib/core/roles";
import { type SeededWebhooks, seedWorkspace } from "../support/seed-workspace";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

/** What a role may do, in the product's terms and not by the code that is tested. */
const allowed: Record<
  Role,
  { change: boolean; reveal: boolean; retry: boolean; publish: boolean; keys: boolean; settings: boolean }
> = {
  owner: { change: true, reveal: true, retry: true, publish: true, keys: true, settings: true },
  developer: { change: true, reveal: true, retry: true, publish: true, keys: true, settings: false },
  viewer: { change: false, reveal: false, retry: false, publish: false, keys: false, settings: false },
};

let app: ApiUnderTest;
let owner: APIRequestContext;
let webhooks: SeededWebhooks;
/** Slug of a workspace without anything in it. */
let empty: string;
let sessions: Record<Role, APIRequestContext>;

test.beforeAll(async () => {
  app = await startApi();
  owner = await app.signIn();
  webhooks = await seedWorkspace(owner, app.receiver, { events: 20 });
  const workspace = await app.makeWorkspace();
  await app.database.sql`delete from api_keys where workspace_id = ${workspace.id}`;
  empty = workspace.slug;
  const signInAs = async (role: Role) => app.signIn(await app.makePerson(role, ["main", empty]));
  sessions = {
    owner: await signInAs("owner"),
    developer: await signInAs("developer"),
    viewer: await signInAs("viewer"),
  };
});

test.afterAll(() => app?.stop());

for (const role of roles) {
  const may = allowed[role];

  test(`the pages offer the ${role} what the role may do, and nothing else`, async ({ browser }) => {
    const page = await openAs(browser, role);
    const visit = (path: string) => page.goto(`${app.posthorn.url}/main/developers/${path}`);
    const button = (name: string) => page.getByRole("button", { name });
    const retries: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/retry")) retries.push(request.url());
    });

    await test.step("the list of webhooks", async () => {
      await visit("webhooks");
      await expect(page.getByRole("link", { name: "CRM sync" })).toBeVisible();
      await expectOffered(page.getByRole("link", { name: "Add a webhook" }), may.change);
      await expectOffered(button("Actions for CRM sync"), may.change);
      await expectOffered(
        page.getByText("Only owners and developers of this workspace can add"),
        !may.change,
      );
      await expectOffered(button("Reveal the signature token of CRM sync"), may.reveal);
      await expectOffered(button("Copy the signature token of CRM sync"), may.reveal);
    });

    await test.step("a webhook's page", async () => {
      await visit(`webhooks/${webhooks.crm.id}`);
      await expect(page.getByRole("heading", { name: "CRM sync" })).toBeVisible();
      await expectOffered(button("Send test event"), may.change);
      await expectOffered(button("Actions for CRM sync"), may.change);
    });

    await test.step("a disabled webhook", async () => {
      await visit(`webhooks/${webhooks.warehouse.id}`);
      await expect(page.getByText("20 events held", { exact: true })).toBeVisible();
      await expectOffered(button("Enable webhook"), may.change);
      const state = page.getByRole("region", { name: "State of the webhook" });
      await expectOffered(state.getByRole("button", { name: "Replay" }), may.change);
      await expectOffered(state.getByRole("button", { name: "Discard" }), may.change);
      await expectOffered(
        page.getByText("An owner or a developer of this workspace can enable it"),
        !may.change,
      );
    });

    await test.step("a webhook's settings", async () => {
      await visit(`webhooks/${webhooks.crm.id}?tab=settings`);
      await expect(page.getByRole("heading", { name: "HMAC signature token" })).toBeVisible();
      await expectOffered(page.getByRole("link", { name: "Edit" }), may.change);
      await expectOffered(button("Disable webhook"), may.change);
      await expectOffered(button("Delete webhook"), may.change);
      await expectOffered(button("Reveal the signature token"), may.reveal);
      await expectOffered(button("Copy the signature token"), may.reveal);
      await expectOffered(
        page.getByText("Only owners and developers of this workspace can see the token"),
        !may.reveal,
      );
    });

    await test.step("the steps after a webhook was added, whose address anybody can open", async () => {
      await visit(`webhooks/${webhooks.crm.id}?added=true`);
      await expect(page.getByRole("table", { name: "Event log" })).toBeVisible();
      await expectOffered(page.getByRole("region", { name: "Next steps" }), may.change);
    });

    for (const path of ["webhooks/new", `webhooks/${webhooks.crm.id}/edit`]) {
      await test.step(path, async () => {
        await visit(path);
        await expect(page.getByRole("heading", { name: /^(Add a webhook|Edit CRM sync)$/ })).toBeVisible();
        await expectOffered(page.getByLabel("URL", { exact: true }), may.change);
        await expectOffered(page.getByText(/You can't (add|change) webhooks/), !may.change);
      });
    }

    await test.step("an event's sheet, by the mouse and by the keyboard", async () => {
      await visit("events?tests=true&status=failed");
      await page.getByRole("button", { name: "customer.created" }).click();
      const sheet = page.getByRole("region", { name: "Event", exact: true });
      await expect(sheet.getByText("a test is not retried")).toBeVisible();
      await expectOffered(sheet.getByRole("button", { name: "Send again" }), may.retry);
      await expectOffered(sheet.getByText("You can send it again"), may.retry);
      await expectOffered(
        sheet.getByText("An owner or a developer of this workspace can send it"),
        !may.retry,
      );
      await page.keyboard.press("r");
      await page.keyboard.press("?");
      const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await expect(shortcuts).toBeVisible();
      await expectOffered(shortcuts.getByText("Send the focused or open event again"), may.retry);
      await expect.poll(() => retries.length).toBe(may.retry ? 1 : 0);
    });

    await test.step("API keys", async () => {
      await visit("api-keys");
      await expect(page.getByText("Bootstrap")).toBeVisible();
      await expectOffered(button("Create API key"), may.keys);
      await expectOffered(button("Revoke Bootstrap"), may.keys);
      await expectOffered(
        page.getByText("Only owners and developers of this workspace can create"),
        !may.keys,
      );
    });

    await test.step("emails", async () => {
      await page.goto(`${app.posthorn.url}/main/settings/emails`);
      await expect(page.getByRole("heading", { name: "Emails" })).toBeVisible();
      await expectOffered(button("Send a test email to me"), may.settings);
      await expectOffered(page.getByText("Emails are saved here but not sent"), may.settings);
      await expectOffered(page.getByText("Only an owner of this workspace sees what is sent"), !may.settings);
    });

    await test.step("where nothing is yet", async () => {
      const visitEmpty = (path: string) => page.goto(`${app.posthorn.url}/${empty}/developers/${path}`);
      await visitEmpty("webhooks");
      await expect(page.getByText("No webhooks yet").filter({ visible: true })).toBeVisible();
      await expectOffered(page.getByRole("link", { name: "Add a webhook" }), may.change);
      await visitEmpty("events");
      await expect(
        page.getByRole("status").filter({ hasText: "Waiting for the first event…" }),
      ).toBeVisible();
      await expectOffered(page.getByRole("region", { name: "curl command" }), may.publish);
      await visitEmpty("api-keys");
      await expect(page.getByText("No API keys yet").filter({ visible: true })).toBeVisible();
      await expectOffered(button("Create API key"), may.keys);
    });

    expect(retries).toHaveLength(may.retry ? 1 : 0);
    await page.context().close();
  });
}

test("a developer sees a token that is asked for", async ({ browser }) => {
  const page = await openAs(browser, "developer");
  await page.goto(`${app.posthorn.url}/main/developers/webhooks`);
  await page.getByRole("button", { name: "Reveal the signature token of CRM sync" }).click();
  await expect(page.getByText(/^whsec_[A-Za-z0-9+/=]+$/)).toBeVisible();
  await page.context().close();
});

test("a role that is lowered while a page is open: what is refused is said, and nothing changes", async ({
  browser,
}) => {
  const account = await app.makePerson("developer", ["main"]);
  const page = await open(browser, await app.signIn(account));
  await page.goto(`${app.posthorn.url}/main/developers/webhooks`);
  const actions = page.getByRole("button", { name: "Actions for Billing service" });
  await expect(actions).toBeVisible();
  await app.database.sql`
    update memberships set role = 'viewer' from users
    where users.id = memberships.user_id and users.email = ${account.email}`;
  const before = await contents();
  await actions.click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Disable webhook" }).click();
  await expect(page.getByText("Your role, viewer, can't change webhooks. Ask an owner.")).toBeVisible();
  expect(await contents()).toEqual(before);
  await page.reload();
  await expect(page.getByRole("link", { name: "Billing service" })).toBeVisible();
  await expectOffered(actions, false);
  await page.context().close();
});

/** Either there for all to see, or not in the page at all. */
async function expectOffered(what: Locator, isOffered: boolean): Promise<void> {
  if (isOffered) await expect(what.first()).toBeVisible();
  else await expect(what).toHaveCount(0);
}

const openAs = (browser: Browser, role: Role) => open(browser, sessions[role]);

async function open(browser: Browser, session: APIRequestContext): Promise<Page> {
  const context = await browser.newContext({ storageState: await session.storageState() });
  return context.newPage();
}

/** What a refused request must leave as it was. */
async function contents() {
  const [row] = await app.database.sql`
    select
      (select count(*)::int from events) as events,
      (select count(*)::int from audit_log) as audit,
      (select json_agg(endpoints order by id) from endpoints) as endpoints,
      (select json_agg((id, revoked_at) order by id) from api_keys) as keys`;
  return row;
}
