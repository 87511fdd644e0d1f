import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import type { Operation } from "../contract/operations/operation";
import { isAuditAction } from "../core/audit";
import { toPublicId } from "../core/ids";
import { roles } from "../core/roles";
import {
  type ApiAnswer,
  type Caller,
  expectProblem,
  makeCaller,
  makeKey,
  makeOtherWorkspace,
  type RouteModule,
  startTestApi,
} from "../testing/api";
import { digestWorkspace } from "../testing/digest-workspace";
import { accountApi, visitorApi } from "./account-api";
import { operatorApi, personApi } from "./instance-api";
import { emailDomainApi, invitationApi } from "./invitation-api";
import { apiPaths } from "./route-methods";

/*
 * Every operation outside of API v1, by who may use it: a new one is a case at once. What is beside the APIs is asked
 * for in e2e/journeys/api-pages.spec.ts.
 */
type Case = [name: string, operation: Operation, route: RouteModule];

const app = fileURLToPath(new URL("../../app", import.meta.url));

async function casesOf(api: { basePath: string; operations: Record<string, Operation> }): Promise<Case[]> {
  return Promise.all(
    Object.entries(api.operations).map(async ([name, operation]): Promise<Case> => {
      const folder = (api.basePath + operation.path).replaceAll("{", "[").replaceAll("}", "]");
      return [name, operation, await import(path.join(app, folder, "route.ts"))];
    }),
  );
}

await startTestApi();
const { sql } = database();
const [ours, theirs] = [await makeOtherWorkspace(), await makeOtherWorkspace()];
const them = await makeCaller(theirs, "owner");
const [{ userId, sessionId } = { userId: "", sessionId: "" }] = await sql<
  { userId: string; sessionId: string }[]
>`
  update users set name = 'Zoe of theirs' from sessions, memberships
  where users.id = sessions.user_id and users.id = memberships.user_id and workspace_id = ${theirs.id}
  returning users.id as "userId", sessions.id as "sessionId"`;
const signsOfTheirs = ["Zoe of theirs", `${userId}@example.com`, toPublicId("user", userId), theirs.slug];
const people: [string, Caller][] = await Promise.all(
  roles.map(async (role): Promise<[string, Caller]> => [role, await makeCaller(ours, role)]),
);

const forAccounts = await casesOf(accountApi);
const forPersons = await casesOf(personApi);
const forOperators = await casesOf(operatorApi);
const visitorApis = [visitorApi, invitationApi, emailDomainApi];
const forVisitors = (await Promise.all(visitorApis.map(casesOf))).flat();
const signedIn = [...forAccounts, ...forPersons, ...forOperators];

/** The ids that somebody who looks for what is theirs would put into a path. */
const idsOfTheirs: Record<string, string> = {
  endSession: toPublicId("session", sessionId),
  unlinkProvider: "oidc",
  updateWorkspace: toPublicId("workspace", theirs.id),
  joinWorkspace: toPublicId("workspace", theirs.id),
  updateUser: toPublicId("user", userId),
  endSessions: toPublicId("user", userId),
  cancelSelfTest: `stt_${"0".repeat(32)}`,
};

/** Bodies that are taken of whoever may use the operation, where an empty one is not. */
const bodies: Record<string, object> = {
  updateInstance: { workspaceCreators: "everybody" },
  updateWorkspace: { endpointLimit: 5 },
  updateUser: { isOperator: true },
  createWorkspace: { name: "One more" },
};

async function ask([name, { method, path: at }, route]: Case, as: Caller): Promise<ApiAnswer> {
  const handler = route[method];
  if (!handler) throw new Error(`${name} has no ${method}`);
  const id = idsOfTheirs[name] ?? "";
  if (at.includes("{") && id === "") throw new Error(`say in idsOfTheirs what ${name} would be asked of`);
  const request = new Request("http://localhost:3000/api/x", {
    method,
    headers: { "content-type": "application/json", host: "localhost:3000", ...as },
    ...(method === "GET" ? {} : { body: JSON.stringify(bodies[name] ?? {}) }),
  });
  const answer = await handler(request, { params: Promise.resolve({ id }) });
  const text = await answer.text();
  const isFile = answer.headers.has("content-disposition");
  return { status: answer.status, headers: answer.headers, text, body: isFile ? text : JSON.parse(text) };
}

function expectNothingOfTheirs(text: string): void {
  expect(signsOfTheirs.filter((sign) => text.includes(sign))).toEqual([]);
}

