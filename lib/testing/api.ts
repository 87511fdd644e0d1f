import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect } from "vitest";
import { database } from "@/db/connection/database";
import { insertApiKey } from "@/db/queries/api-keys";
import { insertWorkspace } from "@/db/queries/workspaces";
import { apiKeyHint, hashApiKey, makeApiKey } from "../api-keys/hash-api-key";
import { type Problem, problem } from "../contract/shared";
import { type ApiKeyScope, apiKeyScopes } from "../core/api-keys";
import type { ErrorCode } from "../core/errors";
import { newId } from "../core/ids";
import type { Role } from "../core/roles";
import { lane } from "../http/lane";
import { webRequest, webResponse } from "../http/web-request";
import { countRowsIn } from "./count-rows";
import { makeSession } from "./test-session";
import { createTestWorkspace, type TestWorkspace } from "./test-workspace";

/** The headers by which a request shows who makes it. */
export type Caller = Record<string, string>;

type Method = "GET" | "POST" | "PATCH" | "DELETE";
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** What a file `app/api/v1/…/route.ts` exports. */
export type RouteModule = { [method in Method]?: Handler };

export type ApiAnswer<T = unknown> = { status: number; headers: Headers; text: string; body: T };

/**
 * Calls a route as Next does, with a real request; or what answers the operation before Next does, if it is in the lane.
 *
 * @param pathAndQuery below `/api/v1`
 * @param request.as who calls; without it the request has no credentials
 * @param request.body sent as JSON, or as it is if it is a text, bytes, or a stream
 * @returns the answer, its body parsed if it is JSON
 */
export async function call<T = unknown>(
  route: RouteModule,
  method: Method,
  pathAndQuery: string,
  request: { as?: Caller; body?: object | string; headers?: Record<string, string> } = {},
): Promise<ApiAnswer<T>> {
  const handler = inLane(method, pathAndQuery) ?? route[method];
  if (!handler) throw new Error(`the route has no ${method}`);
  const { as, body, headers } = request;
  const isRaw = typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
  const answer = await handler(
    new Request(`http://localhost:3000/api/v1${pathAndQuery}`, {
      method,
      headers: { "content-type": "application/json", ...as, ...headers },
      ...(body === undefined
        ? {}
        : { body: isRaw ? (body as BodyInit) : JSON.stringify(body), duplex: "half" as const }),
    }),
    { params: Promise.resolve(paramsOf(pathAndQuery)) },
  );
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.endsWith("json") && !isFile(answer);
  return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : text };
}

const isFile = ({ headers }: Response) => headers.has("content-disposition");

function inLane(method: Method, pathAndQuery: string): Handler | null {
  const entry = lane.get(`${method} /api/v1${pathAndQuery.split("?", 1).join()}`);
  return entry ? async (request) => webResponse(await entry.answers(webRequest(request), {})) : null;
}

const root = fileURLToPath(new URL("../../app/api/v1", import.meta.url));

/** The parameters of a path by the folders of the routes, like `[id]`, as Next takes them. */
function paramsOf(pathAndQuery: string): Record<string, string> {
  const params: Record<string, string> = {};
  let folder = root;
  for (const segment of pathAndQuery.split("?", 1).join().split("/").slice(1)) {
    const folders = readdirSync(folder);
    const name = folders.includes(segment)
      ? segment
      : (folders.find((one) => one.startsWith("[")) ?? segment);
    if (name !== segment) params[name.slice(1, -1)] = decodeURIComponent(segment);
    folder = path.join(folder, name);
  }
  return params;
}

/** Expects an answer to be the problem of a code, whole and well-formed, and gives it. */
export function expectProblem(answer: ApiAnswer, status: number, code: ErrorCode): Problem {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const body = problem.parse(answer.body);
  expect(body).toEqual(answer.body);
  expect(body).toMatchObject({ status, code, requestId: answer.headers.get("x-request-id") });
  expect(body.type).toBe(`http://localhost:3000/errors/${code.replaceAll("_", "-")}`);
  expect(body.detail).toBeTruthy();
  return body;
}

/** Expects a 422 that names one field, and says this of it. */
export function expectFieldError(answer: ApiAnswer, path: string, message: string): void {
  const { errors } = expectProblem(answer, 422, "validation_failed");
  expect(errors).toEqual([{ path, message: expect.stringContaining(message) }]);
}

/** Expects success, as every operation answers it. */
export function expectDone(answer: ApiAnswer, status: 200 | 201 | 202 = 200): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
}

/** Makes an API key of a workspace, by default with every scope that a key may have. */
export async function makeKey(
  workspaceId: string,
  scopes: ApiKeyScope[] = [...apiKeyScopes],
): Promise<Caller> {
  const key = makeApiKey();
  const row = {
    id: newId(),
    workspaceId,
    name: "Test",
    hash: hashApiKey(key),
    hint: apiKeyHint(key),
    scopes,
  };
  await insertApiKey(database().db, row);
  return { authorization: `Bearer ${key}` };
}

/** Makes a person with a role in a workspace, whose dashboard calls. */
export async function makeCaller(workspace: { id: string; slug: string }, role: Role): Promise<Caller> {
  const { cookie } = await makeSession(workspace.id, role);
  const origin = "http://localhost:3000";
  return { cookie, "x-workspace": workspace.slug, host: "localhost:3000", origin };
}

/** Makes another workspace, with a key. */
export async function makeOtherWorkspace({ endpointLimit = 10 } = {}): Promise<{
  id: string;
  slug: string;
  key: Caller;
}> {
  const id = newId();
  const slug = `ws-${id}`;
  await insertWorkspace(database().db, { id, slug, name: slug, endpointLimit });
  return { id, slug, key: await makeKey(id) };
}

/** What `countRowsIn` counts, in the test file's own database. */
export const countRows = (workspaceId: string) => countRowsIn(database().sql, workspaceId);

/**
 * A workspace on a database of the test file's own, with a key that has every scope, an owner who is signed in, and
 * room for 100 webhooks. It is closed when the file is done.
 */
export async function startTestApi(
  environment: Record<string, string> = {},
): Promise<TestWorkspace & { id: string; key: Caller; owner: Caller }> {
  const workspace = await createTestWorkspace({ POSTHORN_LOG_LEVEL: "silent", ...environment });
  afterAll(() => workspace.close());
  const { id } = workspace.ctx.workspace;
  await database().sql`update workspaces set endpoint_limit = 100`;
  return {
    ...workspace,
    id,
    key: await makeKey(id),
    owner: await makeCaller(workspace.ctx.workspace, "owner"),
  };
}
