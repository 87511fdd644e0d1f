import { afterAll, beforeEach, expect, test } from "vitest";
import * as verify from "@/app/api/email-domains/verify/route";
import * as own from "@/app/api/instance/own-workspaces/route";
import * as join from "@/app/api/instance/workspaces/[id]/join/route";
import * as accept from "@/app/api/invitations/accept/route";
import * as auditLog from "@/app/api/v1/audit-log/route";
import * as domain from "@/app/api/v1/domains/[id]/route";
import * as verification from "@/app/api/v1/domains/[id]/verification/route";
import * as domains from "@/app/api/v1/domains/route";
import * as invitations from "@/app/api/v1/invitations/route";
import * as member from "@/app/api/v1/members/[id]/route";
import * as members from "@/app/api/v1/members/route";
import { database } from "@/db/connection/database";
import type { AuditRowOutput } from "../contract/audit-log";
import type {
  EmailDomainOutput,
  SentVerificationOutput,
  VerifiedEmailDomainOutput,
} from "../contract/email-domains";
import type { CreatedWorkspaceOutput, OwnWorkspacesOutput } from "../contract/instance";
import type { MemberOutput, SentInvitationOutput } from "../contract/members";
import { sendEmails } from "../notifications/send-emails";
import { tokensIn } from "../testing/account-api";
import {
  type ApiAnswer,
  type Caller,
  call,
  expectDone,
  expectFieldError,
  expectProblem,
  makeCaller,
  makeOtherWorkspace,
  type RouteModule,
  startTestApi,
} from "../testing/api";
import { startSmtpServer } from "../testing/smtp-server";
import { findVerification } from "./find-verification";

const smtp = await startSmtpServer();
afterAll(() => smtp.close());
const { ctx, owner, key } = await startTestApi({
  SMTP_URL: smtp.url,
  EMAIL_FROM: "Posthorn <hooks@example.com>",
});
const { sql } = database();

beforeEach(async () => {
  await sql`delete from email_domains`;
  await sql`delete from sign_in_limits`;
  smtp.emails.length = 0;
});

type Body = { domain?: string; localPart?: string; role?: string };
const add = (body: Body = {}, as = owner) =>
  call<SentVerificationOutput>(domains, "POST", "/domains", {
    as,
    body: { domain: "acme.example", localPart: "postmaster", role: "developer", ...body },
  });
const list = async (as = owner) =>
  (await call<{ data: EmailDomainOutput[]; sendsEmails: boolean }>(domains, "GET", "/domains", { as })).body;
const resend = (id: string, as = owner) =>
  call<SentVerificationOutput>(verification, "POST", `/domains/${id}/verification`, { as, body: {} });
const setRole = (id: string, role: string, as = owner) =>
  call(domain, "PATCH", `/domains/${id}`, { as, body: { role } });
const remove = (id: string, as = owner) => call(domain, "DELETE", `/domains/${id}`, { as });

/** The tokens of the links that were sent to an address, oldest first. */
async function sentTo(address: string): Promise<string[]> {
  await sendEmails();
  return tokensIn(smtp, address);
}

/** Asks what belongs to no workspace. */
async function ask<T>(
  route: RouteModule,
  method: "GET" | "POST",
  { as = {}, body, id = "" }: { as?: Caller; body?: object; id?: string } = {},
): Promise<ApiAnswer<T>> {
  const request = new Request("http://localhost:3000/api/x", {
    method,
    headers: { "content-type": "application/json", ...as },
    ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}),
  });
  const answer = await route[method]?.(request, { params: Promise.resolve({ id }) });
  if (!answer) throw new Error(`the route has no ${method}`);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
}

const use = (token: string, as: Caller = {}) =>
  ask<VerifiedEmailDomainOutput>(verify, "POST", { as, body: { token } });

/** Adds a domain, and verifies it by the link that was emailed. */
async function addVerified(body: Body = {}, as = owner): Promise<string> {
  const made = await add(body, as);
  expectDone(made, 201);
  const [token = ""] = (await sentTo(made.body.address)).slice(-1);
  expect((await use(token)).status).toBe(200);
  return made.body.id;
}

