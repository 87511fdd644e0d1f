import { expect, test } from "vitest";
import * as exportedAuditLog from "@/app/api/instance/audit-log/export/route";
import * as auditLog from "@/app/api/instance/audit-log/route";
import * as overview from "@/app/api/instance/overview/route";
import * as own from "@/app/api/instance/own-workspaces/route";
import * as cancelSelfTest from "@/app/api/instance/self-tests/[id]/cancel/route";
import * as selfTests from "@/app/api/instance/self-tests/route";
import * as endSessions from "@/app/api/instance/users/[id]/end-sessions/route";
import * as user from "@/app/api/instance/users/[id]/route";
import * as users from "@/app/api/instance/users/route";
import * as workspace from "@/app/api/instance/workspaces/[id]/route";
import * as workspaces from "@/app/api/instance/workspaces/route";
import * as events from "@/app/api/v1/events/route";
import { database } from "@/db/connection/database";
import type { AuditRowOutput } from "../contract/audit-log";
import type { InstanceUserOutput, InstanceWorkspacesOutput, OwnWorkspacesOutput } from "../contract/instance";
import type { SelfTestOutput } from "../contract/self-tests";
import type { Page } from "../contract/shared";
import {
  type ApiAnswer,
  type Caller,
  call,
  expectFieldError,
  expectProblem,
  makeCaller,
  startTestApi,
} from "../testing/api";

const { ctx, owner } = await startTestApi();
const { sql } = database();
const person = await makeCaller(ctx.workspace, "developer");
const [operatorId, personId] = await Promise.all([userOf(owner), userOf(person)]);
await sql`insert into instance (key_check) values ('') on conflict do nothing`;
await sql`update users set is_operator = (id = ${operatorId})`;

async function userOf(caller: Caller): Promise<string> {
  const answer = await ask(own, "GET", {}, { as: caller });
  expect(answer.status).toBe(200);
  const rows = await sql<{ id: string }[]>`select id from users order by id`;
  return (caller === owner ? rows.at(-2) : rows.at(-1))?.id ?? "";
}

