import { expect, test } from "vitest";
import * as rotation from "@/app/api/v1/api-keys/[id]/rotate/route";
import * as apiKey from "@/app/api/v1/api-keys/[id]/route";
import * as apiKeys from "@/app/api/v1/api-keys/route";
import * as endpoint from "@/app/api/v1/endpoints/[id]/route";
import * as events from "@/app/api/v1/events/route";
import { database } from "@/db/connection/database";
import type { ApiKeyOutput, CreatedApiKeyOutput } from "../contract/api-keys";
import type { Page } from "../contract/shared";
import {
  call,
  countRows,
  expectDone,
  expectFieldError,
  expectProblem,
  makeCaller,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { makeSession } from "../testing/test-session";
import { forgetApiKeys } from "./find-api-key";

const { id: workspaceId, ctx, key, owner } = await startTestApi();

const create = (body: object, as = owner) =>
  call<CreatedApiKeyOutput>(apiKeys, "POST", "/api-keys", { as, body });
const list = (query = "", as = owner) =>
  call<Page<ApiKeyOutput>>(apiKeys, "GET", `/api-keys?${query}`, { as });
const revoke = (id: string, as = owner) => call(apiKey, "DELETE", `/api-keys/${id}`, { as });

test("a key is shown once, works at once, and is stored as a hash alone", async () => {
  const created = await create({ name: " CI ", scopes: ["events:read", "events:read"] });
  expectDone(created, 201);
  const { key: secret, ...shown } = created.body;
  expect(secret).toMatch(/^phk_[A-Za-z0-9_-]{43}$/);
  expect(shown).toEqual({
    id: expect.stringMatching(/^key_[0-9a-f]{32}$/),
    name: "CI",
    hint: `${secret.slice(0, 8)}…`,
    scopes: ["events:read"],
    createdBy: "The owner",
    createdAt: expect.any(String),
    lastUsedAt: null,
    lastUsedFrom: null,
    expiresAt: null,
    replaced: false,
  });
  expect((await list()).body.data[0]).toEqual(shown);
  const { sql } = database();
  const stored = [await sql`select * from api_keys`, await sql`select * from audit_log`];
  expect(JSON.stringify(stored)).not.toContain(secret);

  const as = { authorization: `Bearer ${secret}` };
  expectDone(await call(events, "GET", "/events", { as }));
  await expect.poll(async () => (await list()).body.data[0]?.lastUsedAt).toEqual(expect.any(String));
});

test("a key that is revoked is refused from the next request on, gone from the list, and not there again", async () => {
  const { id, key: secret } = (await create({ name: "Short", scopes: ["events:read"] })).body;
  const as = { authorization: `Bearer ${secret}` };
  expectDone(await call(events, "GET", "/events", { as }));
  const revoked = await revoke(id);
  expectDone(revoked);
  expect(revoked.body).toEqual({ ok: true });
  expectProblem(await call(events, "GET", "/events", { as }), 401, "unauthenticated");
  expect((await list()).body.data.map((one) => one.id)).not.toContain(id);
  expectProblem(await revoke(id), 404, "not_found");
});

test("the list is newest first, in pages", async () => {
  const other = await makeOtherWorkspace();
  const as = await makeCaller(other, "owner");
  for (const name of ["a", "b", "c"]) await create({ name, scopes: ["events:read"] }, as);
  const first = (await list("limit=2", as)).body;
  const second = (await list(`limit=2&cursor=${first.nextCursor}`, as)).body;
  expect([...first.data, ...second.data].map(({ name }) => name)).toEqual(["c", "b", "a", "Test"]);
  expect(second.nextCursor).toBeNull();
});

test("no API key makes or reads another one, and viewers read them only", async () => {
  expectProblem(await create({ name: "Mine", scopes: ["events:read"] }, key), 403, "forbidden");
  expectProblem(await list("", key), 403, "forbidden");
  const viewer = await makeCaller(ctx.workspace, "viewer");
  expectDone(await list("", viewer));
  expectProblem(await create({ name: "Mine", scopes: ["events:read"] }, viewer), 403, "forbidden");
});

test.each<[body: object, path: string, message: string]>([
  [{ scopes: ["events:read"] }, "name", "is missing"],
  [{ name: " ", scopes: ["events:read"] }, "name", "must not be empty"],
  [{ name: "a".repeat(101), scopes: ["events:read"] }, "name", "at most 100"],
  [{ name: "A" }, "scopes", "is missing"],
  [{ name: "A", scopes: [] }, "scopes", "must name at least one scope"],
  [{ name: "A", scopes: ["events:write", "everything"] }, "scopes.1", "must be one of events:write"],
  [{ name: "A", scopes: ["events:read"], expiresInDays: 0 }, "expiresInDays", "whole number from 1"],
  [{ name: "A", scopes: ["apiKeys:write"] }, "scopes.0", "must be one of events:write"],
])("%j is answered 422, naming the field, and no key is made", async (body, path, message) => {
  const before = await countRows(workspaceId);
  expectFieldError(await create(body), path, message);
  expect(await countRows(workspaceId)).toEqual(before);
});

test("a key can do no more than its maker's role allows now, and ends with the membership", async () => {
  const developer = await makeSession(workspaceId, "developer");
  const as = { ...owner, cookie: developer.cookie };
  const refused = await create({ name: "Mine", scopes: ["events:read", "secrets:read"] }, as);
  expect(expectProblem(refused, 403, "forbidden").detail).toBe(
    "Your role, developer, can't create API keys with secrets:read. Ask an owner.",
  );
  const made = await create({ name: "Mine", scopes: ["events:read", "endpoints:write"] }, as);
  const bearer = { authorization: `Bearer ${made.body.key}` };
  const remove = () => call(endpoint, "DELETE", `/endpoints/ep_${"0".repeat(32)}`, { as: bearer });
  expectProblem(await remove(), 404, "not_found");

  const { sql } = database();
  const member = sql`workspace_id = ${workspaceId}
    and user_id = (select user_id from sessions where id = ${developer.id})`;
  await sql`update memberships set role = 'viewer' where ${member}`;
  forgetApiKeys();
  expectProblem(await remove(), 403, "forbidden");
  expectDone(await call(events, "GET", "/events", { as: bearer }));
  await sql`delete from memberships where ${member}`;
  forgetApiKeys();
  expectProblem(await call(events, "GET", "/events", { as: bearer }), 401, "unauthenticated");
});

test("a key says from where it was used last, and is refused once it has expired", async () => {
  const { body } = await create({ name: "Short", scopes: ["events:read"], expiresInDays: 30 });
  const days = (Date.parse(body.expiresAt ?? "") - Date.parse(body.createdAt)) / 86_400_000;
  expect(days).toBeCloseTo(30, 2);
  const as = { authorization: `Bearer ${body.key}`, "x-posthorn-network": "192.0.2.7" };
  expectDone(await call(events, "GET", "/events", { as }));
  await expect.poll(async () => (await list()).body.data[0]).toMatchObject({ lastUsedFrom: "192.0.2.7" });
  await database().sql`update api_keys set expires_at = now() where name = 'Short'`;
  forgetApiKeys();
  expectProblem(await call(events, "GET", "/events", { as }), 401, "unauthenticated");
  // It stays in the list, which says so.
  expect((await list()).body.data[0]).toMatchObject({ id: body.id });
});

test("a key is rotated: the new one does the same, and the old one works on for the chosen time, or ends at once", async () => {
  const rotate = (id: string, body: object, as = owner) =>
    call<CreatedApiKeyOutput>(rotation, "POST", `/api-keys/${id}/rotate`, { as, body });
  const statusOf = async (secret: string) =>
    (await call(events, "GET", "/events", { as: { authorization: `Bearer ${secret}` } })).status;
  const old = (await create({ name: "Turning", scopes: ["events:read", "secrets:read"] })).body;
  const developer = await makeCaller(ctx.workspace, "developer");
  expect(expectProblem(await rotate(old.id, {}, developer), 403, "forbidden").detail).toContain(
    "secrets:read",
  );
  expectFieldError(await rotate(old.id, { overlapHours: 721 }), "overlapHours", "whole number");
  const next = await rotate(old.id, { overlapHours: 2 });
  expectDone(next, 201);
  expect(next.body).toMatchObject({ name: "Turning", scopes: old.scopes, replaced: false, expiresAt: null });
  expect(await Promise.all([old.key, next.body.key].map(statusOf))).toEqual([200, 200]);
  const replaced = (await list()).body.data.find(({ id }) => id === old.id);
  expect(replaced).toMatchObject({ replaced: true });
  expect((Date.parse(replaced?.expiresAt ?? "") - Date.now()) / 3_600_000).toBeCloseTo(2, 1);
  expectProblem(await rotate(old.id, {}), 409, "conflict");
  const last = await rotate(next.body.id, { overlapHours: 0 });
  expect(await Promise.all([next.body.key, last.body.key].map(statusOf))).toEqual([401, 200]);
  expectProblem(await rotate(next.body.id, {}), 404, "not_found");
});

test("a network that sends many wrong keys is told to wait, and a key that works goes on working there", async () => {
  const send = (key: string, network: string) =>
    call(events, "GET", "/events", {
      as: { authorization: `Bearer ${key}`, "x-posthorn-network": network },
    });
  const right = (await create({ name: "Right", scopes: ["events:read"] })).body.key;
  expectDone(await send(right, "192.0.2.8"));
  for (let tries = 0; tries < 30; tries += 1) {
    expectProblem(await send(`phk_wrong${tries}`, "192.0.2.8"), 401, "unauthenticated");
  }
  const limited = await send("phk_wrong", "192.0.2.8");
  expectProblem(limited, 429, "rate_limited");
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  expectDone(await send(right, "192.0.2.8"));
  expectProblem(await send("phk_wrong", "192.0.2.9"), 401, "unauthenticated");
});
