import { afterAll, beforeEach, expect, test } from "vitest";
import * as profile from "@/app/api/account/profile/route";
import * as linkRequest from "@/app/api/account/sign-in-link/request/route";
import * as own from "@/app/api/instance/own-workspaces/route";
import { database } from "@/db/connection/database";
import { insertUser } from "@/db/queries/users";
import { insertWorkspace } from "@/db/queries/workspaces";
import type { ProfileOutput } from "../contract/account";
import type { OwnWorkspacesOutput } from "../contract/instance";
import { newId } from "../core/ids";
import { sendEmails } from "../notifications/send-emails";
import { TestBrowser, tokensIn } from "../testing/account-api";
import { expectProblem, startTestApi } from "../testing/api";
import { startSmtpServer } from "../testing/smtp-server";
import { signInLinkState } from "./account-links";
import { signInByProvider } from "./sign-in-by-provider";

const smtp = await startSmtpServer();
afterAll(() => smtp.close());
const oidc = {
  OIDC_ISSUER: "https://login.example.com",
  OIDC_CLIENT_ID: "posthorn",
  OIDC_CLIENT_SECRET: "a secret of both",
};
await startTestApi({ SMTP_URL: smtp.url, EMAIL_FROM: "Posthorn <hooks@example.com>", ...oidc });
const { sql, db } = database();
const source = { network: "192.0.2.9", userAgent: null };

let tests = 0;
let domain: string;
/** A workspace with a domain that is verified, and an address there that has no account. */
beforeEach(async () => {
  tests += 1;
  domain = `acme-${tests}.example`;
  const workspaceId = newId();
  await insertWorkspace(db, { id: workspaceId, slug: `acme-${tests}`, name: "Acme" });
  await sql`insert into email_domains
    (id, workspace_id, domain, role, address, token_hash, expires_at, verified_at)
    values (${newId()}, ${workspaceId}, ${domain}, 'viewer', ${`a@${domain}`}, ${domain}, now(), now())`;
  await sql`delete from sign_in_limits`;
  smtp.emails.length = 0;
});

const newBrowser = () => new TestBrowser(`203.0.113.${tests}`);
const request = (email: string, browser = newBrowser()) =>
  browser.ask(linkRequest, "POST", { body: { email } });

/** The tokens that were sent to an address by the requests so far. */
async function sentTo(email: string): Promise<string[]> {
  await sendEmails();
  return tokensIn(smtp, email);
}

const accountsOf = (email: string) =>
  sql<{ name: string; confirmed: boolean; hasPassword: boolean }[]>`
    select name, email_verified_at is not null as confirmed, password_hash <> '' as "hasPassword"
    from users where lower(email) = ${email.toLowerCase()}`;

test("a first-time address at a verified domain gets a link that makes its account, once, and changes nothing before", async () => {
  const email = `ben@${domain}`;
  const answer = await request(email.toUpperCase());
  expect(answer.status).toBe(202);
  const [token = ""] = await sentTo(email);
  expect(JSON.stringify([await sql`select * from sign_up_links`, answer.body])).not.toContain(token);
  for (let looks = 0; looks < 3; looks += 1) {
    expect(await signInLinkState(token)).toEqual({ state: "valid", newEmail: email });
  }
  expect(await accountsOf(email)).toEqual([]);

  const [first, second] = [newBrowser(), newBrowser()];
  const outcomes = await Promise.all([
    first.signIn("link", { token, name: " Ben Bauer " }),
    second.signIn("link", { token, name: "Eve" }),
  ]);
  expect(outcomes.toSorted()).toEqual(["LinkRefused", null].toSorted());
  const browser = outcomes[0] === null ? first : second;
  const [account, ...others] = await accountsOf(email);
  expect(others).toEqual([]);
  expect(account).toEqual({
    name: outcomes[0] === null ? "Ben Bauer" : "Eve",
    confirmed: true,
    hasPassword: false,
  });
  expect((await browser.ask<ProfileOutput>(profile, "GET")).body).toMatchObject({
    email,
    emailConfirmed: true,
  });
  const found = await browser.ask<OwnWorkspacesOutput>(own, "GET");
  expect(found.body).toMatchObject({ data: [], joinable: [{ name: "Acme", role: "viewer", domain }] });
  expect(await signInLinkState(token)).toMatchObject({ state: "used" });
  const activity = await sql<{ action: string }[]>`
    select action from user_activity a join users u on u.id = a.user_id where u.email = ${email} order by a.id`;
  expect(activity.map(({ action }) => action)).toEqual(["account.create", "session.begin"]);
});

