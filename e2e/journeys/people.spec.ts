import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/check-page";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let ana: Page;
let ben: Page;
const contexts: BrowserContext[] = [];

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  app = await startApi();
  const session = await app.signIn();
  ana = await open(browser, await session.storageState());
  ben = await open(browser);
});

test.afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await app?.stop();
});

async function open(
  browser: Browser,
  storageState?: Awaited<ReturnType<BrowserContext["storageState"]>>,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.posthorn.url,
    reducedMotion: "reduce",
    ...(storageState ? { storageState } : {}),
  });
  contexts.push(context);
  return context.newPage();
}

/** Invites an address on the page of members, and gives the link that is shown. */
async function invite(email: string, role: string): Promise<string> {
  await ana.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = ana.getByRole("dialog");
  await dialog.getByLabel("Email").fill(email);
  await dialog.getByRole("radio", { name: role }).check();
  await dialog.getByRole("button", { name: "Create invitation" }).click();
  const link = dialog.getByRole("region", { name: "invitation link" });
  await expect(link).toContainText("/invite/");
  const text = ((await link.textContent()) ?? "").trim();
  await expectAccessible(ana);
  await dialog.getByRole("button", { name: "Done" }).click();
  return text;
}

test("an owner invites somebody, who makes an account by the link and joins with the role", async () => {
  await ana.goto("/main/settings/members");
  await expect(ana.getByRole("heading", { name: "What each role can do" })).toBeVisible();
  await expectAccessible(ana);
  const link = await invite("Ben@Example.com", "Viewer");
  await expect(ana.getByText("ben@example.com")).toBeVisible();

  // Scanners of mail open links first: that uses nothing up.
  for (let looks = 0; looks < 2; looks += 1) expect((await ben.request.get(link)).status()).toBe(200);
  await ben.goto(link);
  await expect(ben.getByRole("heading", { name: "Join Main" })).toBeVisible();
  await expectAccessible(ben);
  await ben.getByLabel("Your name").fill("Ben");
  await ben.getByLabel("Password", { exact: true }).fill("correct horse battery staple");
  await ben.getByRole("button", { name: "Create account and join" }).click();
  await ben.waitForURL("**/main/developers/webhooks");
  await expect(ben.getByText("Only owners and developers of this workspace can add")).toBeVisible();

  const again = await open(ben.context().browser() as Browser);
  await again.goto(link);
  await expect(again.getByText("This invitation was already used")).toBeVisible();
});

