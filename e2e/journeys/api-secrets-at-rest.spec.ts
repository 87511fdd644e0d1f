import { randomBytes } from "node:crypto";
import { type APIResponse, expect, test } from "@playwright/test";
import { generateSync } from "otplib";
import { tokenIn } from "@/lib/testing/account-api";
import { startSmtpServer, type TestSmtpServer } from "@/lib/testing/smtp-server";
import { type ApiUnderTest, sendPassword, startApi } from "../support/start-api";

let smtp: TestSmtpServer;
let app: ApiUnderTest;

test.beforeAll(async () => {
  smtp = await startSmtpServer();
  app = await startApi({
    SMTP_URL: smtp.url,
    EMAIL_FROM: "Posthorn <hooks@example.com>",
    POSTHORN_LOG_LEVEL: "debug",
    POSTHORN_RETRY_SCALE: "0.00001",
  });
});

test.afterAll(async () => {
  await app?.stop();
  await smtp?.close();
});

/** All rows of all tables, as text. */
async function dump(): Promise<string> {
  const { sql } = app.database;
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname in ('public', 'drizzle')`;
  const rows = [];
  for (const { name } of tables.filter((one) => !one.name.startsWith("__"))) {
    rows.push(...(await sql`select to_jsonb(t)::text as row from ${sql(name)} t`));
  }
  return rows.map(({ row }) => row).join("\n");
}

async function answered<T>(answer: APIResponse): Promise<T> {
  expect(answer.ok(), `${answer.url()} was answered ${answer.status()}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

test("neither the database nor the log holds a secret, token, password or header value in clear", async () => {
  test.setTimeout(180_000);
  const random = () => randomBytes(18).toString("hex");
  /** What must be nowhere, by what it is. */
  const secrets: Record<string, string> = {
    "the API key of the environment": app.bootstrap.apiKey,
    "the first owner's password": app.bootstrap.password,
    "a value of a custom header": `Bearer ${random()}`,
    "a password that was wrong": random(),
    "an API key that was wrong": `phk_${random()}`,
    "a secret that was imported": `whsec_${randomBytes(24).toString("base64")}`,
  };
  const api = await app.requestsOf(app.bootstrap.apiKey);
  const session = await app.signIn();
  const { cookies } = await session.storageState();
  const token = cookies.find(({ name }) => name.endsWith("session-token"));
  secrets["the session's cookie"] = token?.value ?? "";

  const headers = { Authorization: secrets["a value of a custom header"] ?? "" };
  const answers = { "/fine": 200, "/failing": 500, "/moved": 302, "/gone": 410 };
  app.receiver.reply(({ path }) => ({
    status: Object.entries(answers).find(([one]) => one === path)?.[1] ?? 200,
    body: "an answer",
  }));
  for (const path of Object.keys(answers)) {
    const data = { url: app.receiver.origin + path, headers };
    const { id } = await answered<{ id: string }>(await api.post("/api/v1/endpoints", { data }));
    const { secret } = await answered<{ secret: string }>(
      await session.get(`/api/v1/endpoints/${id}/secret`),
    );
    secrets[`the secret of ${path}`] = secret;
    await answered(await api.post(`/api/v1/endpoints/${id}/secret/rotate`, { data: {} }));
    await answered(await api.post(`/api/v1/endpoints/${id}/test`, { data: { type: "customer.created" } }));
  }
  for (const [signature, secret] of [
    ["hmac", secrets["a secret that was imported"]],
    ["ed25519", undefined],
    ["jwt", undefined],
  ] as const) {
    const data = { url: `${app.receiver.origin}/${signature}`, signature, secret, headers };
    const { id } = await answered<{ id: string }>(await api.post("/api/v1/endpoints", { data }));
    const found = await answered<{ secret: string | null }>(
      await session.get(`/api/v1/endpoints/${id}/secret`),
    );
    if (found.secret) secrets[`the secret of ${signature}`] = found.secret;
  }
  const made = { data: { name: "Another", scopes: ["events:write"] } };
  const { key } = await answered<{ key: string }>(await session.post("/api/v1/api-keys", made));
  secrets["an API key"] = key;
  const stranger = await app.requestsOf(secrets["an API key that was wrong"]);
  expect((await stranger.get("/api/v1/endpoints")).status()).toBe(401);
  const wrong = { email: app.bootstrap.email, password: secrets["a password that was wrong"] ?? "" };
  expect((await sendPassword(await app.requestsOf(), wrong)).status()).toBe(401);

  const invited = { data: { email: "ben@example.com", role: "viewer" } };
  const { link } = await answered<{ link: string }>(await session.post("/api/v1/invitations", invited));
  secrets["the token of an invitation"] = link.split("/").at(-1) ?? "";
  const domain = { data: { domain: "acme.example", localPart: "postmaster", role: "viewer" } };
  await answered(await session.post("/api/v1/domains", domain));
  await expect
    .poll(() => smtp.emails.some(({ recipients }) => recipients.includes("postmaster@acme.example")), {
      timeout: 60_000,
    })
    .toBe(true);
  secrets["the token of a link to verify a domain"] = tokenIn(smtp, "postmaster@acme.example");
  const verified = { data: { token: secrets["the token of a link to verify a domain"] } };
  await answered(await session.post("/api/email-domains/verify", verified));
  await answered(
    await session.post("/api/account/sign-in-link/request", { data: { email: "ben@acme.example" } }),
  );
  await expect
    .poll(() => smtp.emails.some(({ recipients }) => recipients.includes("ben@acme.example")), {
      timeout: 60_000,
    })
    .toBe(true);
  secrets["the token of a link to create an account"] = tokenIn(smtp, "ben@acme.example");
  for (const [what, route] of [
    ["the token of a link to set a password", "password-reset"],
    ["the token of a link to sign in", "sign-in-link"],
  ] as const) {
    const before = smtp.emails.length;
    const data = { email: app.bootstrap.email };
    await answered(await session.post(`/api/account/${route}/request`, { data }));
    await expect.poll(() => smtp.emails.length, { timeout: 60_000 }).toBeGreaterThan(before);
    await expect
      .poll(() => tokenIn(smtp, app.bootstrap.email), { timeout: 60_000 })
      .not.toBe(secrets["the token of a link to set a password"] ?? "");
    secrets[what] = tokenIn(smtp, app.bootstrap.email);
    const page = `/${route === "sign-in-link" ? "sign-in/link" : "reset-password"}?token=${secrets[what]}`;
    expect((await session.get(page)).ok()).toBe(true);
  }
  const offer = await answered<{ secret: string }>(
    await session.post("/api/account/second-factor", { data: {} }),
  );
  secrets["the secret of an authenticator app"] = offer.secret;
  const code = generateSync({ secret: offer.secret });
  const { recoveryCodes } = await answered<{ recoveryCodes: string[] }>(
    await session.post("/api/account/second-factor/enable", { data: { code } }),
  );
  for (const [at, one] of recoveryCodes.entries()) secrets[`recovery code ${at + 1}`] = one;

  const marker = random();
  for (let number = 0; number < 5; number += 1) {
    const data = { type: "customer.created", data: { marker, number } };
    await answered(await api.post("/api/v1/events", { data }));
  }
  const isSettled = async () => {
    const found = await api.get("/api/v1/deliveries?status=waiting&limit=1");
    return (await answered<{ data: unknown[] }>(found)).data.length === 0;
  };
  await expect.poll(isSettled, { timeout: 60_000 }).toBe(true);
  await expect
    .poll(() => app.receiver.received.filter(({ path }) => path === "/failing").length, { timeout: 60_000 })
    .toBeGreaterThan(3);

  const places = { "the database": await dump(), "the log": app.posthorn.output() };
  // It finds what is there.
  expect(places["the database"]).toContain(marker);
  expect(places["the log"]).toContain("a sign-in failed");
  expect(app.receiver.received.some((one) => one.headers.authorization === headers.Authorization)).toBe(true);
  expect(Object.values(secrets).filter((secret) => secret.length < 16)).toEqual([]);
  for (const [place, text] of Object.entries(places)) {
    const found = Object.entries(secrets).filter(([, secret]) =>
      // Without its prefix, and as JSON would have it.
      [secret, secret.replace(/^(whsec_|whsk_|phk_|Bearer )/, "")].some((one) => text.includes(one)),
    );
    expect(
      found.map(([what]) => what),
      place,
    ).toEqual([]);
  }
});
