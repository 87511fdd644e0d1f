import { generateSync } from "otplib";
import { afterAll, beforeEach, expect, test } from "vitest";
import * as activity from "@/app/api/account/activity/route";
import * as confirmEmail from "@/app/api/account/email/confirm/route";
import * as email from "@/app/api/account/email/route";
import * as password from "@/app/api/account/password/route";
import * as resetRequest from "@/app/api/account/password-reset/request/route";
import * as reset from "@/app/api/account/password-reset/route";
import * as profile from "@/app/api/account/profile/route";
import * as disable from "@/app/api/account/second-factor/disable/route";
import * as enable from "@/app/api/account/second-factor/enable/route";
import * as codes from "@/app/api/account/second-factor/recovery-codes/route";
import * as offer from "@/app/api/account/second-factor/route";
import * as session from "@/app/api/account/sessions/[id]/route";
import * as endOthers from "@/app/api/account/sessions/end-others/route";
import * as sessions from "@/app/api/account/sessions/route";
import * as linkRequest from "@/app/api/account/sign-in-link/request/route";
import { database } from "@/db/connection/database";
import { insertExternalAccount } from "@/db/queries/external-accounts";
import { insertUser } from "@/db/queries/users";
import { hashPassword } from "../auth/password";
import type { ActivityOutput, ProfileOutput, SecondFactorOffer, SessionOutput } from "../contract/account";
import { newId } from "../core/ids";
import { sendEmails } from "../notifications/send-emails";
import { TestBrowser, tokenIn, tokensIn } from "../testing/account-api";
import { expectDone, expectFieldError, expectProblem, startTestApi } from "../testing/api";
import { startSmtpServer } from "../testing/smtp-server";

const smtp = await startSmtpServer();
afterAll(() => smtp.close());
await startTestApi({ SMTP_URL: smtp.url, EMAIL_FROM: "Posthorn <hooks@example.com>" });
const right = "a password of mine";
const hash = await hashPassword(right);

let address: string;
let userId: string;
let networks = 0;
beforeEach(async () => {
  userId = newId();
  address = `${userId}@example.com`;
  await insertUser(database().db, { id: userId, email: address, name: "Ben", passwordHash: hash });
  smtp.emails.length = 0;
});

function newBrowser(): TestBrowser {
  networks += 1;
  return new TestBrowser(`198.51.100.${networks}`);
}
const credentials = (given = right, as = address) => ({ email: as, password: given });

async function signedIn(): Promise<TestBrowser> {
  const browser = newBrowser();
  expect(await browser.signIn("credentials", credentials())).toBeNull();
  return browser;
}

async function isIn(browser: TestBrowser): Promise<boolean> {
  return (await browser.ask(profile, "GET")).status === 200;
}

async function sentTo(recipient: string): Promise<number> {
  await sendEmails();
  return smtp.emails.filter(({ recipients }) => recipients.includes(recipient)).length;
}

const actionsOf = async () =>
  (
    await database().sql<{ action: string }[]>`
    select action from user_activity where user_id = ${userId} order by id`
  ).map((row) => row.action);

test("nothing of an account is for programs, other origins, or nobody", async () => {
  expectProblem(await newBrowser().ask(profile, "GET"), 401, "unauthenticated");
  const browser = await signedIn();
  const origin = { origin: "https://evil.example" };
  expectProblem(
    await browser.ask(profile, "PATCH", { body: { name: "Eve" }, headers: origin }),
    403,
    "forbidden",
  );
  expectProblem(
    await browser.ask(resetRequest, "POST", { body: { email: address }, headers: origin }),
    403,
    "forbidden",
  );
});

test("an address in another case is the same account", async () => {
  const browser = newBrowser();
  expect(await browser.signIn("credentials", credentials(right, address.toUpperCase()))).toBeNull();
  expect(await isIn(browser)).toBe(true);
  const again = { id: newId(), email: address.toUpperCase(), name: "Eve", passwordHash: hash };
  await expect(insertUser(database().db, again)).rejects.toThrow();
});

