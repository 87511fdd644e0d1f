import { expect } from "@playwright/test";
import { generateSync } from "otplib";
import { tokenIn } from "@/lib/testing/account-api";
import {
  type GithubPerson,
  type GithubServer,
  githubClient,
  startGithubServer,
} from "@/lib/testing/github-server";
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
let github: GithubServer;
const guests = visitors(() => app.posthorn.url);
const { visit } = guests;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  smtp = await startSmtpServer();
  const port = await freePort();
  const githubPort = await freePort();
  github = await startGithubServer({ port: githubPort });
  app = await startApi({
    SMTP_URL: smtp.url,
    EMAIL_FROM: "Posthorn <hooks@example.com>",
    OIDC_ISSUER: `http://127.0.0.1:${port}`,
    OIDC_CLIENT_ID: openIdClient.id,
    OIDC_CLIENT_SECRET: openIdClient.secret,
    OIDC_NAME: "Acme Login",
    GITHUB_URL: `http://127.0.0.1:${githubPort}`,
    GITHUB_CLIENT_ID: githubClient.id,
    GITHUB_CLIENT_SECRET: githubClient.secret,
  });
  provider = await startOpenIdProvider({ port, appUrl: app.posthorn.url });
});

test.afterAll(async () => {
  await guests.close();
  await app?.stop();
  await Promise.all([provider?.close(), github?.close()].map((closing) => closing?.catch(() => undefined)));
  await smtp?.close();
});

/** Waits for the next email to an address, and gives its link's token. */
async function linkTo(email: string, before: number): Promise<string> {
  await expect
    .poll(() => smtp.emails.slice(before).some(({ recipients }) => recipients.includes(email)))
    .toBe(true);
  return tokenIn(smtp, email);
}

test("a forgotten password is set anew by the link of an email, which works once, and ends all sessions", async ({
  browser,
}) => {
  const person = await app.makePerson("developer", ["main"]);
  const open = await visit(browser, "/sign-in");
  await enter(open, person);
  await open.waitForURL("**/main");

  const page = await visit(browser, "/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.waitForURL("**/reset-password");
  await page.getByLabel("Email").fill("nobody@example.com");
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText(/^If nobody@example\.com has an account/)).toBeVisible();
  expect(smtp.emails).toHaveLength(0);

  await page.goto("/reset-password");
  await expectAccessible(page);
  const before = smtp.emails.length;
  await page.getByLabel("Email").fill(person.email.toUpperCase());
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("has an account, a link")).toBeVisible();
  const token = await linkTo(person.email, before);

  // What scans an email opens its links, which uses none up.
  for (const _ of [1, 2]) await page.goto(`/reset-password?token=${token}`);
  await expectAccessible(page);
  await page.getByLabel("New password").fill("password1234");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("is one of the most common passwords")).toBeVisible();
  await page.getByLabel("New password").fill("seven green bottles");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your new password is set.")).toBeVisible();

  await page.goto(`/reset-password?token=${token}`);
  await expect(page.getByText("This link was already used.")).toBeVisible();
  await page.goto("/reset-password?token=forged");
  await expect(page.getByText("This link is not valid.")).toBeVisible();

  await page.goto("/sign-in");
  await enter(page, person);
  await expect(page.getByText("The email or the password is wrong.")).toBeVisible();
  await enter(page, { email: person.email, password: "seven green bottles" });
  await page.waitForURL("**/main");

  await open.reload();
  await open.waitForURL("**/sign-in?**");
});

test("an invitation comes by email, and who opens it makes an account and joins", async ({ browser }) => {
  const owner = await visit(browser, "/sign-in?callbackUrl=/main/settings/members");
  await enter(owner, app.bootstrap);
  await owner.waitForURL("**/main/settings/members");
  await owner.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Email").fill("carla@example.com");
  await dialog.getByRole("button", { name: "Create invitation" }).click();
  await expect(dialog.getByRole("heading", { name: "Invitation sent" })).toBeVisible();
  await expectAccessible(owner);
  const email = () => smtp.emails.find(({ recipients }) => recipients.includes("carla@example.com"));
  await expect.poll(() => email() !== undefined).toBe(true);
  const [link = ""] = /\/invite\/[\w-]{43}/.exec((email()?.raw ?? "").replace(/=\r\n/g, "")) ?? [];
  const carla = await visit(browser, link);
  await carla.getByLabel("Your name").fill("Carla");
  await carla.getByLabel("Password", { exact: true }).fill("seven green bottles");
  await carla.getByRole("button", { name: "Create account and join" }).click();
  await carla.waitForURL("**/main/developers/webhooks");
});

