import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeEach, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { insertUser } from "@/db/queries/users";
import { newId } from "../core/ids";
import { TestBrowser } from "../testing/account-api";
import { startTestApi } from "../testing/api";
import { type GithubServer, githubClient, startGithubServer } from "../testing/github-server";

/*
 * Signing in with an account elsewhere, by what a provider answers. That a browser gets through, and with a whole provider
 * of OpenID Connect, is in e2e/journeys/accounts.spec.ts.
 */
let document = "";
const issuer = createServer((_, answer) => answer.end(document)).listen(0, "127.0.0.1");
await once(issuer, "listening");
const address = issuer.address();
const issuerPort = typeof address === "object" ? address?.port : 0;
const github: GithubServer = await startGithubServer({ port: 0 });
await startTestApi({
  GITHUB_URL: github.url,
  GITHUB_CLIENT_ID: githubClient.id,
  GITHUB_CLIENT_SECRET: githubClient.secret,
  OIDC_ISSUER: `http://127.0.0.1:${issuerPort}`,
  OIDC_CLIENT_ID: "posthorn",
  OIDC_CLIENT_SECRET: "a secret",
});
afterAll(() => {
  issuer.closeAllConnections();
  issuer.close();
  return github.close().catch(() => undefined);
});

let email: string;
let people = 0;
beforeEach(async () => {
  people += 1;
  email = `ben-${people}@example.com`;
  const confirmed = { emailVerifiedAt: new Date(), passwordHash: "" };
  await insertUser(database().db, { id: newId(), email, name: "Ben", ...confirmed });
  github.broken = null;
  github.person = { id: people, login: "ben", emails: [{ email, primary: true, verified: true }] };
});

type Outcome = { isIn: boolean; error: string | null };

/** The page that somebody is led to: NextAuth says what failed at an address of its own, which leads on. */
async function pageBehind(browser: TestBrowser, location: string | null): Promise<URL> {
  const url = new URL(location ?? "", "http://localhost:3000");
  if (url.pathname !== "/api/auth/error") return url;
  const answer = await browser.auth(`error${url.search}`);
  return new URL(answer.headers.get("location") ?? "", "http://localhost:3000");
}

/** Where the button of a provider leads, on its page. */
async function begin(browser: TestBrowser, provider: string): Promise<URL> {
  const { csrfToken }: { csrfToken: string } = await (await browser.auth("csrf")).json();
  const answer = await browser.auth(`signin/${provider}`, {
    method: "POST",
    form: { csrfToken, json: "true" },
  });
  const { url }: { url: string } = await answer.json();
  return new URL(url);
}

async function signInWithGithub(change: (back: URL) => void = () => undefined): Promise<Outcome> {
  const browser = new TestBrowser(`198.51.100.${people}`);
  const allowed = await fetch(await begin(browser, "github"), { redirect: "manual" });
  const back = new URL(allowed.headers.get("location") ?? "");
  expect(back.href).toContain("http://localhost:3000/api/auth/callback/github?");
  change(back);
  const answer = await browser.auth(`callback/github${back.search}`);
  const location = await pageBehind(browser, answer.headers.get("location"));
  expect(location.origin).toBe("http://localhost:3000");
  const error = location.searchParams.get("error");
  const isIn = typeof (await browser.sessionId()) === "string";
  // A page says why, or they are in.
  expect(isIn).toBe(error === null);
  return { isIn, error };
}

const refusedWith = (error: string): Outcome => ({ isIn: false, error });

test("a verified primary address lets its account in, and from then on the number at GitHub does", async () => {
  expect((await signInWithGithub()).isIn).toBe(true);
  const elsewhere = { email: "ben@elsewhere.example", primary: true, verified: true };
  github.person = { id: people, login: "ben-2", emails: [elsewhere] };
  expect((await signInWithGithub()).isIn).toBe(true);
  const { sql } = database();
  const linked = await sql`select provider, subject from external_accounts where subject = ${String(people)}`;
  expect(linked).toEqual([{ provider: `github ${github.url}`, subject: String(people) }]);
});