test("name, time zone, clock and theme change, and what is none is refused", async () => {
  const browser = await signedIn();
  const body = { name: " Ana ", timeZone: "Europe/Madrid", clock: "12h", theme: "dark" };
  const answer = await browser.ask<ProfileOutput>(profile, "PATCH", { body });
  expectDone(answer);
  expect(answer.body).toMatchObject({ ...body, name: "Ana", email: address, emailConfirmed: false });
  expectFieldError(
    await browser.ask(profile, "PATCH", { body: { timeZone: "Mars/Base" } }),
    "timeZone",
    "must be a time zone",
  );
  expectFieldError(await browser.ask(profile, "PATCH", { body: { name: " " } }), "name", "must not be empty");
});

test("a password changes for who knows it, is long and uncommon, and all other sessions end", async () => {
  const [browser, other] = [await signedIn(), await signedIn()];
  const change = (currentPassword: string, newPassword: string) =>
    browser.ask<{ ended: number }>(password, "POST", { body: { currentPassword, newPassword } });
  expectFieldError(await change("wrong", "a better password"), "currentPassword", "is wrong");
  expectFieldError(await change(right, "elevenchars"), "newPassword", "must be at least 12 characters");
  expectFieldError(await change(right, "1QAZ2wsx3edc"), "newPassword", "most common");
  expectFieldError(await change(right, "aaaaaaaaaaaab"), "newPassword", "four different");
  const done = await change(right, "a better password");
  expectDone(done);
  expect(done.body).toEqual({ ended: 1 });
  expect([await isIn(browser), await isIn(other)]).toEqual([true, false]);
  expect(await newBrowser().signIn("credentials", credentials())).toBe("CredentialsSignin");
  expect(await newBrowser().signIn("credentials", credentials("a better password"))).toBeNull();
  expect(await sentTo(address)).toBe(1);
  expect(await actionsOf()).toContain("password.change");
});

test("somebody with a password that is too short by now signs in", async () => {
  await database().sql`update users set password_hash = ${await hashPassword("short")} where id = ${userId}`;
  expect(await newBrowser().signIn("credentials", credentials("short"))).toBeNull();
});