test("a link by email signs in once it is asked to, and once", async ({ browser }) => {
  const person = await app.makePerson("viewer", ["main"]);
  const page = await visit(browser, "/sign-in");
  const before = smtp.emails.length;
  await page.getByLabel("Email").fill(person.email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await expect(page.getByText("a link to sign in is on its way")).toBeVisible();
  const token = await linkTo(person.email, before);
  await page.goto(`/sign-in/link?token=${token}`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/main");

  const other = await visit(browser, `/sign-in/link?token=${token}`);
  await expect(other.getByText("This link was already used.")).toBeVisible();
});

test("two-factor authentication is turned on, asked for, and gets around a lost phone by a recovery code", async ({
  browser,
}) => {
  const person = await app.makePerson("developer", ["main"]);
  const page = await visit(browser, "/sign-in");
  await enter(page, person);
  await page.waitForURL("**/main");
  await page.getByRole("button", { name: "Account: The developer" }).click();
  await page.getByRole("menuitem", { name: "Account" }).click();
  await page.getByRole("link", { name: "Security" }).click();
  await page.getByRole("button", { name: "Turn on" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("img", { name: "QR code of the key" })).toBeVisible();
  await expectAccessible(page);
  const secret = (await dialog.locator("code").textContent()) ?? "";
  const codeIn = (seconds: number) =>
    generateSync({ secret, epoch: Math.floor(Date.now() / 1_000) + seconds });
  await dialog.getByLabel("Code", { exact: true }).fill("000000");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByText("is wrong or was already used")).toBeVisible();
  await dialog.getByLabel("Code", { exact: true }).fill(codeIn(0));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByRole("heading", { name: "Save your recovery codes" })).toBeVisible();
  await expectAccessible(page);
  const [recovery = ""] = await dialog.getByRole("list").getByRole("listitem").allTextContents();
  await dialog.getByRole("button", { name: "I saved them" }).click();
  await expect(page.getByText("10 recovery codes left")).toBeVisible();

  const other = await visit(browser, "/sign-in?callbackUrl=/main/developers/events");
  await enter(other, person);
  await expectAccessible(other);
  // Of the step to come, since the one of now is used up.
  await other.getByLabel("Code", { exact: true }).fill(codeIn(30));
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.waitForURL("**/main/developers/events");

  const third = await visit(browser, "/sign-in");
  await enter(third, person);
  await third.getByRole("button", { name: "Use a recovery code" }).click();
  await third.getByLabel("Recovery code").fill(recovery);
  await third.getByRole("button", { name: "Sign in" }).click();
  await third.waitForURL("**/main");

  // The sessions of the three are seen, and two of them end at once, in tabs that are open.
  await page.reload();
  await expect(page.getByText("9 recovery codes left")).toBeVisible();
  await expect(page.getByRole("list", { name: "Sessions" }).getByRole("listitem")).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole("button", { name: "End all other sessions" }).click();
  await expect(page.getByText("2 sessions were ended")).toBeVisible();
  await other.waitForURL("**/sign-in?**");

  await page.getByRole("button", { name: "Turn off" }).click();
  await page.getByLabel("Current password").fill(person.password);
  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("Two-factor authentication is off")).toBeVisible();
});

