import { expect, test } from "vitest";
import * as accept from "@/app/api/invitations/accept/route";
import * as apiKeys from "@/app/api/v1/api-keys/route";
import * as eventTypes from "@/app/api/v1/event-types/route";
import * as events from "@/app/api/v1/events/route";
import * as resend from "@/app/api/v1/invitations/[id]/resend/route";
import * as invitation from "@/app/api/v1/invitations/[id]/route";
import * as invitations from "@/app/api/v1/invitations/route";
import * as member from "@/app/api/v1/members/[id]/route";
import * as members from "@/app/api/v1/members/route";
import * as leave from "@/app/api/v1/workspace/leave/route";
import { database } from "@/db/connection/database";
import type { InvitationOutput, MemberOutput, SentInvitationOutput } from "../contract/members";
import { fromPublicId } from "../core/ids";
import {
  type ApiAnswer,
  type Caller,
  call,
  expectDone,
  expectFieldError,
  expectProblem,
  makeCaller,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { findInvitation } from "./find-invitation";

const { ctx, owner, key } = await startTestApi();
const { sql } = database();
// The first owner, whom the test instance is set up with, is not one of these tests.
await sql`delete from memberships where user_id = (select id from users where email = 'ana@example.com')`;

const list = async (as = owner) =>
  (await call<{ data: MemberOutput[] }>(members, "GET", "/members", { as })).body.data;
const setRole = (id: string, role: string, as = owner) =>
  call(member, "PATCH", `/members/${id}`, { as, body: { role } });
const remove = (id: string, as = owner) => call(member, "DELETE", `/members/${id}`, { as });
const invite = (body: object, as = owner) =>
  call<SentInvitationOutput>(invitations, "POST", "/invitations", { as, body });
const pending = async () =>
  (await call<{ data: InvitationOutput[] }>(invitations, "GET", "/invitations", { as: owner })).body.data;
const tokenOf = ({ link }: { link: string }) => link.split("/").at(-1) ?? "";

async function use(body: object, as: Caller = {}): Promise<ApiAnswer<{ workspace: string; email: string }>> {
  const answer = await accept.POST(
    new Request("http://localhost:3000/api/invitations/accept", {
      method: "POST",
      headers: { "content-type": "application/json", ...as },
      body: JSON.stringify(body),
    }),
    { params: Promise.resolve({}) },
  );
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
}

async function personOf(caller: Caller): Promise<MemberOutput> {
  const found = (await list(caller)).find(({ isYou }) => isYou);
  if (!found) throw new Error("nobody");
  return found;
}

test("members see each other with their roles, and only owners change them", async () => {
  const viewer = await makeCaller(ctx.workspace, "viewer");
  const developer = await makeCaller(ctx.workspace, "developer");
  expect((await list(viewer)).map(({ role }) => role).toSorted()).toEqual(["developer", "owner", "viewer"]);
  expectProblem(await call(members, "GET", "/members", { as: key }), 403, "forbidden");
  const { id } = await personOf(viewer);
  for (const as of [viewer, developer]) {
    expect(expectProblem(await setRole(id, "owner", as), 403, "forbidden").detail).toContain(
      "can't invite, change or remove members",
    );
    expectProblem(await remove(id, as), 403, "forbidden");
    expectProblem(await invite({ email: "x@example.com", role: "viewer" }, as), 403, "forbidden");
    expectProblem(await call(invitations, "GET", "/invitations", { as }), 403, "forbidden");
  }
  expectDone(await setRole(id, "developer"));
  expect((await personOf(viewer)).role).toBe("developer");
  expectFieldError(await setRole(id, "member"), "role", "must be one of owner, developer, viewer");
});

test("the last owner neither leaves nor is lowered or removed, and is told the way out", async () => {
  const me = await personOf(owner);
  const leaving = () => call(leave, "POST", "/workspace/leave", { as: owner, body: {} });
  expect(expectProblem(await leaving(), 409, "conflict").detail).toContain("Make someone else an owner");
  expect(expectProblem(await setRole(me.id, "viewer"), 409, "conflict").detail).toContain(
    "at least one owner",
  );
  expectProblem(await remove(me.id), 409, "conflict");
  const second = await makeCaller(ctx.workspace, "owner");
  const theirs = await personOf(second);
  // Two owners who lower each other at once do not leave the workspace without one.
  const both = await Promise.all([setRole(theirs.id, "viewer"), setRole(me.id, "viewer", second)]);
  const owners =
    await sql`select from memberships where workspace_id = ${ctx.workspace.id} and role = 'owner'`;
  expect(owners.length).toBeGreaterThan(0);
  expect(both.map(({ status }) => status)).toContain(200);
  await sql`update memberships set role = 'owner' where workspace_id = ${ctx.workspace.id}
    and user_id = any(${[me.id, theirs.id].map((id) => id.slice(4))}::uuid[])`;
  expectDone(await call(leave, "POST", "/workspace/leave", { as: second, body: {} }));
  expectProblem(await call(members, "GET", "/members", { as: second }), 404, "not_found");
});

test("who is removed is shut out with their next request, and so are the API keys that they made", async () => {
  const ben = await makeCaller(ctx.workspace, "developer");
  const made = await call<{ key: string }>(apiKeys, "POST", "/api-keys", {
    as: ben,
    body: { name: "Ben's", scopes: ["events:read"] },
  });
  const bearer = { authorization: `Bearer ${made.body.key}` };
  expectDone(await call(events, "GET", "/events", { as: bearer }));
  const { id, apiKeys: keys } = await personOf(ben);
  expect(keys).toBe(1);
  expectDone(await remove(id));
  expectProblem(await call(events, "GET", "/events", { as: ben }), 404, "not_found");
  expectProblem(await call(events, "GET", "/events", { as: bearer }), 401, "unauthenticated");
  expectProblem(await remove(id), 404, "not_found");
});

test("the keys in use of a member are listed with their scopes, and do less from the request after the role was lowered", async () => {
  const developer = await makeCaller(ctx.workspace, "developer");
  const make = (name: string, expiresInDays?: number) =>
    call<{ id: string; key: string }>(apiKeys, "POST", "/api-keys", {
      as: developer,
      body: { name, scopes: ["events:read", "eventTypes:write"], ...(expiresInDays && { expiresInDays }) },
    });
  const made = await make("Producer");
  const expired = await make("Expired", 1);
  await sql`update api_keys set expires_at = now() - interval '1 hour'
    where id = ${fromPublicId("apiKey", expired.body.id) ?? ""}`;
  const { id, keys, apiKeys: count } = await personOf(developer);
  expect(keys).toEqual([{ name: "Producer", scopes: ["events:read", "eventTypes:write"] }]);
  expect(count).toBe(1);
  expect((await list()).find(({ isYou }) => isYou)?.keys).toEqual([]);

  const as = { authorization: `Bearer ${made.body.key}` };
  const change = () => call(eventTypes, "POST", "/event-types", { as, body: { name: "made.by_key" } });
  const read = () => call(events, "GET", "/events", { as });
  expectDone(await change(), 201);
  expectDone(await setRole(id, "viewer"));
  expectProblem(await change(), 403, "forbidden");
  expectDone(await read());
  expect((await personOf(developer)).keys).toEqual(keys);
  expectDone(await setRole(id, "developer"));
  expectProblem(await change(), 409, "conflict");
});

test("an invitation's link is shown once and kept as a hash; looking at it changes nothing; it is good for once", async () => {
  const sent = await invite({ email: "Cleo@Example.com", role: "developer" });
  expectDone(sent, 201);
  expect(sent.body).toMatchObject({
    email: "cleo@example.com",
    role: "developer",
    expired: false,
    emailed: false,
  });
  const token = tokenOf(sent.body);
  expect(token).toMatch(/^[\w-]{43}$/);
  const days = (Date.parse(sent.body.expiresAt) - Date.parse(sent.body.createdAt)) / 86_400_000;
  expect(days).toBeCloseTo(7, 1);
  const stored = JSON.stringify([await sql`select * from invitations`, await sql`select * from audit_log`]);
  expect(stored).not.toContain(token);
  expect(JSON.stringify(await pending())).not.toContain(token);

  for (let looks = 0; looks < 3; looks += 1) {
    expect(await findInvitation(token)).toMatchObject({
      state: "open",
      hasAccount: false,
      workspace: "Main",
    });
  }
  const missing = expectProblem(await use({ token }), 422, "validation_failed");
  expect(missing.errors?.map(({ path }) => path)).toEqual(["name", "password"]);
  expectFieldError(await use({ token, name: "Cleo", password: "elevenchars" }), "password", "at least 12");
  expectFieldError(await use({ token, name: "Cleo", password: "Password1234" }), "password", "most common");
  const account = { token, name: "Cleo", password: "a long passphrase" };
  const answers = await Promise.all([use(account), use(account)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 200)?.body).toEqual({
    workspace: "main",
    email: "cleo@example.com",
  });
  expect(await findInvitation(token)).toEqual({ state: "used" });
  expect(expectProblem(await use(account), 409, "conflict").detail).toContain("was already used");
  expect((await list()).find(({ email }) => email === "cleo@example.com")).toMatchObject({
    role: "developer",
  });
  expect((await pending()).map(({ email }) => email)).not.toContain("cleo@example.com");
});

test("a member, or an address that was invited, in whatever case, is not invited again", async () => {
  expect(
    expectProblem(await invite({ email: "CLEO@example.com", role: "viewer" }), 409, "conflict").detail,
  ).toBe("cleo@example.com is already a member of this workspace.");
  const first = await invite({ email: "dora@example.com", role: "viewer" });
  expect(
    expectProblem(await invite({ email: "Dora@Example.com", role: "owner" }), 409, "conflict").detail,
  ).toContain("is already invited");
  expectFieldError(await invite({ email: "dora", role: "viewer" }), "email", "must be an email address");
  await sql`update invitations set expires_at = now() where email = 'dora@example.com'`;
  expect(await findInvitation(tokenOf(first.body))).toEqual({ state: "expired" });
  expectProblem(
    await use({ token: tokenOf(first.body), name: "Dora", password: "a long passphrase" }),
    409,
    "conflict",
  );
  expectDone(await invite({ email: "dora@example.com", role: "viewer" }), 201);
});

test("a new link ends the one before; one that is revoked, forged or of another workspace leads nowhere", async () => {
  const sent = (await invite({ email: "emil@example.com", role: "viewer" })).body;
  const again = await call<SentInvitationOutput>(resend, "POST", `/invitations/${sent.id}/resend`, {
    as: owner,
    body: {},
  });
  expectDone(again);
  expect(await findInvitation(tokenOf(sent))).toEqual({ state: "unknown" });
  expect(await findInvitation(tokenOf(again.body))).toMatchObject({ state: "open" });
  expectDone(await call(invitation, "DELETE", `/invitations/${sent.id}`, { as: owner }));
  expect(await findInvitation(tokenOf(again.body))).toEqual({ state: "revoked" });
  const account = { name: "Emil", password: "a long passphrase" };
  expectProblem(await use({ ...account, token: tokenOf(again.body) }), 409, "conflict");
  expectProblem(await use({ ...account, token: "forged" }), 404, "not_found");
  expectProblem(await call(invitation, "DELETE", `/invitations/${sent.id}`, { as: owner }), 404, "not_found");
  expect(await sql`select from users where email = 'emil@example.com'`).toHaveLength(0);
});

test("only who is signed in with the invited address accepts; another account is told which one it is for", async () => {
  const other = await makeOtherWorkspace();
  const fay = await makeCaller(other, "viewer");
  const { email } = await personOf(fay);
  const { body } = await invite({ email, role: "viewer" });
  const token = tokenOf(body);
  const gus = await makeCaller(other, "viewer");
  const detail = expectProblem(await use({ token }, gus), 403, "forbidden").detail;
  expect(detail).toContain(`is for ${email}`);
  expect(expectProblem(await use({ token }), 409, "conflict").detail).toContain("already has an account");
  expectProblem(await use({ token }, { ...fay, origin: "https://evil.example" }), 403, "forbidden");
  const joined = await use({ token }, fay);
  expect(joined.status, joined.text).toBe(200);
  expect((await personOf({ ...fay, "x-workspace": "main" })).role).toBe("viewer");
});