test("who is a member, or was invited already, is not invited again; a revoked link leads nowhere", async () => {
  await ana.reload();
  await ana.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = ana.getByRole("dialog");
  await dialog.getByLabel("Email").fill("BEN@example.com");
  await dialog.getByRole("button", { name: "Create invitation" }).click();
  await expect(dialog.getByText("is already a member of this workspace")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  const link = await invite("cleo@example.com", "Developer");
  const stranger = await open(ben.context().browser() as Browser, await ben.context().storageState());
  await stranger.goto(link);
  await expect(stranger.getByText("Only cleo@example.com can accept this invitation")).toBeVisible();
  await expectAccessible(stranger);
  await ana.getByRole("button", { name: "Revoke the invitation of cleo@example.com" }).click();
  await expect(ana.getByText("cleo@example.com", { exact: true })).toHaveCount(0);
  await stranger.reload();
  await expect(stranger.getByText("This invitation was revoked")).toBeVisible();
});

test("a member is offered what the role may do, and refused the rest; a new role holds from the next page on", async () => {
  await ben.goto("/main/settings/members");
  await expect(ben.getByText("Only an owner of this workspace can invite")).toBeVisible();
  await expect(ben.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);
  await expectAccessible(ben);
  await ben.goto("/instance");
  await expect(ben.getByText("This page is for operators")).toBeVisible();
  await ben.goto("/new");
  await expect(ben.getByText("Only operators of this instance can create workspaces")).toBeVisible();

  const role = ana.getByRole("combobox", { name: "Role of Ben" });
  await role.selectOption("Developer");
  await expect(role).toHaveValue("developer");
  await expect
    .poll(async () => {
      const answer = await ben.request.get("/api/v1/members", { headers: { "x-workspace": "main" } });
      return (await answer.json()).data.find(({ isYou }: { isYou: boolean }) => isYou)?.role;
    })
    .toBe("developer");
  await ben.goto("/main/developers/webhooks");
  await expect(ben.getByRole("link", { name: "Add a webhook" }).first()).toBeVisible();
});

test("the last owner can't leave, and is told what to do", async () => {
  await ana.goto("/main/settings/general");
  await ana.getByRole("button", { name: "Leave workspace" }).click();
  const dialog = ana.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Leave workspace" }).click();
  await expect(dialog.getByText("Make someone else an owner before you leave")).toBeVisible();
  await expectAccessible(ana);
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("before a role is lowered the API keys that lose scopes are named", async () => {
  const made = await ben.request.post("/api/v1/api-keys", {
    data: { name: "Ben's producer", scopes: ["events:read", "events:write"] },
    headers: { "x-workspace": "main", origin: app.posthorn.url },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { id, key } = await made.json();
  const api = await app.requestsOf(key);
  const publish = async () =>
    (await api.post("/api/v1/events", { data: { type: "invoice.paid", data: {} } })).status();
  expect(await publish()).toBe(202);

  await ana.goto("/main/settings/members");
  const role = ana.getByRole("combobox", { name: "Role of Ben" });
  const dialog = ana.getByRole("alertdialog", { name: "Change the role of Ben to viewer?" });
  await role.selectOption("Viewer");
  await expect(dialog.getByRole("listitem")).toHaveText(["Ben's producerevents:write"]);
  await expectAccessible(ana);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(role).toHaveValue("developer");
  expect(await publish()).toBe(202);

  await role.selectOption("Viewer");
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(role).toHaveValue("viewer");
  await expect.poll(publish).toBe(403);
  await role.selectOption("Developer");
  await expect(role).toHaveValue("developer");
  await expect.poll(publish).toBe(202);
  const revoked = await ben.request.delete(`/api/v1/api-keys/${id}`, {
    headers: { "x-workspace": "main", origin: app.posthorn.url },
  });
  expect(revoked.status()).toBe(200);
});

test("who is removed is shut out at once, in a tab that is open, and their API keys stop", async () => {
  const key = await ben.request.post("/api/v1/api-keys", {
    data: { name: "Ben's", scopes: ["events:write"] },
    headers: { "x-workspace": "main", origin: app.posthorn.url },
  });
  expect(key.status(), await key.text()).toBe(201);
  const api = await app.requestsOf((await key.json()).key);
  const publish = () => api.post("/api/v1/events", { data: { type: "invoice.paid", data: {} } });
  expect((await publish()).status()).toBe(202);
  await expect(ben.getByRole("link", { name: "Add a webhook" }).first()).toBeVisible();

  await ana.goto("/main/settings/members");
  await ana.getByRole("button", { name: "Remove Ben" }).click();
  await expect(ana.getByText("The API key that they created stops working")).toBeVisible();
  await ana.getByRole("button", { name: "Remove member" }).click();
  await expect(ben.getByText("You no longer have access to Main")).toBeVisible({ timeout: 15_000 });
  await expect(ben.getByRole("link", { name: "Add a webhook" })).toHaveCount(0);
  await expectAccessible(ben);
  await expect.poll(async () => (await publish()).status()).toBe(401);
});

test("a workspace is created, gets another URL, and is deleted by typing its name; its key stops", async () => {
  await ana.goto("/main/developers/webhooks");
  await ana.getByRole("button", { name: "Workspace: Main" }).click();
  await ana.getByRole("menuitem", { name: "Create workspace" }).click();
  await ana.getByLabel("Name").fill("Second");
  await ana.getByLabel("URL").fill("setup");
  await ana.getByRole("button", { name: "Create workspace" }).click();
  await expect(ana.getByText("is reserved for a page of Posthorn; choose another")).toBeVisible();
  await expectAccessible(ana);
  await ana.getByLabel("URL").fill("second");
  await ana.getByRole("button", { name: "Create workspace" }).click();
  await ana.waitForURL("**/second/developers/webhooks");

  await ana.goto("/second/settings/general");
  await ana.getByLabel("URL").fill("other");
  await ana.getByRole("button", { name: "Save changes" }).click();
  await ana.waitForURL("**/other/settings/general");
  await ana.goto("/second/developers/api-keys");
  await ana.waitForURL("**/other/developers/api-keys");

  const made = await ana.request.post("/api/v1/api-keys", {
    data: { name: "Second's", scopes: ["events:write"] },
    headers: { "x-workspace": "other", origin: app.posthorn.url },
  });
  const api = await app.requestsOf((await made.json()).key);
  const publish = () => api.post("/api/v1/events", { data: { type: "invoice.paid", data: {} } });
  expect((await publish()).status()).toBe(202);

  await ana.goto("/other/settings/general");
  await ana.getByRole("button", { name: "Delete workspace" }).click();
  const dialog = ana.getByRole("alertdialog");
  await expect(dialog.getByText("1 event with the delivery log")).toBeVisible();
  await expectAccessible(ana);
  await expect(dialog.getByRole("button", { name: "Delete workspace" })).toBeDisabled();
  await dialog.getByLabel("Type Second to confirm").fill("Second");
  await dialog.getByRole("button", { name: "Delete workspace" }).click();
  await ana.waitForURL("**/main");
  await expect.poll(async () => (await publish()).status()).toBe(401);
});

test("the instance's operator sees its workspaces, also those deleted, and its users", async () => {
  await ana.goto("/instance");
  await expect(ana.getByText("Settings in effect")).toBeVisible();
  await expectAccessible(ana);
  await ana.getByRole("link", { name: "Workspaces", exact: true }).click();
  await expect(ana.getByRole("heading", { name: "Deleted workspaces" })).toBeVisible();
  await ana.getByRole("button", { name: "Change the webhook limit of Main" }).click();
  await ana.getByLabel("Maximum number of webhooks").fill("25");
  await ana.getByRole("button", { name: "Save limit" }).click();
  await expect(ana.getByText("of 25")).toBeVisible();
  await expectAccessible(ana);
  await ana.getByRole("link", { name: "Users" }).click();
  await expect(ana.getByText("ben@example.com")).toBeVisible();
  await ana.getByRole("button", { name: "Remove operator: owner" }).click();
  const dialog = ana.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Remove operator" }).click();
  await expect(dialog.getByText("needs at least one operator")).toBeVisible();
  await expectAccessible(ana);
});
