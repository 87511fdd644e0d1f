import { expect, type Page } from "@playwright/test";
import { tokenIn } from "@/lib/testing/account-api";
import { startSmtpServer, type TestSmtpServer } from "@/lib/testing/smtp-server";
import { expectAccessible } from "../support/check-page";
import { freePort } from "../support/free-port.mjs";
import { type OpenIdProvider, openIdClient, startOpenIdProvider } from "../support/openid-provider";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";
import { enter, visitors } from "../support/visitors";

let smtp: TestSmtpServer;
let app: ApiUnderTest;
let provider: OpenIdProvider;
let owner: Page;
const guests = visitors(() => app.posthorn.url);
const { visit } = guests;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  smtp = await startSmtpServer();
  const port = await freePort();
  app = await startApi({
    SMTP_URL: smtp.url,
    EMAIL_FROM: "Posthorn <hooks@example.com>",
    OIDC_ISSUER: `http://127.0.0.1:${port}`,
    OIDC_CLIENT_ID: openIdClient.id,
    OIDC_CLIENT_SECRET: openIdClient.secret,
    OIDC_NAME: "Acme Login",
  });
  provider = await startOpenIdProvider({ port, appUrl: app.posthorn.url });
});

test.afterAll(async () => {
  await guests.close();
  await app?.stop();
  await provider?.close();
  await smtp?.close();
});

/** Waits for an email to an address, and gives its link's token. */
async function linkTo(email: string): Promise<string> {
  await expect.poll(() => smtp.emails.some(({ recipients }) => recipients.includes(email))).toBe(true);
  return tokenIn(smtp, email);
}

/** Somebody with a password and an address, in a workspace that has nothing to do with it. */
async function makePerson(email: string, { confirmed }: { confirmed: boolean }) {
  const { slug } = await app.makeWorkspace();
  const account = await app.makePerson("developer", [slug]);
  await app.database
    .sql`update users set email = ${email}, email_verified_at = case when ${confirmed} then now() end
    where email = ${account.email}`;
  return { ...account, email, slug };
}