type Person = { as: Caller; email: string };
let people = 0;
/** Somebody with an address, in a workspace that has nothing to do with it. */
async function makePerson({ at = "acme.example", confirmed = true } = {}): Promise<Person> {
  people += 1;
  const elsewhere = await makeOtherWorkspace();
  const as = await makeCaller(elsewhere, "viewer");
  const email = `Person-${people}@${at}`;
  await sql`update users set email = ${email}, email_verified_at = case when ${confirmed} then now() end
    where id = (select user_id from memberships where workspace_id = ${elsewhere.id})`;
  return { as, email };
}

const joinable = async ({ as }: Person) => (await ask<OwnWorkspacesOutput>(own, "GET", { as })).body.joinable;
const joinAs = ({ as }: Person, id: string) => ask<CreatedWorkspaceOutput>(join, "POST", { as, id });

async function memberWith(email: string): Promise<MemberOutput | undefined> {
  const { body } = await call<{ data: MemberOutput[] }>(members, "GET", "/members", { as: owner });
  return body.data.find((one) => one.email === email);
}

async function actions(): Promise<{ action: string; details: unknown; actor: string | null }[]> {
  const { body } = await call<{ data: AuditRowOutput[] }>(auditLog, "GET", "/audit-log?limit=10", {
    as: owner,
  });
  return body.data.map(({ action, details, actor }) => ({ action, details, actor: actor.name }));
}

test("a domain is verified by a link that only the email has, and that is kept as a hash", async () => {
  const made = await add({ domain: "ACME.example", localPart: "Post.Master" });
  expectDone(made, 201);
  expect(made.body).toMatchObject({
    domain: "acme.example",
    address: "post.master@acme.example",
    role: "developer",
    verifiedAt: null,
    expired: false,
    emailed: true,
  });
  const days = (Date.parse(made.body.expiresAt) - Date.parse(made.body.createdAt)) / 86_400_000;
  expect(days).toBeCloseTo(7, 1);
  const [token = ""] = await sentTo("post.master@acme.example");
  expect(smtp.emails.at(-1)?.headers.get("subject")).toBe("Verify acme.example for Main in Posthorn");
  const stored = [
    await sql`select * from email_domains`,
    await sql`select * from audit_log`,
    await sql`select * from account_emails`,
    made.body,
    await list(),
  ];
  expect(JSON.stringify(stored)).not.toContain(token);

  for (let looks = 0; looks < 3; looks += 1) {
    expect(await findVerification(token)).toMatchObject({ state: "open", domain: "acme.example" });
  }
  expect((await list()).data).toMatchObject([{ verifiedAt: null }]);
  expectProblem(await use(token, { origin: "https://evil.example" }), 403, "forbidden");
  const both = await Promise.all([use(token), use(token)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 200)?.body).toEqual({
    domain: "acme.example",
    workspace: "Main",
  });
  expect(await findVerification(token)).toEqual({ state: "verified" });
  expect(expectProblem(await use(token), 409, "conflict").detail).toContain("already verified");
  expect((await list()).data).toMatchObject([{ verifiedAt: expect.any(String), expired: false }]);
  expect((await actions()).slice(0, 2)).toEqual([
    {
      action: "domain.verify",
      details: { role: "developer", address: "post.master@acme.example" },
      actor: "Posthorn",
    },
    {
      action: "domain.create",
      details: { role: "developer", address: "post.master@acme.example" },
      actor: "The owner",
    },
  ]);
});

test("a link that is forged, too old, replaced, or of a domain that was removed verifies nothing", async () => {
  expectProblem(await use("forged"), 404, "not_found");
  expectFieldError(await use(""), "token", "must not be empty");
  const { id } = (await add()).body;
  const [first = ""] = await sentTo("postmaster@acme.example");
  await sql`update email_domains set expires_at = now()`;
  expect((await list()).data).toMatchObject([{ expired: true }]);
  expect(expectProblem(await use(first), 409, "conflict").detail).toContain("has expired");
  const again = await resend(id);
  expectDone(again);
  expect(again.body).toMatchObject({ emailed: true, expired: false });
  expectProblem(await use(first), 404, "not_found");
  const second = (await sentTo("postmaster@acme.example")).at(-1) ?? "";
  expect(second).not.toBe(first);
  expect(await findVerification(second)).toMatchObject({ state: "open" });
  expectDone(await remove(id));
  expectProblem(await use(second), 404, "not_found");
  expect((await list()).data).toEqual([]);
  expect((await actions()).slice(0, 2).map(({ action }) => action)).toEqual([
    "domain.delete",
    "domain.resend",
  ]);
});