test("an address that GitHub has not verified, that is not the primary one, or that has no account lets nobody in", async () => {
  const stranger = { email: "octocat@example.com", primary: true, verified: true };
  const as = async (emails: { email: string; primary: boolean; verified: boolean }[]) => {
    // The address of a profile is whatever somebody wrote there.
    github.person = { id: 1_000 + people, login: "mallory", email, emails };
    return signInWithGithub();
  };
  expect(await as([{ email, primary: true, verified: false }])).toEqual(refusedWith("NotVerified"));
  expect(await as([stranger, { email, primary: false, verified: true }])).toEqual(refusedWith("NoAccount"));
  expect(await as([{ email, primary: false, verified: true }])).toEqual(refusedWith("NoEmail"));
  expect(await as([])).toEqual(refusedWith("NoEmail"));
});

test("who refuses at GitHub, or comes back with a state or a code of somebody else, is not in", async () => {
  expect(await signInWithGithub((back) => back.searchParams.set("state", "forged"))).toEqual(
    refusedWith("OAuthCallback"),
  );
  expect(await signInWithGithub((back) => back.searchParams.set("code", "forged"))).toEqual(
    refusedWith("OAuthCallback"),
  );
  // A code that another browser began with: PKCE holds it to that one.
  const other = await fetch(await begin(new TestBrowser(), "github"), { redirect: "manual" });
  const { searchParams } = new URL(other.headers.get("location") ?? "");
  expect(
    await signInWithGithub((back) => back.searchParams.set("code", searchParams.get("code") ?? "")),
  ).toEqual(refusedWith("OAuthCallback"));
  github.person = null;
  expect((await signInWithGithub()).isIn).toBe(false);
});

const html = "<!doctype html><title>Unicorn!</title>";
test.each([
  ["/access_token", 200, html],
  ["/access_token", 200, JSON.stringify({ access_token: 5 })],
  ["/access_token", 502, html],
  ["/user", 200, html],
  ["/user", 200, JSON.stringify({ id: "5", login: "ben" })],
  ["/user", 302, html],
  ["/user/emails", 404, JSON.stringify({ message: "Not Found" })],
  ["/user/emails", 200, JSON.stringify({ email: "ben@example.com" })],
])("a GitHub that answers %s with %d %s lets nobody in", async (path, status, body) => {
  github.broken = { path, status, body };
  expect(await signInWithGithub()).toEqual(refusedWith("OAuthCallback"));
});

test.each([
  html,
  "{}",
  JSON.stringify({ issuer: `http://127.0.0.1:${issuerPort}` }),
  JSON.stringify({ issuer: "https://login.example.com", authorization_endpoint: 5 }),
])(
  "an OpenID Connect provider whose discovery document is %s leads back to the sign-in page",
  async (text) => {
    document = text;
    const browser = new TestBrowser();
    const at = await pageBehind(browser, (await begin(browser, "oidc")).href);
    expect(at.origin + at.pathname).toBe("http://localhost:3000/sign-in");
    expect(at.searchParams.get("error")).toBe("OAuthSignin");
  },
);

test("a GitHub that is down while somebody comes back from it lets nobody in", async () => {
  const browser = new TestBrowser();
  const allowed = await fetch(await begin(browser, "github"), { redirect: "manual" });
  const { search } = new URL(allowed.headers.get("location") ?? "");
  await github.close();
  const answer = await browser.auth(`callback/github${search}`);
  const { pathname, searchParams } = await pageBehind(browser, answer.headers.get("location"));
  expect({ pathname, error: searchParams.get("error") }).toEqual({
    pathname: "/sign-in",
    error: "OAuthCallback",
  });
  expect(await browser.sessionId()).toBeNull();
});
