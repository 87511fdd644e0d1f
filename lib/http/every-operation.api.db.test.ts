import { readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import * as apiKeys from "@/app/api/v1/api-keys/[id]/route";
import type { OperationV1 } from "../contract/operations/operation";
import { apiKeyScopes } from "../core/api-keys";
import { requestBytesMax } from "../core/events";
import { describeRefusal, roles, scopesOfRole } from "../core/roles";
import {
  type ApiAnswer,
  type Caller,
  call,
  expectDone,
  expectProblem,
  makeCaller,
  makeKey,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import {
  bodyOf,
  type Case,
  cases,
  isForKeys,
  isInLane,
  makeObjects,
  type Objects,
  type OperationName,
  pathOf,
  routeFileOf,
  routesFolder,
} from "../testing/every-operation";

/*
 * What all operations have in common, each a case: a new one is held to it at once. What is specific to an operation is
 * beside its noun; what holds between workspaces is in tenancy.api.db.test.ts.
 */
const withBody = cases.filter(([, { body }]) => body);
const lists = cases.filter(([, { query }]) => "cursor" in query.shape);
const ofOne = cases.filter(([, operation]) => operation.path.includes("{"));
const changes = cases.filter(([, { versioned }]) => versioned === "change");

const { ctx, key, owner } = await startTestApi();
const { workspace } = ctx;
const other = await makeOtherWorkspace();
const otherOwner = await makeCaller(other, "owner");
/** Things that are there, in the workspace and in another one. */
let ours: Objects;
let theirs: Objects;

beforeAll(async () => {
  [ours, theirs] = [
    await makeObjects({ ...workspace, key, owner }),
    await makeObjects({ ...other, name: other.slug, owner: otherOwner }),
  ];
});

const callerOf = (operation: OperationV1) => (isForKeys(operation) ? key : owner);

function bodyFor(name: OperationName, objects: Objects): { body?: object } {
  const body = bodyOf(name, objects);
  return body ? { body } : {};
}

/** A request that its route takes, but for what it is changed in. */
function send(
  [name, operation, route]: Case,
  { to = ours, query = "", ...changes }: { to?: Objects; query?: string } & Parameters<typeof call>[3] = {},
): Promise<ApiAnswer> {
  return call(route, operation.method, `${pathOf(operation, to)}?${query}`, {
    as: callerOf(operation),
    ...bodyFor(name, to),
    ...changes,
  });
}

const keysWithout = new Map<string, Promise<Caller>>();
/** A key with each scope but one. */
function keyWithout(scope: string): Promise<Caller> {
  const others = apiKeyScopes.filter((one) => one !== scope);
  const key = keysWithout.get(scope) ?? makeKey(workspace.id, others);
  keysWithout.set(scope, key);
  return key;
}
const people = Object.fromEntries(
  await Promise.all(roles.map(async (role) => [role, await makeCaller(workspace, role)] as const)),
);

async function everything(): Promise<string> {
  const rows = await ctx.db.execute(`
    select (select count(*) from audit_log) as audit, (select count(*) from events) as events,
      (select count(*) from delivery_queue) as queued, (select count(*) from replays) as replays,
      (select json_agg(endpoints) from endpoints) as endpoints, (select json_agg(event_types) from event_types) as types,
      (select json_agg(workspaces) from workspaces) as workspaces`);
  return JSON.stringify(rows);
}

test("there is a route for each operation that Next answers, and an operation for each route", () => {
  const found = readdirSync(routesFolder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => file.endsWith("route.ts"));
  const ofNext = cases.filter(([, operation]) => !isInLane(operation));
  expect([...new Set(ofNext.map(([, operation]) => routeFileOf(operation)))].toSorted()).toEqual(
    found.toSorted(),
  );
  for (const [, operation, route] of ofNext) {
    const methods = ofNext.filter(([, { path }]) => path === operation.path).map(([, { method }]) => method);
    expect(Object.keys(route).toSorted(), operation.path).toEqual(methods.toSorted());
  }
});

describe("nothing is done", () => {
  let before: string;
  beforeAll(async () => {
    before = await everything();
    return async () => expect(await everything()).toBe(before);
  });

  test.each(cases)("by %s without an API key or a session, or with a wrong one: 401", async (...one) => {
    const callers: Caller[] = [
      {},
      { authorization: "" },
      { authorization: "Basic YTpi" },
      { authorization: "Bearer phk_wrongwrongwrongwrongwrongwrongwrong" },
      { cookie: "next-auth.session-token=wrong", "x-workspace": workspace.slug },
    ];
    for (const as of callers) {
      const answer = await send(one, { as });
      expectProblem(answer, 401, "unauthenticated");
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  test.each(cases)("by %s with a key that has every other scope: 403, naming the scope", async (...one) => {
    const [, { scope }] = one;
    const answer = await send(one, { as: await keyWithout(scope) });
    expect(expectProblem(answer, 403, "forbidden").detail).toContain(scope);
  });

  test.each(cases)("by %s for a role without the scope: 403, naming the role", async (...one) => {
    const [, { scope }] = one;
    for (const role of roles.filter((role) => !scopesOfRole[role].includes(scope))) {
      const { detail } = expectProblem(await send(one, { as: people[role] }), 403, "forbidden");
      expect(detail).toBe(describeRefusal(role, scope));
    }
  });

  test.each(cases)("by %s with a parameter or a field that there is not: 422, naming it", async (...one) => {
    const [name, operation] = one;
    const { errors } = expectProblem(await send(one, { query: "unknown=1" }), 422, "validation_failed");
    expect(errors).toEqual([{ path: "unknown", message: "is not a field of this request" }]);
    if (!operation.body) return;
    const body = { ...bodyOf(name, ours), unknown: 1 };
    const answer = expectProblem(await send(one, { body }), 422, "validation_failed");
    expect(answer.errors).toEqual([{ path: "unknown", message: "is not a field of this request" }]);
  });

  test.each(withBody)("by %s with a body that is no JSON object: 400 or 422", async (...one) => {
    for (const body of ['{"name":"', "{]", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])]) {
      expectProblem(await send(one, { body }), 400, "bad_json");
    }
    for (const body of ["[]", "null", '"text"', "1"]) {
      const { errors } = expectProblem(await send(one, { body }), 422, "validation_failed");
      expect(errors, body).toEqual([{ path: "", message: "must be a JSON object" }]);
    }
  });

  test.each(withBody)("by %s with a body over 1 MiB: 413, or compressed: 415", async (...one) => {
    const body = JSON.stringify({ text: "x".repeat(requestBytesMax) });
    expectProblem(await send(one, { body }), 413, "payload_too_large");
    const compressed = await send(one, { headers: { "content-encoding": "gzip" } });
    expect(expectProblem(compressed, 415, "unsupported_media_type").detail).toContain("content-encoding");
    expect(compressed.headers.get("accept-encoding")).toBe("identity");
  });

  test.each(ofOne)("by %s to what is not there, or another workspace's: 404", async (...one) => {
    const [, operation] = one;
    const unknown = Object.fromEntries(
      Object.entries(theirs).map(([noun, id]) => [noun, id.replace(/[0-9a-f]{32}$/, "0".repeat(32))]),
    );
    unknown["event-types"] = "none.such";
    const none = Object.fromEntries(Object.keys(theirs).map((noun) => [noun, "none"]));
    const asOther = { as: isForKeys(operation) ? other.key : otherOwner };
    const onlyTheirs = { ...theirs, "event-types": "none.such" };
    const answers = [
      await send(one, { to: unknown }),
      await send(one, { to: none }),
      await send(one, { to: onlyTheirs }),
      await send(one, { ...asOther, to: { ...ours, "event-types": "none.such" } }),
    ];
    const details = answers.map((answer) => expectProblem(answer, 404, "not_found").detail);
    // Which of the two it is does not show.
    expect(new Set(details).size).toBe(1);
  });

  test.each(changes)(
    "by %s of what was changed meanwhile: 412, and 422 if no version is named",
    async (...one) => {
      for (const stale of ['"stale"', 'W/"stale"', '"one", "two"']) {
        expectProblem(await send(one, { headers: { "if-match": stale } }), 412, "precondition_failed");
      }
      const answer = await send(one, { headers: { "if-match": "stale" } });
      const { errors } = expectProblem(answer, 422, "validation_failed");
      expect(errors).toMatchObject([{ path: "If-Match" }]);
    },
  );

  test.each(lists)("by %s with a page that there is not: 422", async (...one) => {
    for (const limit of [
      "0",
      "101",
      "",
      "1e1",
      "0x10",
      "+5",
      " 5",
      "05",
      "5.0",
      "٥",
      "Infinity",
      "5&limit=5",
    ]) {
      const query = `limit=${limit.includes("&") ? limit : encodeURIComponent(limit)}`;
      const { errors } = expectProblem(await send(one, { query }), 422, "validation_failed");
      expect(
        errors?.map((error) => error.path),
        query,
      ).toEqual(["limit"]);
    }
    const { errors } = expectProblem(await send(one, { query: "cursor=%00" }), 422, "validation_failed");
    expect(errors).toMatchObject([{ path: "cursor" }]);
    // Names of event types are cursors, too.
    if (one[0] === "listEventTypes") return;
    const wrong = expectProblem(await send(one, { query: "cursor=none" }), 422, "validation_failed");
    expect(wrong.errors).toEqual([{ path: "cursor", message: "must be the nextCursor of an earlier page" }]);
  });
});

test.each(cases.filter(([, { method, file }]) => method === "GET" && !file))(
  "%s answers JSON that nobody stores, with an ETag if it has a version",
  async (...one) => {
    const answer = await send(one);
    expectDone(answer);
    const { version } = answer.body as { version?: string };
    expect(version !== undefined).toBe(one[1].versioned !== undefined);
    expect(answer.headers.get("etag")).toBe(version ? `"${version}"` : null);
  },
);

test.each(lists)("%s lists nothing of another workspace", async (...one) => {
  const empty = await makeOtherWorkspace();
  const [, operation] = one;
  const as = isForKeys(operation) ? empty.key : await makeCaller(empty, "owner");
  const answer = await send(one, { as });
  // Of something that is another workspace's it is a 404, and a workspace begins with a key that this test made.
  if (operation.path.includes("{")) {
    expectProblem(answer, 404, "not_found");
    return;
  }
  const { data } = answer.body as { data: { name?: string }[] };
  expect(data.map(({ name }) => name)).toEqual(one[0] === "listApiKeys" ? ["Test"] : []);
});

test("a key that was revoked is answered 401 by the next request", async () => {
  const [, , list] = cases.find(([name]) => name === "listEvents") ?? [];
  const [, , keys] = cases.find(([name]) => name === "createApiKey") ?? [];
  const made = await call<{ id: string; key: string }>(keys ?? {}, "POST", "/api-keys", {
    as: owner,
    body: { name: "Short", scopes: ["events:read"] },
  });
  const as = { authorization: `Bearer ${made.body.key}` };
  expectDone(await call(list ?? {}, "GET", "/events", { as }));
  expectDone(await call(apiKeys, "DELETE", `/api-keys/${made.body.id}`, { as: owner }));
  expectProblem(await call(list ?? {}, "GET", "/events", { as }), 401, "unauthenticated");
});

test("each request has an id of its own", async () => {
  const [one] = cases;
  if (!one) throw new Error("there are no operations");
  const answers = [await send(one, { as: {} }), await send(one, { as: {} })];
  expect(new Set(answers.map(({ headers }) => headers.get("x-request-id"))).size).toBe(2);
});
