import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import * as savedViews from "@/app/api/v1/saved-views/route";
import { database } from "@/db/connection/database";
import type { OperationV1 } from "../contract/operations/operation";
import { isAuditAction } from "../core/audit";
import { type Role, roles, scopesOfRole } from "../core/roles";
import {
  type Caller,
  call,
  expectProblem,
  makeCaller,
  makeKey,
  makeOtherWorkspace,
  startTestApi,
} from "../testing/api";
import { digestWorkspace } from "../testing/digest-workspace";
import {
  bodyOf,
  type Case,
  cases,
  isForKeys,
  makeObjects,
  type Objects,
  type OperationName,
  pathOf,
} from "../testing/every-operation";

/*
 * Between workspaces, and between roles, for every operation of the API: a new one is a case at once. Those who call
 * are a key and a person of each role of the workspace `ours`; what they must not reach is in `theirs`.
 */
await startTestApi();
const { sql } = database();

/** A workspace with somebody, a key that may everything, and a thing of each noun. */
async function makeTenant() {
  const workspace = await makeOtherWorkspace();
  const tenant = { ...workspace, name: workspace.slug, owner: await makeCaller(workspace, "owner") };
  return { ...tenant, objects: await makeObjects(tenant) };
}

const ours = await makeTenant();
const theirs = await makeTenant();
const people = Object.fromEntries(
  await Promise.all(roles.map(async (role) => [role, await makeCaller(ours, role)] as const)),
) as Record<Role, Caller>;

/** All who may use an operation in `ours`. */
function callersOf(operation: OperationV1): [who: string, Caller][] {
  const persons = roles.filter((role) => scopesOfRole[role].includes(operation.scope));
  return [
    ...(isForKeys(operation) ? [["a key", ours.key] as [string, Caller]] : []),
    ...persons.map((role): [string, Caller] => [`the ${role}`, people[role]]),
  ];
}

const send = (
  [name, operation, route]: Case,
  { as, objects, query = "", body }: { as: Caller; objects: Objects; query?: string; body?: object | null },
) => {
  const given = body === undefined ? bodyOf(name, objects) : body;
  const path = `${pathOf(operation, objects)}?${query}`;
  return call(route, operation.method, path, { as, ...(given ? { body: given } : {}) });
};

/** What only an answer about `theirs` could hold. */
const signsOfTheirs = [
  ...Object.entries(theirs.objects)
    .filter(([noun]) => noun !== "event-types")
    .map(([, id]) => id),
  theirs.id,
];

function expectNothingOfTheirs(text: string, but: string[] = []): void {
  const found = signsOfTheirs.filter((sign) => !but.includes(sign) && text.includes(sign));
  expect(found, text.slice(0, 2_000)).toEqual([]);
}

/** Of which noun a field holds an id, by the field's name. */
const nounOfField: Record<string, string> = {
  endpointId: "endpoints",
  eventId: "events",
  replayId: "replays",
  actorId: "members",
  targetId: "endpoints",
};

/** As far as fields are looked for. */
const jsonSchema = z.object({
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
});
type JsonSchema = z.infer<typeof jsonSchema>;

/** The paths of the fields of a schema that hold an id. */
function idFields(schema: z.ZodType): string[][] {
  const walk = (one: JsonSchema, at: string[]): string[][] => [
    ...Object.entries(one.properties ?? {}).flatMap(([name, value]) =>
      /Ids?$/.test(name) ? [[...at, name]] : walk(value, [...at, name]),
    ),
    ...(one.anyOf ?? []).flatMap((option) => walk(option, at)),
  ];
  const written = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });
  return walk(jsonSchema.parse(written), []);
}