type Module = { [method in "GET" | "POST" | "PATCH"]?: Handler };
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function ask<T = unknown>(
  route: Module,
  method: "GET" | "POST" | "PATCH",
  params: Record<string, string> = {},
  { as = owner, body, query = "" }: { as?: Caller; body?: object; query?: string } = {},
): Promise<ApiAnswer<T>> {
  const request = new Request(`http://localhost:3000/api/instance/x?${query}`, {
    method,
    headers: { "content-type": "application/json", ...as },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await route[method]?.(request, { params: Promise.resolve(params) });
  const text = (await answer?.text()) ?? "";
  return {
    status: answer?.status ?? 0,
    headers: answer?.headers ?? new Headers(),
    text,
    body: answer?.headers.has("content-disposition") ? text : JSON.parse(text),
  };
}

const publicId = (id: string) => `usr_${id.replaceAll("-", "")}`;
test("the overview says what runs and holds no secret", async () => {
  const { status, body, text } = await ask<{ settings: { name: string }[] }>(overview, "GET");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    version: expect.any(String),
    database: { version: expect.any(String), embedded: false, bytes: expect.any(Number) },
    workspaceCreators: "operators",
  });
  expect(body.settings.map(({ name }) => name)).toContain("POSTHORN_ROLE");
  expect(text).not.toMatch(/postgres:\/\//);
});

test("who may create workspaces is a setting; a slug that is taken or reserved says so", async () => {
  const create = (body: object, as = person) => ask<{ slug: string }>(workspaces, "POST", {}, { as, body });
  expect(expectProblem(await create({ name: "Mine" }), 403, "forbidden").detail).toContain("Only operators");
  expect((await ask(overview, "PATCH", {}, { body: { workspaceCreators: "nobody" } })).status).toBe(422);
  expect((await ask(overview, "PATCH", {}, { body: { workspaceCreators: "everybody" } })).status).toBe(200);
  expect((await create({ name: "Mine" })).body).toEqual({ slug: "mine", name: "Mine" });
  expect((await create({ name: "Mine" })).body.slug).toBe("mine-2");
  expect((await create({ name: "Instance" })).body.slug).toBe("instance-2");
  expectFieldError(await create({ name: "A", slug: "mine" }), "slug", "is already taken");
  expectFieldError(
    await create({ name: "A", slug: "instance" }),
    "slug",
    "is reserved for a page of Posthorn",
  );
  expectFieldError(await create({ name: "A", slug: "Mine" }), "slug", "lower-case");
  const twice = await Promise.all([1, 2].map(() => create({ name: "A", slug: "at-once" })));
  expect(twice.map(({ status }) => status).toSorted()).toEqual([201, 422]);
  const { body } = await ask<OwnWorkspacesOutput>(own, "GET", {}, { as: person });
  expect(body).toMatchObject({ mayCreate: true, isOperator: false });
  expect(body.data.map(({ slug }) => slug)).toContain("mine");
});

test("an operator raises a workspace's limit of webhooks, and its audit log has it", async () => {
  const { body } = await ask<InstanceWorkspacesOutput>(workspaces, "GET");
  const main = body.data.find(({ slug }) => slug === "main");
  const change = (endpointLimit: unknown, id = main?.id ?? "") =>
    ask(workspace, "PATCH", { id }, { body: { endpointLimit } });
  expect((await change(250)).status).toBe(200);
  expectFieldError(await change(0), "endpointLimit", "whole number");
  expectProblem(await change(5, "ws_none"), 404, "not_found");
  const after = await ask<InstanceWorkspacesOutput>(workspaces, "GET");
  expect(after.body.data.find(({ slug }) => slug === "main")).toMatchObject({ endpointLimit: 250 });
  const [row] = await sql`select actor_id, changes from audit_log where action = 'workspace.update'
    order by id desc limit 1`;
  expect(row).toMatchObject({ actor_id: operatorId });
  expect(JSON.stringify(row)).toContain("250");
});

test("the last operator stays one; who is disabled is signed out, and their keys stop until they are back", async () => {
  const change = (id: string, body: object) => ask(user, "PATCH", { id: publicId(id) }, { body });
  expect(expectProblem(await change(operatorId, { isOperator: false }), 409, "conflict").detail).toContain(
    "at least one operator",
  );
  expectProblem(await change(operatorId, { disabled: true }), 409, "conflict");
  expectProblem(await change("0".repeat(32), { disabled: true }), 404, "not_found");
  expectProblem(await change(personId, {}), 422, "validation_failed");

  const keys = await import("@/app/api/v1/api-keys/route");
  const made = await call<{ key: string }>(keys, "POST", "/api-keys", {
    as: person,
    body: { name: "Mine", scopes: ["events:read"] },
  });
  const bearer = { authorization: `Bearer ${made.body.key}` };
  expect((await call(events, "GET", "/events", { as: bearer })).status).toBe(200);
  expect((await change(personId, { disabled: true })).status).toBe(200);
  expectProblem(await call(events, "GET", "/events", { as: bearer }), 401, "unauthenticated");
  expectProblem(await ask(own, "GET", {}, { as: person }), 401, "unauthenticated");
  expect((await change(personId, { disabled: false })).status).toBe(200);
  expect((await call(events, "GET", "/events", { as: bearer })).status).toBe(200);
  // The sessions have ended for good.
  expectProblem(await ask(own, "GET", {}, { as: person }), 401, "unauthenticated");
});

test("users are listed in pages, and their sessions are ended", async () => {
  const other = await makeCaller(ctx.workspace, "viewer");
  const first = await ask<{ data: InstanceUserOutput[] }>(users, "GET");
  const [newest] = first.body.data;
  expect(newest).toMatchObject({
    isOperator: false,
    disabled: false,
    isYou: false,
    workspaces: 1,
    sessions: 1,
  });
  expect(first.body.data.filter(({ isYou }) => isYou)).toHaveLength(1);
  expect((await ask(own, "GET", {}, { as: other })).status).toBe(200);
  expect((await ask(endSessions, "POST", { id: newest?.id ?? "" }, { body: {} })).status).toBe(200);
  expectProblem(await ask(own, "GET", {}, { as: other }), 401, "unauthenticated");
  expectProblem(await ask(endSessions, "POST", { id: "usr_none" }, { body: {} }), 404, "not_found");
});

test("what operators change of the instance and its accounts is in its audit log, which they filter and export", async () => {
  const { body: made } = await ask<Page<AuditRowOutput>>(auditLog, "GET");
  expect(made.data.map(({ action }) => action)).toEqual([
    "user.end_sessions",
    "user.update",
    "user.update",
    "instance.update",
    "user.create",
  ]);
  const [, enabled, disabled, changed] = made.data;
  expect(disabled).toMatchObject({
    actor: { type: "user", id: publicId(operatorId), name: "The owner" },
    target: { id: publicId(personId), name: "The developer" },
    changes: { disabled: { before: false, after: true } },
    requestId: expect.any(String),
  });
  expect(enabled?.changes).toEqual({ disabled: { before: true, after: false } });
  expect(changed).toMatchObject({
    target: { id: null, name: null },
    changes: { workspaceCreators: { before: "operators", after: "everybody" } },
  });

  const find = (query: string) => ask<Page<AuditRowOutput>>(auditLog, "GET", {}, { query });
  expect((await find("action=instance.update")).body.data).toHaveLength(1);
  expect((await find(`targetId=${publicId(personId)}`)).body.data).toHaveLength(2);
  expect((await find("q=developer&action=user.update")).body.data).toHaveLength(2);
  expect((await find("q=nobody")).body.data).toHaveLength(0);
  // Those of workspaces are in their own.
  expectProblem(await find("action=endpoint.update"), 422, "validation_failed");

  const csv = await ask(exportedAuditLog, "GET", {}, { query: "action=user.update" });
  expect(csv.headers.get("content-disposition")).toMatch(/filename="instance-audit-log-.*\.csv"/);
  expect(csv.text.trim().split("\r\n")).toHaveLength(3);
});

test("one self-test at a time is started, listed and canceled; one that has ended can't be", async () => {
  const start = () => ask<SelfTestOutput>(selfTests, "POST", {}, { body: {} });
  const started = await start();
  expect(started).toMatchObject({
    status: 202,
    body: { id: expect.stringMatching(/^stt_/), status: "queued", createdBy: "The owner", result: null },
  });
  expect(expectProblem(await start(), 409, "conflict").detail).toContain("is running");
  const { id } = started.body;
  const cancel = (of = id) => ask<SelfTestOutput>(cancelSelfTest, "POST", { id: of }, { body: {} });
  expect((await cancel()).body).toMatchObject({ id, finishedAt: null });
  expectProblem(await cancel("stt_none"), 404, "not_found");
  await sql`update self_tests set status = 'canceled', finished_at = now()`;
  expectProblem(await cancel(), 409, "conflict");
  const listed = await ask<{ data: SelfTestOutput[] }>(selfTests, "GET");
  expect(listed.body.data).toMatchObject([{ id, status: "canceled", finishedAt: expect.any(String) }]);
});