test("an account of an OpenID Connect provider signs in, if its address is verified and has an account", async ({
  browser,
}) => {
  const person = await app.makePerson("developer", ["main"]);
  const signInAs = async (name: string) => {
    const page = await visit(browser, "/sign-in?callbackUrl=/main/developers/events");
    await page.getByRole("button", { name: "Sign in with Acme Login" }).click();
    await page.getByPlaceholder("Enter any login").fill(name);
    await page.getByPlaceholder("and password").fill("any");
    await page.getByRole("button", { name: "Sign-in" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    return page;
  };
  provider.people.set("stranger", { email: "stranger@example.com", email_verified: true });
  const stranger = await signInAs("stranger");
  await expect(stranger.getByText("stranger@example.com has no account in Posthorn.")).toBeVisible();
  await expectAccessible(stranger);

  provider.people.set("unverified", { email: app.bootstrap.email, email_verified: false });
  const unverified = await signInAs("unverified");
  await expect(unverified.getByText(`Acme Login has not verified ${app.bootstrap.email}.`)).toBeVisible();

  provider.people.set("person", { email: person.email, email_verified: true });
  const unconfirmed = await signInAs("person");
  await expect(unconfirmed.getByText("Your email address is not confirmed yet.")).toBeVisible();
  // As it says: whoever signs in with the password, and links the account, gets in by it from then on.
  await enter(unconfirmed, person);
  await unconfirmed.waitForURL("**/main/developers/events");
  await unconfirmed.goto("/account/security");
  const linking = unconfirmed.getByRole("region", { name: "Other ways to sign in" });
  await linking.getByRole("button", { name: "Link Acme Login" }).click();
  await expect(linking.getByText(person.email)).toBeVisible();
  const linked = await signInAs("person");
  await linked.waitForURL("**/main/developers/events");

  provider.people.set("owner", { email: app.bootstrap.email, email_verified: true });
  const owner = await signInAs("owner");
  await owner.waitForURL("**/main/developers/events");
  await owner.goto("/account/security");
  const ways = owner.getByRole("region", { name: "Other ways to sign in" });
  await expect(ways.getByText(app.bootstrap.email)).toBeVisible();
  await expect(owner.getByText("Signed in with OpenID Connect")).toBeVisible();
  await ways.getByRole("button", { name: "Unlink Acme Login" }).click();
  await expect(ways.getByText("Not linked")).toBeVisible();
});

test("an account of a GitHub Enterprise Server signs in by its primary address, if that is verified", async ({
  browser,
}) => {
  const { email } = app.bootstrap;
  const signInAs = async (person: GithubPerson | null) => {
    github.person = person;
    const page = await visit(browser, "/sign-in?callbackUrl=/main/developers/events");
    await page.getByRole("button", { name: "Sign in with GitHub" }).click();
    return page;
  };
  const unverified = await signInAs({
    id: 1,
    login: "mallory",
    emails: [{ email, primary: true, verified: false }],
  });
  await expect(unverified.getByText(`GitHub has not verified ${email}.`)).toBeVisible();
  await expectAccessible(unverified);

  const refused = await signInAs(null);
  await expect(refused.getByText("Signing in with the provider failed.")).toBeVisible();

  const page = await signInAs({ id: 2, login: "ana", emails: [{ email, primary: true, verified: true }] });
  await page.waitForURL("**/main/developers/events");
  await expect(page.getByRole("button", { name: "Account: owner" })).toBeVisible();
});

test("a provider that is down leads back to the sign-in page, which says so", async ({ browser }) => {
  await provider.close();
  const page = await visit(browser, "/sign-in");
  await page.getByRole("button", { name: "Sign in with Acme Login" }).click();
  await expect(page.getByText("Signing in with the provider failed.")).toBeVisible();
});

test("a profile: name, times, theme, and another address, which counts once its link is opened", async ({
  browser,
}) => {
  const person = await app.makePerson("developer", ["main"]);
  const page = await visit(browser, "/sign-in?callbackUrl=/account");
  await enter(page, person);
  // The address of the sign-in page ends alike.
  await expect(page.getByLabel("Time zone")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Name").fill("Dora Developer");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByLabel("Clock").selectOption("12h");
  await page.getByLabel("Theme").selectOption("dark");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
  await expectAccessible(page);
  const tokyo = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Tokyo",
    hour: "numeric",
    hourCycle: "h12",
  });
  const [hour] = tokyo.format(new Date()).split(" ");
  await expect(page.getByText(new RegExp(`^It is ${hour}:\\d\\d [ap]m now\\.$`))).toBeVisible();

  await page.getByRole("button", { name: "Confirm or change address" }).click();
  await page.getByLabel("New address").fill("dora@example.com");
  await page.getByLabel("Current password").fill("wrong");
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("is wrong")).toBeVisible();
  const before = smtp.emails.length;
  await page.getByLabel("Current password").fill(person.password);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("A link was sent to dora@example.com.")).toBeVisible();
  const token = await linkTo("dora@example.com", before);
  await page.goto(`/verify-email?token=${token}`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("dora@example.com is confirmed.")).toBeVisible();

  const fresh = await visit(browser, "/sign-in");
  await enter(fresh, { email: "dora@example.com", password: person.password });
  await fresh.waitForURL("**/main");
  await expect(fresh.getByRole("button", { name: "Account: Dora Developer" })).toBeVisible();
});

test("a password stays out of the address if the page's scripts did not load", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/sign-in`);
  await page.getByLabel("Email").fill("ana@example.com");
  await page.getByLabel("Password", { exact: true }).fill("correct-horse-battery");
  const sent = page.waitForResponse((response) => response.request().isNavigationRequest());
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  expect((await sent).url()).toBe(`${app.posthorn.url}/sign-in`);
  await context.close();
});