/** An answer without its ids and times, which are others each time. */
const withoutMoment = (text: string) =>
  text
    .replace(/[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");

function withField(body: object, [name = "", ...rest]: string[], value: unknown): object {
  const inner = (body as Record<string, object>)[name] ?? {};
  return { ...body, [name]: rest.length === 0 ? value : withField(inner, rest, value) };
}

describe("nothing of another workspace is shown, or changed", () => {
  beforeAll(async () => {
    // What is in no workspace changes with each request of ours: sessions are seen, keys are used.
    const digest = () => digestWorkspace(sql, theirs.id, { without: ["sessions"] });
    const before = await digest();
    expect(before.endpoints).toMatch(/^2 rows, /);
    return async () => expect(await digest()).toEqual(before);
  });

  const ofOne = cases.filter(([, { path }]) => path.includes("{"));
  test.each(ofOne)("by %s with an id of theirs: 404 for all who may use it", async (...one) => {
    const [, operation] = one;
    // Names of event types are not ids: the same one may be in both.
    const objects = { ...theirs.objects, "event-types": "none.of.ours" };
    for (const [who, as] of callersOf(operation)) {
      const answer = await send(one, { as, objects });
      expect(answer.status, `${who}: ${answer.text}`).toBe(404);
      expectNothingOfTheirs(answer.text);
    }
  });

  test.each(cases)("by %s for a person who names the other workspace: 404", async (...one) => {
    const objects = { ...theirs.objects };
    for (const role of roles) {
      const as = { ...people[role], "x-workspace": theirs.slug };
      const answer = await send(one, { as, objects });
      expectProblem(answer, 404, "not_found");
      expectNothingOfTheirs(answer.text);
    }
  });

  const reading = cases.filter(([, { method }]) => method === "GET");
  test.each(reading)("by %s in the own workspace", async (...one) => {
    for (const [, as] of callersOf(one[1])) {
      const answer = await send(one, { as, objects: ours.objects });
      expect(answer.status, answer.text).toBe(200);
      expectNothingOfTheirs(answer.text);
    }
  });

  const withIds = cases.flatMap(([name, operation, route]) => {
    const schema = operation.body ?? operation.query;
    return idFields(schema).map((field): [string, string[], Case] => [
      `${name} by ${field.join(".")}`,
      field,
      [name, operation, route],
    ]);
  });
  test("there are fields with ids", () => expect(withIds.length).toBeGreaterThan(3));
  test.each(withIds)("%s with an id of theirs: as with one of nothing", async (_, field, one) => {
    const [name, operation] = one;
    const last = field.at(-1) ?? "";
    const noun = nounOfField[last.replace(/s$/, "")];
    if (!noun) throw new Error(`say in nounOfField of which noun ${last} of ${name} holds an id`);
    const id = theirs.objects[noun] ?? "";
    const idOfNothing = id.replace(/[0-9a-f]{32}$/, "0".repeat(32));
    const ask = (as: Caller, value: string) =>
      send(one, {
        as,
        objects: ours.objects,
        ...(operation.body
          ? { body: withField(bodyOf(name, ours.objects) ?? {}, field, value) }
          : { query: new URLSearchParams({ [last]: value }).toString() }),
      });
    for (const [who, as] of callersOf(operation)) {
      const answer = await ask(as, id);
      expectNothingOfTheirs(answer.text, [id]);
      const ofNothing = await ask(as, idOfNothing);
      expect([200, 202, 404, 422], `${who}: ${answer.text}`).toContain(answer.status);
      expect({ status: answer.status, text: withoutMoment(answer.text) }, who).toEqual({
        status: ofNothing.status,
        text: withoutMoment(ofNothing.text),
      });
    }
  });
});

/** What has to be so before an operation can be done, where it is not so in a workspace with a thing of each noun. */
const preparations: { [name in OperationName]?: OperationName } = {
  resumeReplay: "pauseReplay",
  probeEndpoint: "enableEndpoint",
};

/** The operations that change what is recorded otherwise: events are their own record. */
const unrecorded: OperationName[] = ["publishEvent", "publishBatch"];
/** The one that reads, and is recorded. */
const recordedReads: OperationName[] = ["revealSecret"];

function recordsOf([name, { method }]: Case): 0 | 1 {
  if (unrecorded.includes(name)) return 0;
  return method !== "GET" || recordedReads.includes(name) ? 1 : 0;
}

describe("by the table of roles, in a workspace of its own", () => {
  const allowed = cases.flatMap((one) =>
    roles
      .filter((role) => scopesOfRole[role].includes(one[1].scope))
      .map((role): [string, Role, Case] => [one[0], role, one]),
  );
  /** `rotateSecret` also changes a webhook. */
  const moreScopes: { [name in OperationName]?: "endpoints:write"[] } = { rotateSecret: ["endpoints:write"] };

  async function expectDoneOnce(one: Case, tenant: typeof ours, as: Caller) {
    const [name, operation] = one;
    const before = preparations[name];
    if (before) await sendNamed(before, tenant);
    const earlier = await sql<{ id: string }[]>`select id from audit_log where workspace_id = ${tenant.id}`;
    const answer = await send(one, { as, objects: tenant.objects });
    expect(answer.status, answer.text).toBe(operation.status);
    const rows = await sql<{ action: string; actorType: string; actorId: string | null }[]>`
      select action, actor_type as "actorType", actor_id as "actorId" from audit_log
      where workspace_id = ${tenant.id} and id <> all(${earlier.map(({ id }) => id)})`;
    expect(
      rows.map(({ action }) => action),
      "rows of the audit log",
    ).toHaveLength(recordsOf(one));
    for (const { action, actorId } of rows) {
      expect(isAuditAction(action), action).toBe(true);
      expect(actorId).not.toBeNull();
    }
    return rows;
  }

  function sendNamed(name: OperationName, tenant: typeof ours) {
    const one = cases.find(([other]) => other === name);
    if (!one) throw new Error(`there is no ${name}`);
    const as = isForKeys(one[1]) ? tenant.key : tenant.owner;
    return send(one, { as, objects: tenant.objects });
  }

  test.each(allowed)("%s is done for the %s, and recorded once if it changes something", async (...row) => {
    const [, role, one] = row;
    const tenant = await makeTenant();
    const as = await makeCaller(tenant, role);
    if (one[1].path === "/saved-views/{id}") {
      // Views belong to a person: that of the owner is nothing to anybody else.
      const body = { name: "Own", log: "deliveries", query: "" };
      const made = await call<{ id: string }>(savedViews, "POST", "/saved-views", { as, body });
      tenant.objects["saved-views"] = made.body.id;
    }
    for (const { actorType } of await expectDoneOnce(one, tenant, as)) {
      expect(actorType).toBe("user");
    }
  });

  test.each(cases.filter(([, operation]) => isForKeys(operation)))(
    "%s is done for a key with its scope alone, and recorded once if it changes something",
    async (...one) => {
      const tenant = await makeTenant();
      const [name, { scope }] = one;
      const as = await makeKey(tenant.id, [scope as "events:read", ...(moreScopes[name] ?? [])]);
      for (const { actorType } of await expectDoneOnce(one, tenant, as)) expect(actorType).toBe("api_key");
    },
  );
});