test("what is no domain, a public provider, or not an address there is said at its field", async () => {
  expectFieldError(await add({ domain: "acme" }), "domain", "must be a domain, like example.com");
  expectFieldError(await add({ domain: "https://acme.example" }), "domain", "must be a domain");
  expectFieldError(await add({ domain: "10.0.0.1" }), "domain", "must be a domain");
  for (const provider of ["gmail.com", "Outlook.com", "@proton.me", "fastmail.com"]) {
    expectFieldError(await add({ domain: provider }), "domain", "is a public email provider");
  }
  expectFieldError(await add({ localPart: "a b" }), "localPart", "must be the part before the @");
  expectFieldError(
    await add({ localPart: "ana@evil.example" }),
    "localPart",
    "must be the part before the @",
  );
  expectFieldError(await add({ localPart: "ana@evil.example,x" }), "localPart", "must be the part before");
  expectFieldError(await add({ role: "owner" }), "role", "must be one of developer, viewer");
  expect((await list()).data).toEqual([]);
  await sendEmails();
  expect(smtp.emails).toEqual([]);
});

test("an international domain is the one of its ASCII form", async () => {
  const made = await add({ domain: "BÜCHER.example" });
  expect(made.body).toMatchObject({
    domain: "xn--bcher-kva.example",
    address: "postmaster@xn--bcher-kva.example",
  });
  expectProblem(await add({ domain: "xn--bcher-kva.example" }), 409, "conflict");
});

test("a workspace has a domain once, and 20 at most; several workspaces may have the same", async () => {
  expectDone(await add(), 201);
  expect(expectProblem(await add({ domain: "Acme.Example" }), 409, "conflict").detail).toBe(
    "This workspace already has the domain acme.example.",
  );
  const both = await Promise.all([1, 2].map(() => add({ domain: "twice.example" })));
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  for (let at = 2; at < 20; at += 1) expectDone(await add({ domain: `d${at}.example` }), 201);
  expectProblem(await add({ domain: "one-more.example" }), 409, "limit_reached");
  const other = await makeOtherWorkspace();
  expectDone(await add({ localPart: "other" }, await makeCaller(other, "owner")), 201);
});

test("domains are for owners alone, at the dashboard, and of their own workspace", async () => {
  const { id } = (await add()).body;
  const other = await makeOtherWorkspace();
  const stranger = await makeCaller(other, "owner");
  for (const change of [resend(id, stranger), setRole(id, "viewer", stranger), remove(id, stranger)]) {
    expectProblem(await change, 404, "not_found");
  }
  expect((await list(stranger)).data).toEqual([]);
  for (const as of [
    await makeCaller(ctx.workspace, "developer"),
    await makeCaller(ctx.workspace, "viewer"),
    key,
  ]) {
    for (const refused of [
      add({ domain: "more.example" }, as),
      call(domains, "GET", "/domains", { as }),
      resend(id, as),
      setRole(id, "viewer", as),
      remove(id, as),
    ]) {
      expectProblem(await refused, 403, "forbidden");
    }
  }
  expect((await list()).data).toMatchObject([{ id, role: "developer" }]);
});

test("nobody is flooded: an address gets three emails, and then has to wait; the last link goes on working", async () => {
  const { id } = (await add()).body;
  expectDone(await resend(id));
  expectDone(await resend(id));
  const last = (await sentTo("postmaster@acme.example")).at(-1) ?? "";
  const refused = await resend(id);
  expectProblem(refused, 429, "rate_limited");
  expect(refused.headers.get("retry-after")).toBe("300");
  expect(await findVerification(last)).toMatchObject({ state: "open" });
  expect((await use(last)).status).toBe(200);
  expect(expectProblem(await resend(id), 409, "conflict").detail).toBe("acme.example is already verified.");
});