test("every other address is answered alike, as slowly, and is sent nothing", async () => {
  const before = performance.now();
  for (const email of ["ben@unknown.example", `ben@mail.${domain}`, `ben@not${domain}`, "ben@example"]) {
    const answer = await request(email);
    if (email === "ben@example") expectProblem(answer, 422, "validation_failed");
    else expect(answer.body).toEqual((await request(`known@${domain}`)).body);
    expect(await sentTo(email)).toEqual([]);
    expect(await accountsOf(email)).toEqual([]);
    await sql`delete from sign_in_limits`;
  }
  expect(performance.now() - before).toBeGreaterThan(6 * 300);
  await sql`update email_domains set verified_at = null where domain = ${domain}`;
  await request(`early@${domain}`);
  expect(await sentTo(`early@${domain}`)).toEqual([]);
});

test("an address is sent three links, and then has to wait; a newer one ends those before", async () => {
  const email = `ben@${domain}`;
  for (let sent = 0; sent < 3; sent += 1) expect((await request(email)).status).toBe(202);
  expectProblem(await request(email), 429, "rate_limited");
  const [first = "", , last = ""] = await sentTo(email);
  expect(await newBrowser().signIn("link", { token: first, name: "Ben" })).toBe("LinkRefused");
  expect(await newBrowser().signIn("link", { token: last, name: "" })).toBeNull();
  expect(await accountsOf(email)).toMatchObject([{ name: "ben" }]);
  // From then on it is one to sign in.
  await sql`delete from sign_in_limits`;
  await request(email);
  const next = (await sentTo(email)).at(-1) ?? "";
  expect(await signInLinkState(next)).toEqual({ state: "valid", newEmail: null });
});

test("a link is of no use once it is too old, or the domain was removed; with an account made meanwhile it signs in", async () => {
  const email = `ben@${domain}`;
  await request(email);
  const [token = ""] = await sentTo(email);
  const use = () => newBrowser().signIn("link", { token, name: "Ben" });
  await sql`update sign_up_links set expires_at = now() where email = ${email}`;
  expect(await use()).toBe("LinkRefused");
  await sql`update sign_up_links set expires_at = now() + interval '1 minute' where email = ${email}`;
  await sql`update email_domains set verified_at = null where domain = ${domain}`;
  expect(await use()).toBe("LinkRefused");
  expect(await accountsOf(email)).toEqual([]);
  await insertUser(db, { id: newId(), email, name: "Ben by an invitation", passwordHash: "" });
  expect(await use()).toBeNull();
  expect(await accountsOf(email)).toMatchObject([{ name: "Ben by an invitation", confirmed: true }]);
});

test("a disabled account is not made anew, nor signed in", async () => {
  const email = `ben@${domain}`;
  await request(email);
  const [token = ""] = await sentTo(email);
  await insertUser(db, { id: newId(), email, name: "Ben", passwordHash: "", disabledAt: new Date() });
  expect(await newBrowser().signIn("link", { token, name: "Ben" })).toBe("LinkRefused");
  await request(email);
  expect(await sentTo(email)).toHaveLength(1);
});

test("a provider that verified an address at a verified domain makes its account; others have none by it", async () => {
  const email = `Cleo@${domain}`;
  const known = { id: `subject-${tests}`, name: "Cleo", email, emailVerified: true };
  const by = (change: Partial<typeof known>) =>
    signInByProvider({ provider: "oidc", profile: { ...known, ...change }, source });
  expect(await by({ emailVerified: false })).toMatchObject({ refusal: "NotVerified" });
  expect(await by({ email: "cleo@unknown.example" })).toMatchObject({ refusal: "NoAccount" });
  expect(await by({ email: `cleo@mail.${domain}` })).toMatchObject({ refusal: "NoAccount" });
  expect(await accountsOf(email)).toEqual([]);

  const both = await Promise.all([by({}), by({})]);
  const [first, second] = both;
  expect(first).toMatchObject({ email: email.toLowerCase(), sessionId: expect.any(String) });
  expect("id" in first && "id" in second && first.id === second.id).toBe(true);
  expect(await accountsOf(email)).toEqual([{ name: "Cleo", confirmed: true, hasPassword: false }]);
  expect(await by({ name: "Somebody else" })).toMatchObject({ name: "Cleo" });

  // Somebody whose account with such an address was never confirmed keeps it to themselves.
  const unconfirmed = `dora@${domain}`;
  await insertUser(db, { id: newId(), email: unconfirmed, name: "Dora", passwordHash: "" });
  expect(await by({ id: "dora", email: unconfirmed })).toMatchObject({ refusal: "NotConfirmed" });
});