/** A digest of all rows of their workspace, and of all that name their person. */
async function rowsOfTheirs(): Promise<Record<string, string>> {
  const tables = await sql<{ name: string; column: string }[]>`
    select table_name as name, column_name as column from information_schema.columns
    where table_schema = 'public' and (column_name = 'user_id' or table_name = 'users' and column_name = 'id')`;
  const rows: Record<string, string> = {};
  for (const { name, column } of tables) {
    const found = await sql`select to_jsonb(one)::text as row from ${sql(name)} as one
      where ${sql(column)} = ${userId} order by 1`;
    rows[`${name} of the person`] = JSON.stringify(found);
  }
  const own = await digestWorkspace(sql, theirs.id, {
    without: ["sessions", "users", "user_activity"],
  });
  return { ...own, ...rows };
}
test("every operation outside of API v1 is among those of an API that is tested here, or is no API's", () => {
  const beside = [
    "/api/auth/*",
    "/api/health",
    "/api/health/live",
    "/api/metrics",
    "/api/inngest",
    "/api/openapi.json",
    "/api/setup",
    "/.well-known/jwks.json",
  ];
  const ofApis = [accountApi, personApi, operatorApi, ...visitorApis].flatMap(({ basePath, operations }) =>
    Object.values<Operation>(operations).map((one) => basePath + one.path),
  );
  const known = new Set([...beside, ...ofApis]);
  const outside = [...apiPaths().keys()].filter((one) => !one.startsWith("/api/v1/"));
  expect(outside.toSorted()).toEqual([...known].toSorted());
});

describe("nothing of somebody else is shown, or changed", () => {
  beforeAll(async () => {
    const before = await rowsOfTheirs();
    return async () => expect(await rowsOfTheirs()).toEqual(before);
  });

  test.each(signedIn)("by %s without a session, with an API key, or from another page", async (...one) => {
    expectProblem(await ask(one, {}), 401, "unauthenticated");
    expectProblem(await ask(one, await makeKey(ours.id)), 401, "unauthenticated");
    const origin = "https://evil.example";
    expectProblem(await ask(one, { ...people[0]?.[1], origin }), 403, "forbidden");
  });

  test.each(forOperators)("by %s for whoever is no operator, whatever their role", async (...one) => {
    for (const [, as] of people) {
      const answer = await ask(one, as);
      expect(expectProblem(answer, 403, "forbidden").detail).toContain("Only operators");
      expectNothingOfTheirs(answer.text);
    }
  });

  test.each([...forAccounts, ...forPersons])("by %s for whoever is signed in", async (...one) => {
    const [, { method, path: at }] = one;
    for (const role of roles) {
      const answer = await ask(one, await makeCaller(ours, role));
      expectNothingOfTheirs(answer.text);
      if (method === "GET") expect(answer.status).toBe(200);
      // A provider is named and not an id: it is one's own that can't be unlinked.
      if (at.includes("{")) expect([404, 409]).toContain(answer.status);
    }
  });

  test.each(forVisitors)("by %s for whoever is not signed in", async (...one) => {
    const answer = await ask(one, {});
    expectProblem(answer, 422, "validation_failed");
    expectNothingOfTheirs(answer.text);
  });
});

test("their session goes on", async () => {
  const profile = forAccounts.find(([name]) => name === "getProfile");
  if (!profile) throw new Error("there is no getProfile");
  const answer = await ask(profile, them);
  expect(answer.status).toBe(200);
  expect(() => expectNothingOfTheirs(answer.text)).toThrow();
});

describe("by an operator, in the audit log if it changes something", () => {
  let operator: Caller;
  let operatorId: string;
  beforeAll(async () => {
    operator = await makeCaller(ours, "owner");
    const [newest] = await sql<{ id: string }[]>`select id from users order by id desc limit 1`;
    operatorId = newest?.id ?? "";
    await sql`insert into instance (key_check) values ('') on conflict do nothing`;
    await sql`update users set is_operator = true, email_verified_at = now() where id = ${operatorId}`;
    // So they may join it.
    await sql`insert into email_domains (id, workspace_id, domain, role, address, token_hash, expires_at, verified_at)
      values (gen_random_uuid(), ${theirs.id}, 'example.com', 'viewer', 'ana@example.com', '', now(), now())`;
  });

  /** Of the workspace's own audit log; all else is in that of the instance. */
  const ofWorkspace = ["updateWorkspace", "createWorkspace", "joinWorkspace"];

  test.each([...forOperators, ...forPersons])("%s", async (...one) => {
    const [name, { method, status }] = one;
    if (name === "cancelSelfTest") {
      const [started] = await sql<{ id: string }[]>`select id from self_tests`;
      idsOfTheirs.cancelSelfTest = toPublicId("selfTest", started?.id ?? "");
    }
    const earlier = await sql<{ id: string }[]>`select id from audit_log`;
    const answer = await ask(one, operator);
    expect(answer.status, answer.text).toBe(status);
    const rows = await sql<{ action: string; actorId: string; workspaceId: string | null }[]>`
      select action, actor_id as "actorId", workspace_id as "workspaceId" from audit_log
      where id <> all(${earlier.map(({ id }) => id)})`;
    expect(rows).toHaveLength(method === "GET" ? 0 : 1);
    for (const { action, actorId, workspaceId } of rows) {
      expect(isAuditAction(action), action).toBe(true);
      expect(actorId).toBe(operatorId);
      expect(workspaceId !== null).toBe(ofWorkspace.includes(name));
    }
  });
});