test("a person with a confirmed address there joins with the role that is set, and it is recorded", async () => {
  const id = await addVerified({ role: "developer" });
  expectDone(await setRole(id, "viewer"));
  expectFieldError(await setRole(id, "owner"), "role", "must be one of");
  const ben = await makePerson();
  const [found] = await joinable(ben);
  expect(found).toEqual({
    id: `ws_${ctx.workspace.id.replaceAll("-", "")}`,
    name: "Main",
    role: "viewer",
    domain: "acme.example",
  });
  const workspaceId = found?.id ?? "";
  const both = await Promise.all([joinAs(ben, workspaceId), joinAs(ben, workspaceId)]);
  for (const answer of both) {
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({ slug: "main", name: "Main" });
  }
  expect(await memberWith(ben.email)).toMatchObject({ role: "viewer" });
  expect(await joinable(ben)).toEqual([]);
  const recorded = await actions();
  expect(recorded.slice(0, 3).map(({ action }) => action)).toEqual([
    "member.join",
    "domain.update",
    "domain.verify",
  ]);
  expect(recorded[0]?.details).toEqual({ role: "viewer", domain: "acme.example" });
  // Who joined stays, with their role, whatever becomes of the domain.
  expectDone(await setRole(id, "developer"));
  expectDone(await remove(id));
  expect(await memberWith(ben.email)).toMatchObject({ role: "viewer" });
});

test("nobody else is told that the workspace exists, or joins it", async () => {
  const { id } = (await add()).body;
  const workspaceId = `ws_${ctx.workspace.id.replaceAll("-", "")}`;
  const expectShutOut = async (person: Person, at: string) => {
    expect(await joinable(person), person.email).toEqual([]);
    const refused = expectProblem(await joinAs(person, at), 404, "not_found");
    const ofNothing = expectProblem(await joinAs(person, `ws_${"0".repeat(32)}`), 404, "not_found");
    expect(refused.detail).toBe(ofNothing.detail);
    expect(await memberWith(person.email)).toBeUndefined();
  };
  const early = await makePerson();
  await expectShutOut(early, workspaceId);
  const [token = ""] = await sentTo("postmaster@acme.example");
  await use(token);
  for (const person of [
    { confirmed: false },
    { at: "mail.acme.example" },
    { at: "example" },
    { at: "notacme.example" },
    { at: "acme.example.org" },
  ]) {
    await expectShutOut(await makePerson(person), workspaceId);
  }
  expect(await joinable(early)).toHaveLength(1);
  await expectShutOut(await makePerson({ confirmed: false }), "forged");
  expectProblem(await ask(join, "POST", { id: workspaceId }), 401, "unauthenticated");
  expectProblem(
    await ask(join, "POST", { as: { ...early.as, origin: "https://evil.example" }, id: workspaceId }),
    403,
    "forbidden",
  );
  await remove(id);
  await expectShutOut(early, workspaceId);
  await addVerified();
  await sql`update workspaces set deleted_at = now() where id = ${ctx.workspace.id}`;
  expect(await joinable(early)).toEqual([]);
  await sql`update workspaces set deleted_at = null where id = ${ctx.workspace.id}`;
});

test("who was removed comes back by an invitation only", async () => {
  await addVerified();
  const eve = await makePerson();
  const [found] = await joinable(eve);
  expect((await joinAs(eve, found?.id ?? "")).status).toBe(200);
  const { id = "" } = (await memberWith(eve.email)) ?? {};
  expectDone(await call(member, "DELETE", `/members/${id}`, { as: owner }));
  expect(await joinable(eve)).toEqual([]);
  expectProblem(await joinAs(eve, found?.id ?? ""), 404, "not_found");

  const sent = await call<SentInvitationOutput>(invitations, "POST", "/invitations", {
    as: owner,
    body: { email: eve.email, role: "viewer" },
  });
  const token = sent.body.link.split("/").at(-1) ?? "";
  expect((await ask(accept, "POST", { as: eve.as, body: { token } })).status).toBe(200);
  expect(await memberWith(eve.email)).toMatchObject({ role: "viewer" });
  expect(await sql`select from removed_members`).toHaveLength(0);
});

test("one domain leads to each workspace that verified it, by name", async () => {
  await addVerified();
  const other = await makeOtherWorkspace();
  await addVerified({ localPart: "other", role: "viewer" }, await makeCaller(other, "owner"));
  const found = await joinable(await makePerson());
  expect(found.map(({ name, role }) => [name, role])).toEqual([
    ["Main", "developer"],
    [other.slug, "viewer"],
  ]);
});