test("an owner adds a domain, which is verified by the link of an email once somebody asks for it", async ({
  browser,
}) => {
  owner = await visit(browser, "/sign-in?callbackUrl=/main/settings/members");
  await enter(owner, app.bootstrap);
  await owner.waitForURL("**/main/settings/members");
  const section = owner.getByRole("region", { name: "Domains" });
  await expect(section.getByText("No domains")).toBeVisible();
  await section.getByRole("button", { name: "Add domain" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Domain", { exact: true }).fill("Gmail.com");
  await dialog.getByLabel("Send the email to").fill("ana");
  await expectAccessible(owner);
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await expect(dialog.getByText("Is a public email provider")).toBeVisible();
  await dialog.getByLabel("Domain", { exact: true }).fill("Acme.example");
  await dialog.getByLabel("Send the email to").fill("ana smith");
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await expect(dialog.getByText("Must be the part before the @")).toBeVisible();
  await dialog.getByLabel("Send the email to").fill("postmaster");
  await dialog.getByRole("button", { name: "Add domain" }).click();
  await expect(dialog).toHaveCount(0);
  const entry = section.getByRole("listitem").filter({ hasText: "acme.example" });
  await expect(entry.getByText("Not verified")).toBeVisible();
  await expect(entry.getByText("emailed to postmaster@acme.example")).toBeVisible();
  await expectAccessible(owner);

  const first = await linkTo("postmaster@acme.example");
  await entry.getByRole("button", { name: "Send the email to verify acme.example again" }).click();
  await expect(owner.getByText("A new email is on its way to postmaster@acme.example")).toBeVisible();
  await expect.poll(() => tokenIn(smtp, "postmaster@acme.example")).not.toBe(first);
  const token = tokenIn(smtp, "postmaster@acme.example");

  const reader = await visit(browser, `/verify-domain?token=${first}`);
  await expect(reader.getByText("was replaced by a newer one")).toBeVisible();
  // What scans an email opens its links, which verifies nothing.
  for (const _ of [1, 2]) await reader.goto(`/verify-domain?token=${token}`);
  await expect(reader.getByRole("heading", { name: "Verify acme.example" })).toBeVisible();
  await expectAccessible(reader);
  await owner.reload();
  await expect(entry.getByText("Not verified")).toBeVisible();
  await reader.getByRole("button", { name: "Verify" }).click();
  await expect(reader.getByText("acme.example is verified.")).toBeVisible();
  await reader.goto(`/verify-domain?token=${token}`);
  await expect(reader.getByText("This domain is already verified.")).toBeVisible();

  await owner.reload();
  await expect(entry.getByText("Verified", { exact: true })).toBeVisible();
  await entry.getByLabel("Role of people who join by acme.example").selectOption("developer");
  await owner.reload();
  await expect(entry.getByLabel("Role of people who join by acme.example")).toHaveValue("developer");
  await expectAccessible(owner);
});

test("somebody without an account makes one by an emailed link, and joins at a click", async ({
  browser,
}) => {
  const page = await visit(browser, "/sign-in");
  await page.getByLabel("Email").fill("Ben@acme.example");
  await page.getByRole("button", { name: "Email me a link" }).click();
  await expect(page.getByText("a link to sign in is on its way")).toBeVisible();
  const token = await linkTo("ben@acme.example");
  for (const _ of [1, 2]) await page.goto(`/sign-in/link?token=${token}`);
  await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Enter your name")).toBeVisible();
  await page.getByLabel("Your name").fill("Ben Bauer");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "You can join Main" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Join Main" }).click();
  await page.waitForURL("**/main/developers/webhooks");

  await owner.goto("/main/settings/members");
  await expect(owner.getByLabel("Role of Ben Bauer")).toHaveValue("developer");
  await owner.goto("/main/settings/audit-log");
  const changes = owner.getByRole("list", { name: "Changes, newest first" });
  await expect(changes.getByText("joined the workspace by an email domain as")).toBeVisible();
  const other = await visit(browser, `/sign-in/link?token=${token}`);
  await expect(other.getByText("This link was already used.")).toBeVisible();
});

test("who is in another workspace joins from the switcher; who has not confirmed the address is told of nothing", async ({
  browser,
}) => {
  const cleo = await makePerson("Cleo@Acme.example", { confirmed: true });
  const page = await visit(browser, "/sign-in");
  await enter(page, cleo);
  await page.waitForURL(`**/${cleo.slug}`);
  await page.getByRole("button", { name: /^Workspace: / }).click();
  await expect(page.getByText("You can join")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("menuitem", { name: "Join Main" }).click();
  await page.waitForURL("**/main/developers/webhooks");
  await page.getByRole("button", { name: "Workspace: Main" }).click();
  await expect(page.getByRole("menuitem", { name: cleo.slug })).toBeVisible();
  await expect(page.getByText("You can join")).toHaveCount(0);

  const dora = await makePerson("dora@acme.example", { confirmed: false });
  const unconfirmed = await visit(browser, "/sign-in");
  await enter(unconfirmed, dora);
  await unconfirmed.waitForURL(`**/${dora.slug}`);
  const answered = unconfirmed.waitForResponse("**/api/instance/own-workspaces");
  await unconfirmed.getByRole("button", { name: /^Workspace: / }).click();
  expect(await (await answered).json()).toMatchObject({ joinable: [] });
  await expect(unconfirmed.getByRole("menuitem", { name: dora.slug })).toBeVisible();
  await expect(unconfirmed.getByText("You can join")).toHaveCount(0);
  await unconfirmed.goto("/main/developers/webhooks");
  await expect(unconfirmed.getByText("Page not found")).toBeVisible();
});

test("a provider that verified the address makes the account, too", async ({ browser }) => {
  const signInAs = async (name: string) => {
    const page = await visit(browser, "/sign-in");
    await page.getByRole("button", { name: "Sign in with Acme Login" }).click();
    await page.getByPlaceholder("Enter any login").fill(name);
    await page.getByPlaceholder("and password").fill("any");
    await page.getByRole("button", { name: "Sign-in" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    return page;
  };
  provider.people.set("emil", { email: "emil@acme.example", email_verified: true });
  const emil = await signInAs("emil");
  await emil.getByRole("button", { name: "Join Main" }).click();
  await emil.waitForURL("**/main/developers/webhooks");

  provider.people.set("fay", { email: "fay@acme.example", email_verified: false });
  await expect((await signInAs("fay")).getByText("has not verified fay@acme.example.")).toBeVisible();
  provider.people.set("gus", { email: "gus@mail.acme.example", email_verified: true });
  await expect((await signInAs("gus")).getByText("gus@mail.acme.example has no account")).toBeVisible();
});

test("once a domain is removed nobody joins by it, and who did stays", async ({ browser }) => {
  const hugo = await makePerson("hugo@acme.example", { confirmed: true });
  const page = await visit(browser, "/sign-in");
  await enter(page, hugo);
  await page.waitForURL(`**/${hugo.slug}`);
  await page.getByRole("button", { name: /^Workspace: / }).click();
  const item = page.getByRole("menuitem", { name: "Join Main" });
  await expect(item).toBeVisible();

  await owner.goto("/main/settings/members");
  await owner.getByRole("button", { name: "Remove acme.example" }).click();
  const dialog = owner.getByRole("alertdialog");
  await expect(dialog.getByText("People who joined by it stay members.")).toBeVisible();
  await expectAccessible(owner);
  await dialog.getByRole("button", { name: "Remove domain" }).click();
  await expect(owner.getByText("No domains")).toBeVisible();
  await expect(owner.getByLabel("Role of Ben Bauer")).toBeVisible();

  await item.click();
  await expect(page.getByText("There is no such workspace.")).toBeVisible();
});
