import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { revokeSession } from "@/db/queries/sessions";
import { insertWorkspace } from "@/db/queries/workspaces";
import { operations } from "../contract/operations";
import type { ApiKeyScope } from "../core/api-keys";
import { newId } from "../core/ids";
import { settings } from "../platform/env";
import { makeKey } from "../testing/api";
import { makeSession } from "../testing/test-session";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { route } from "./api-v1";

let workspace: TestWorkspace;
let owner: { id: string; cookie: string };
/** What the guards let through. */
let reached = 0;
const list = route(operations.listEvents, async () => {
  reached += 1;
  return { data: [], nextCursor: null, lookedBackTo: null, payloadIndex: null };
});
const remove = route(operations.deleteEndpoint, async () => {
  reached += 1;
});

beforeAll(async () => {
  workspace = await createTestWorkspace();
  owner = await makeSession(workspace.ctx.workspace.id, "owner");
});
afterAll(() => workspace.close());

const own = { host: "localhost:3000", origin: "http://localhost:3000" };

/** The status that a guarded route answers, having let the request through for a 2xx and for nothing else. */
async function statusOf(
  headers: Record<string, string>,
  { method = "GET" as "GET" | "DELETE", as = own as Record<string, string> } = {},
): Promise<number> {
  reached = 0;
  const request = new Request("http://localhost:3000/api/v1/any", { method, headers: { ...as, ...headers } });
  const answer = await (method === "GET" ? list : remove)(request, {
    params: Promise.resolve({ id: "ep_1" }),
  });
  expect(reached).toBe(answer.status < 300 ? 1 : 0);
  return answer.status;
}

const keyWith = (scopes: ApiKeyScope[]) => makeKey(workspace.ctx.workspace.id, scopes);

const session = () => ({ cookie: owner.cookie, "x-workspace": "main" });

test("who shows neither a key nor a session is refused", async () => {
  expect(await statusOf({})).toBe(401);
  for (const authorization of ["", "Bearer", "Bearer phk_wrong", "Basic YTpi", `Bearer ${owner.cookie}`]) {
    expect(await statusOf({ authorization })).toBe(401);
  }
  expect(await statusOf({ cookie: "next-auth.session-token=x", "x-workspace": "main" })).toBe(401);
});

test("a session is the dashboard's alone: other origins are refused, and what does not say its own only reads", async () => {
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:3001" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of foreign) {
    for (const method of ["GET", "DELETE"] as const) {
      expect(await statusOf({ ...session(), ...headers }, { method })).toBe(403);
    }
  }
  for (const method of ["GET", "DELETE"] as const) {
    expect(await statusOf(session(), { method })).toBe(200);
    const byMetadata = { ...session(), "sec-fetch-site": "same-origin" };
    expect(await statusOf(byMetadata, { method, as: { host: own.host } })).toBe(200);
  }
  expect(await statusOf(session(), { as: { host: own.host } })).toBe(200);
  expect(await statusOf(session(), { method: "DELETE", as: { host: own.host } })).toBe(403);
});

test("a name that leads here is not the dashboard's without APP_URL", async () => {
  const rebound = { host: "evil.example:3000", origin: "http://evil.example:3000" };
  expect(await statusOf({ ...session(), "sec-fetch-site": "same-origin" }, { as: rebound })).toBe(403);
});

test("with APP_URL its origin is the dashboard, whatever host a proxy passes on, and no host makes another one it", async () => {
  const before = { ...settings() };
  Object.assign(settings(), { hasAppUrl: true, appUrl: "https://hooks.example.com" });
  try {
    const proxied = { host: "127.0.0.1:3000", origin: "https://hooks.example.com" };
    expect(await statusOf(session(), { method: "DELETE", as: proxied })).toBe(200);
    const forged = { host: "evil.example", origin: "https://evil.example" };
    expect(await statusOf(session(), { method: "DELETE", as: forged })).toBe(403);
    expect(await statusOf(session(), { as: forged })).toBe(403);
  } finally {
    Object.assign(settings(), before);
  }
});

test("a key without the scope is refused, with which it is not", async () => {
  expect(await statusOf(await keyWith(["events:write", "endpoints:write"]))).toBe(403);
  expect(await statusOf(await keyWith(["events:read"]))).toBe(200);
  expect(await statusOf(await keyWith(["events:read", "endpoints:read"]), { method: "DELETE" })).toBe(403);
  expect(await statusOf(await keyWith(["endpoints:write"]), { method: "DELETE" })).toBe(200);
});

test("a role without the scope is refused", async () => {
  const viewer = await makeSession(workspace.ctx.workspace.id, "viewer");
  const asViewer = { ...session(), cookie: viewer.cookie };
  expect(await statusOf(asViewer)).toBe(200);
  expect(await statusOf(asViewer, { method: "DELETE" })).toBe(403);
});

test("a session opens the workspaces of its user, and no other", async () => {
  const id = newId();
  await insertWorkspace(database().db, { id, slug: "theirs", name: "Theirs" });
  expect(await statusOf({ ...session(), "x-workspace": "theirs" })).toBe(404);
  expect(await statusOf({ ...session(), "x-workspace": "none" })).toBe(404);
  expect(await statusOf({ cookie: owner.cookie })).toBe(401);
  const theirs = await makeSession(id, "owner");
  expect(await statusOf({ cookie: theirs.cookie, "x-workspace": "theirs" })).toBe(200);
  expect(await statusOf({ cookie: theirs.cookie, "x-workspace": "main" })).toBe(404);
});

test("a key acts in its own workspace, whatever it names", async () => {
  const key = await keyWith(["events:read"]);
  const contexts: string[] = [];
  const read = route(operations.listEvents, async ({ ctx }) => {
    contexts.push(ctx.workspace.slug);
    return { data: [], nextCursor: null, lookedBackTo: null, payloadIndex: null };
  });
  const request = new Request("http://localhost:3000/", {
    headers: { ...key, "x-workspace": "theirs" },
  });
  await read(request, { params: Promise.resolve(undefined) });
  expect(contexts).toEqual(["main"]);
});

test("a key that another process revoked is refused once what is kept of it is over", async () => {
  const key = await keyWith(["events:read"]);
  expect(await statusOf(key)).toBe(200);
  await database().sql`update api_keys set revoked_at = now()`;
  await expect.poll(() => statusOf(key)).toBe(401);
});

test("a session that has ended, or is over, is refused", async () => {
  const ended = await makeSession(workspace.ctx.workspace.id, "owner");
  expect(await statusOf({ ...session(), cookie: ended.cookie })).toBe(200);
  await revokeSession(database().db, ended.id);
  expect(await statusOf({ ...session(), cookie: ended.cookie })).toBe(401);

  const over = await makeSession(workspace.ctx.workspace.id, "owner");
  await database().sql`update sessions set expires_at = now() where id = ${over.id}`;
  expect(await statusOf({ ...session(), cookie: over.cookie })).toBe(401);
});

test("a session whose token was signed with another secret is not accepted", async () => {
  const { cookie } = await makeSession(workspace.ctx.workspace.id, "owner");
  const before = settings().authSecret;
  Object.assign(settings(), { authSecret: "another secret of more than 32 characters" });
  try {
    expect(await statusOf({ ...session(), cookie })).toBe(401);
  } finally {
    Object.assign(settings(), { authSecret: before });
  }
});