test("a reset's email leads to a new password, once, and ends every session; the token is nowhere in clear", async () => {
  const browser = await signedIn();
  expectDone(await newBrowser().ask(resetRequest, "POST", { body: { email: address.toUpperCase() } }), 202);
  const { sql } = database();
  const rows = await sql`select sealed_body from account_emails where recipient = ${address}`;
  expect(rows).toHaveLength(1);
  expect(await sentTo(address)).toBe(1);
  const token = tokenIn(smtp, address);
  const stored = JSON.stringify([
    rows,
    await sql`select * from account_emails`,
    await sql`select * from account_links`,
    await sql`select * from user_activity`,
    await sql`select * from emails`,
  ]);
  expect(stored).not.toContain(token);
  const after = await sql`select sealed_body, status from account_emails where recipient = ${address}`;
  expect([...after]).toEqual([{ sealed_body: null, status: "sent" }]);

  const set = (given: string, to = "a password that is new") =>
    newBrowser().ask(reset, "POST", { body: { token: given, password: to } });
  expectFieldError(await set(token, "password1234"), "password", "most common");
  const forged = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
  expect(expectProblem(await set(forged), 409, "conflict").detail).toContain("not valid");
  const both = await Promise.all([set(token), set(token)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(expectProblem(await set(token), 409, "conflict").detail).toContain("was already used");
  expect(await isIn(browser)).toBe(false);
  expect(await newBrowser().signIn("credentials", credentials("a password that is new"))).toBeNull();
});

test("a reset takes accounts of providers away that were linked before anybody confirmed the address", async () => {
  const { sql, db } = database();
  const isLinked = async () =>
    (await sql`select from external_accounts where user_id = ${userId}`).length > 0;
  const resetBy = async () => {
    await sql`delete from sign_in_limits`;
    await newBrowser().ask(resetRequest, "POST", { body: { email: address } });
    await sentTo(address);
    const body = { token: tokenIn(smtp, address), password: "a password that is new" };
    expectDone(await newBrowser().ask(reset, "POST", { body }));
  };
  const external = { provider: "github", subject: userId, userId, email: address };
  await insertExternalAccount(db, external);
  await resetBy();
  expect(await isLinked()).toBe(false);
  await insertExternalAccount(db, external);
  await resetBy();
  expect(await isLinked()).toBe(true);
});

test("a reset that is too old, or replaced by another, changes nothing", async () => {
  const ask = () => newBrowser().ask(resetRequest, "POST", { body: { email: address } });
  await ask();
  await sentTo(address);
  const first = tokenIn(smtp, address);
  await ask();
  await sentTo(address);
  const second = tokenIn(smtp, address);
  await database()
    .sql`update account_links set expires_at = now() where user_id = ${userId} and used_at is null`;
  for (const token of [first, second]) {
    const answer = await newBrowser().ask(reset, "POST", { body: { token, password: "another password" } });
    expect(expectProblem(answer, 409, "conflict").detail).toContain("expired");
  }
  expect(await newBrowser().signIn("credentials", credentials())).toBeNull();
});

test("asking for links says the same of an address without an account, takes as long, and is limited alike", async () => {
  for (const route of [resetRequest, linkRequest]) {
    const nobody = `nobody-${newId()}@example.com`;
    const answers = [];
    for (const one of [address, nobody]) {
      const startedAt = performance.now();
      const { status, text } = await newBrowser().ask(route, "POST", { body: { email: one } });
      const ms = performance.now() - startedAt;
      answers.push({ status, text, isQuick: ms < 290 });
    }
    expect(answers[0]).toEqual({ status: 202, text: '{"ok":true}', isQuick: false });
    expect(answers[1]).toEqual(answers[0]);
    expect(await sentTo(nobody)).toBe(0);
  }
  for (const one of [address, `nobody-${newId()}@example.com`]) {
    const statuses = [];
    for (let at = 0; at < 6; at += 1) {
      statuses.push((await newBrowser().ask(resetRequest, "POST", { body: { email: one } })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  }
});

test("a link signs in once, and confirms the address of an account that nobody else can have prepared", async () => {
  await newBrowser().ask(linkRequest, "POST", { body: { email: address } });
  await sentTo(address);
  const token = tokenIn(smtp, address);
  const browser = newBrowser();
  expect(await browser.signIn("link", { token })).toBeNull();
  const isConfirmed = async () => (await browser.ask<ProfileOutput>(profile, "GET")).body.emailConfirmed;
  // The password may be that of whoever used an invitation to this address.
  expect(await isConfirmed()).toBe(false);
  expect(await newBrowser().signIn("link", { token })).toBe("LinkRefused");
  const { sql } = database();
  const again = async () => {
    await sql`delete from sign_in_limits`;
    await newBrowser().ask(linkRequest, "POST", { body: { email: address } });
    await sentTo(address);
    return newBrowser().signIn("link", { token: tokenIn(smtp, address) });
  };
  const external = { provider: "github", subject: userId, userId, email: address };
  await sql`update users set password_hash = '' where id = ${userId}`;
  await insertExternalAccount(database().db, external);
  expect(await again()).toBeNull();
  expect(await isConfirmed()).toBe(false);
  await sql`delete from external_accounts where user_id = ${userId}`;
  await sql`update users set totp_enabled_at = now() where id = ${userId}`;
  expect(await again()).toBe("SecondFactor");
  expect(await isConfirmed()).toBe(false);
  await sql`update users set totp_enabled_at = null where id = ${userId}`;
  expect(await again()).toBeNull();
  expect(await isConfirmed()).toBe(true);
  // A link of another kind is none.
  await newBrowser().ask(resetRequest, "POST", { body: { email: address } });
  await sentTo(address);
  expect(await newBrowser().signIn("link", { token: tokenIn(smtp, address) })).toBe("LinkRefused");
});

test("an address changes once its link was opened; the one before is told, and somebody else's is not taken", async () => {
  const browser = await signedIn();
  const change = (to: string, currentPassword = right) =>
    browser.ask(email, "POST", { body: { email: to, currentPassword } });
  expectFieldError(await change("new@example.com", "wrong"), "currentPassword", "is wrong");
  const fresh = `new-${userId}@example.com`;
  expectDone(await change(fresh.toUpperCase()), 202);
  const before = (await browser.ask<ProfileOutput>(profile, "GET")).body;
  expect(before).toMatchObject({ email: address, newEmail: fresh });
  await sentTo(fresh);
  const token = tokenIn(smtp, fresh);
  const visitor = newBrowser();
  const done = await visitor.ask(confirmEmail, "POST", { body: { token } });
  expectDone(done);
  expect(done.body).toEqual({ email: fresh });
  expectProblem(await visitor.ask(confirmEmail, "POST", { body: { token } }), 409, "conflict");
  expect((await browser.ask<ProfileOutput>(profile, "GET")).body).toMatchObject({
    email: fresh,
    newEmail: null,
    emailConfirmed: true,
  });
  expect(await sentTo(address)).toBe(1);
  expect(smtp.emails.findLast(({ recipients }) => recipients.includes(address))?.raw).toContain(
    "was changed",
  );

  // As if it was sent.
  expectDone(await change("ana@example.com"), 202);
  expect((await browser.ask<ProfileOutput>(profile, "GET")).body.newEmail).toBe("ana@example.com");
  expect(await sentTo("ana@example.com")).toBe(0);
  expectDone(await browser.ask(email, "DELETE"));
  expect((await browser.ask<ProfileOutput>(profile, "GET")).body.newEmail).toBeNull();
});

test("links that were sent to an address are of no use once the account has another one", async () => {
  const browser = await signedIn();
  const fresh = `moved-${userId}@example.com`;
  for (const route of [resetRequest, linkRequest]) {
    await newBrowser().ask(route, "POST", { body: { email: address } });
  }
  await sentTo(address);
  const tokens = tokensIn(smtp, address);
  expect(tokens).toHaveLength(2);
  await browser.ask(email, "POST", { body: { email: fresh, currentPassword: right } });
  await sentTo(fresh);
  expectDone(await browser.ask(confirmEmail, "POST", { body: { token: tokenIn(smtp, fresh) } }));

  for (const token of tokens) {
    expect(await newBrowser().signIn("link", { token })).toBe("LinkRefused");
    const body = { token, password: "a better password" };
    expectProblem(await newBrowser().ask(reset, "POST", { body }), 409, "conflict");
  }
  expect(await isIn(browser)).toBe(true);
});

test("an address that somebody else took meanwhile is not taken from them", async () => {
  const browser = await signedIn();
  const wanted = `wanted-${userId}@example.com`;
  await browser.ask(email, "POST", { body: { email: wanted, currentPassword: right } });
  await sentTo(wanted);
  await insertUser(database().db, { id: newId(), email: wanted, name: "Eve", passwordHash: "" });
  const answer = await browser.ask(confirmEmail, "POST", { body: { token: tokenIn(smtp, wanted) } });
  expect(expectProblem(answer, 409, "conflict").detail).toContain("cannot be used");
});

test("of two people who confirm the same address at once, one gets it, and the other is told", async () => {
  const wanted = `both-${userId}@example.com`;
  const other = `other-${userId}@example.com`;
  const passwordHash = await hashPassword(right);
  await insertUser(database().db, { id: newId(), email: other, name: "Cleo", passwordHash });
  const first = await signedIn();
  const second = newBrowser();
  expect(await second.signIn("credentials", credentials(right, other))).toBeNull();
  for (const browser of [first, second]) {
    await browser.ask(email, "POST", { body: { email: wanted, currentPassword: right } });
  }
  expect(await sentTo(wanted)).toBe(2);
  const answers = await Promise.all(
    tokensIn(smtp, wanted).map((token) => newBrowser().ask(confirmEmail, "POST", { body: { token } })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

async function turnOn(browser: TestBrowser): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { body } = await browser.ask<SecondFactorOffer>(offer, "POST", { body: {} });
  turnedOnAt = Math.floor(Date.now() / 1_000);
  const answer = await browser.ask<{ recoveryCodes: string[] }>(enable, "POST", {
    body: { code: codeOf(body.secret) },
  });
  expectDone(answer);
  return { secret: body.secret, recoveryCodes: answer.body.recoveryCodes };
}

/** When the second factor was turned on, in seconds: a step may pass while a test runs. */
let turnedOnAt = 0;

/** The code of the step that turned the second factor on, or of one after it. */
const codeOf = (secret: string, steps = 0) => generateSync({ secret, epoch: turnedOnAt + 30 * steps });

test("with a second factor, a password alone lets nobody in; each code does once", async () => {
  const browser = await signedIn();
  const { body: first } = await browser.ask<SecondFactorOffer>(offer, "POST", { body: {} });
  expect(first.uri).toMatch(/^otpauth:\/\/totp\/Posthorn/);
  expectFieldError(await browser.ask(enable, "POST", { body: { code: "000000" } }), "code", "is wrong");
  const { secret, recoveryCodes } = await turnOn(browser);
  expect(recoveryCodes).toHaveLength(10);
  expectProblem(await browser.ask(offer, "POST", { body: {} }), 409, "conflict");
  const dump = JSON.stringify([
    await database().sql`select * from users`,
    await database().sql`select * from recovery_codes`,
  ]);
  for (const one of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll("-", ""))]) {
    expect(dump).not.toContain(one);
  }

  const next = newBrowser();
  expect(await next.signIn("second-factor", { code: codeOf(secret, 1) })).toBe("TicketExpired");
  expect(await next.signIn("credentials", credentials())).toBe("SecondFactor");
  expect(await isIn(next)).toBe(false);
  // The one that turned it on was used by that.
  expect(await next.signIn("second-factor", { code: codeOf(secret) })).toBe("CredentialsSignin");
  expect(await next.signIn("second-factor", { code: codeOf(secret, 1) })).toBeNull();
  expect(await isIn(next)).toBe(true);
  const third = newBrowser();
  expect(await third.signIn("credentials", credentials())).toBe("SecondFactor");
  expect(await third.signIn("second-factor", { code: codeOf(secret, 1) })).toBe("CredentialsSignin");
  const [recovery = ""] = recoveryCodes;
  expect(await third.signIn("second-factor", { code: ` ${recovery.toUpperCase()} ` })).toBeNull();
  const fourth = newBrowser();
  expect(await fourth.signIn("credentials", credentials())).toBe("SecondFactor");
  expect(await fourth.signIn("second-factor", { code: recovery })).toBe("CredentialsSignin");
  expect((await browser.ask<ProfileOutput>(profile, "GET")).body.secondFactor.recoveryCodesLeft).toBe(9);
  expect(await actionsOf()).toEqual(
    expect.arrayContaining(["second_factor.enable", "second_factor.fail", "recovery_code.use"]),
  );
});

test("the second factor also guards a link by email, and a ticket ends with the password that it was given for", async () => {
  const browser = await signedIn();
  const { secret } = await turnOn(browser);
  await newBrowser().ask(linkRequest, "POST", { body: { email: address } });
  await sentTo(address);
  const next = newBrowser();
  expect(await next.signIn("link", { token: tokenIn(smtp, address) })).toBe("SecondFactor");
  await database()
    .sql`update users set password_hash = ${await hashPassword("changed by now")} where id = ${userId}`;
  expect(await next.signIn("second-factor", { code: codeOf(secret, 1) })).toBe("TicketExpired");
});

test("an account that was disabled after the first factor begins no session with the second", async () => {
  const { secret } = await turnOn(await signedIn());
  const next = newBrowser();
  expect(await next.signIn("credentials", credentials())).toBe("SecondFactor");
  const { sql } = database();
  await sql`update users set disabled_at = now() where id = ${userId}`;
  expect(await next.signIn("second-factor", { code: codeOf(secret, 1) })).toBe("TicketExpired");
  expect(await sql`select 1 from sessions where user_id = ${userId}`).toHaveLength(1);
});

test("codes are limited by account, whatever the address", async () => {
  const { secret } = await turnOn(await signedIn());
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const browser = newBrowser();
      await browser.signIn("credentials", credentials());
      return browser;
    }),
  ).then(async (browsers) =>
    Promise.all(browsers.map((one) => one.signIn("second-factor", { code: "000000" }))),
  );
  expect(outcomes.filter((one) => one === "TooManyAttempts").length).toBeGreaterThanOrEqual(5);
  expect(secret).toBeTruthy();
}, 60_000);

test("it is turned off by password or code, and codes are replaced; neither by nothing", async () => {
  const browser = await signedIn();
  const { secret, recoveryCodes } = await turnOn(browser);
  expectProblem(await browser.ask(disable, "POST", { body: {} }), 422, "validation_failed");
  expectFieldError(
    await browser.ask(disable, "POST", { body: { currentPassword: "wrong" } }),
    "currentPassword",
    "is wrong",
  );
  const replaced = await browser.ask<{ recoveryCodes: string[] }>(codes, "POST", {
    body: { code: codeOf(secret, 1) },
  });
  expectDone(replaced);
  expect(replaced.body.recoveryCodes).toHaveLength(10);
  expectFieldError(
    await browser.ask(disable, "POST", { body: { code: recoveryCodes[0] ?? "" } }),
    "code",
    "is wrong",
  );
  expectDone(await browser.ask(disable, "POST", { body: { currentPassword: right } }));
  expect(await newBrowser().signIn("credentials", credentials())).toBeNull();
  expectProblem(await browser.ask(disable, "POST", { body: { currentPassword: right } }), 409, "conflict");
});

test("sessions are seen with device and address, and ended one by one or all others; never somebody else's", async () => {
  const [browser, second, third] = [await signedIn(), await signedIn(), await signedIn()];
  const list = async (of: TestBrowser) =>
    (await of.ask<{ data: SessionOutput[] }>(sessions, "GET")).body.data;
  const rows = await list(browser);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({
    current: true,
    device: "Firefox on Linux",
    network: browser.network,
    method: "password",
  });
  const secondId = (await list(second))[0]?.id ?? "";
  const eve = newBrowser();
  expect(
    await eve.signIn("credentials", { email: "ana@example.com", password: "a long password" }),
  ).toBeNull();
  expectProblem(await eve.ask(session, "DELETE", { id: secondId }), 404, "not_found");
  expect(await isIn(second)).toBe(true);
  expectDone(await browser.ask(session, "DELETE", { id: secondId }));
  expect(await isIn(second)).toBe(false);
  expectProblem(await browser.ask(session, "DELETE", { id: secondId }), 404, "not_found");
  const ended = await browser.ask<{ ended: number }>(endOthers, "POST", { body: {} });
  expect(ended.body).toEqual({ ended: 1 });
  expect([await isIn(browser), await isIn(third), await isIn(eve)]).toEqual([true, false, true]);
});

test("the activity says what happened, and only one's own", async () => {
  const browser = await signedIn();
  await newBrowser().signIn("credentials", credentials("a wrong password"));
  const { body } = await browser.ask<{ data: ActivityOutput[] }>(activity, "GET");
  expect(body.data.map(({ action }) => action)).toEqual(["session.fail", "session.begin"]);
  expect(body.data[1]).toMatchObject({ detail: "password", device: "Firefox on Linux" });
});
