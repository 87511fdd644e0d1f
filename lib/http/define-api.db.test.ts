import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { operation } from "../contract/operations/operation";
import { AppError, notFound } from "../core/errors";
import { parseInput } from "../core/parse-input";
import { text } from "../core/text";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { defineApi } from "./define-api";

/** Another API than v1: tokens of its own, errors in a form of its own, and paths of three parameters. */
const operations = {
  getNote: operation({
    route: "GET /tenants/{tenant}/apps/{app}/notes/{note}",
    query: z.strictObject({ as: z.enum(["text", "title"], "must be text or title").default("text") }),
    output: z.object({ place: z.string(), as: z.string(), reader: z.string(), version: z.string() }),
    versioned: "read",
  }),
  addNote: operation({
    route: "POST /tenants/{tenant}/apps/{app}/notes/{note}",
    body: z.strictObject({ text: text({ min: 1, max: 20 }) }),
    status: 201,
    output: z.object({ place: z.string(), text: z.string(), writer: z.string() }),
  }),
  deleteNote: operation({ route: "DELETE /tenants/{tenant}/apps/{app}/notes/{note}", versioned: "change" }),
};

const { route } = defineApi({
  basePath: "/portal",
  operations,
  authenticate: async (request, { method }) => {
    const [name = "", right] = (request.headers.get("x-portal-token") ?? "").split(":");
    if (!name) throw new AppError("unauthenticated", "Open the portal's link.");
    if (method !== "GET" && right !== "writes") throw new AppError("forbidden", "This link only reads.");
    return { name };
  },
  errors: (error) => {
    const message = error instanceof AppError ? error.message : "Sorry.";
    return {
      status: error instanceof AppError ? 400 : 500,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ok: false, message }),
    };
  },
});

const deleted: unknown[] = [];
const handlers: Record<string, ReturnType<typeof route>> = {
  GET: route(operations.getNote, async ({ ctx, tenant, app, note, input }) => {
    if (note === "lost") throw notFound("note");
    if (note === "broken") throw new Error("a secret");
    const { as } = parseInput(operations.getNote.query, input);
    return { place: [tenant, app, note].join(" | "), as, reader: ctx.name, version: "v1" };
  }),
  POST: route(operations.addNote, async ({ ctx, tenant, app, note, input }) => ({
    place: [tenant, app, note].join(" | "),
    text: parseInput(operations.addNote.body, input).text,
    writer: ctx.name,
  })),
  DELETE: route(operations.deleteNote, async ({ note, expected }) => {
    deleted.push({ note, expected });
  }),
};

let workspace: TestWorkspace;
let origin: string;
const server = createServer(async (incoming, outgoing) => {
  const chunks = await incoming.toArray();
  const request = new Request(origin + incoming.url, {
    method: incoming.method ?? "",
    headers: incoming.headers as Record<string, string>,
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
  });
  const [tenant = "", app = "", note = ""] =
    /^\/portal\/tenants\/([^/]+)\/apps\/([^/]+)\/notes\/([^/?]+)/
      .exec(incoming.url ?? "")
      ?.slice(1)
      .map(decodeURIComponent) ?? [];
  const answer = await handlers[request.method]?.(request, {
    params: Promise.resolve({ tenant, app, note }),
  });
  outgoing.writeHead(answer?.status ?? 405, Object.fromEntries(answer?.headers ?? []));
  outgoing.end(await answer?.text());
});

beforeAll(async () => {
  workspace = await createTestWorkspace();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await workspace.close();
});

async function ask(path: string, init: RequestInit = {}, token = "Ana:writes") {
  const answer = await fetch(`${origin}/portal/tenants/${path}`, {
    ...init,
    headers: { "x-portal-token": token, ...init.headers },
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

test("a path's parameters are taken by their names, however many, and decoded", async () => {
  const { status, headers, body } = await ask("a%2Fcme/apps/caf%C3%A9/notes/1?as=title");
  expect({ status, body }).toEqual({
    status: 200,
    body: { place: "a/cme | café | 1", as: "title", reader: "Ana", version: "v1" },
  });
  expect(headers.get("etag")).toBe('"v1"');
});

test("a body is parsed, and answered with the operation's status", async () => {
  const answer = await ask("acme/apps/crm/notes/2", { method: "POST", body: '{"text":"Hello"}' });
  expect(answer).toMatchObject({
    status: 201,
    body: { place: "acme | crm | 2", text: "Hello", writer: "Ana" },
  });
});

test("what gives nothing back is answered as done, and expects the version of If-Match", async () => {
  const init = { method: "DELETE", headers: { "if-match": '"v1"' } };
  expect(await ask("acme/apps/crm/notes/3", init)).toMatchObject({ status: 200, body: { ok: true } });
  expect(deleted).toEqual([{ note: "3", expected: ["v1"] }]);
});

test.each([
  ["who shows no token", "1", {}, "", 400, "Open the portal's link."],
  ["who may only read", "1", { method: "DELETE" }, "Bo", 400, "This link only reads."],
  [
    "a parameter of the path",
    `${"x".repeat(1_001)}`,
    {},
    "Ana",
    400,
    "note: must be at most 1000 characters",
  ],
  ["a parameter of the query", "1?as=html", {}, "Ana", 400, "as: must be text or title"],
  [
    "a field of the body",
    "1",
    { method: "POST", body: '{"text":""}' },
    "Ana:writes",
    400,
    "text: must not be empty",
  ],
  ["a verb's error", "lost", {}, "Ana", 400, "There is no such note."],
  ["a fault", "broken", {}, "Ana", 500, "Sorry."],
] as const)("%s is refused in the API's own form", async (_, note, init, token, status, message) => {
  expect(await ask(`acme/apps/crm/notes/${note}`, init, token)).toMatchObject({
    status,
    body: { ok: false, message },
  });
});
