import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Connection, openDatabase } from "./connection/client";
import { migrationStatements } from "./testing/migration-statements";
import { createDatabase, dropDatabase } from "./testing/test-server";

const name = `test_${randomBytes(8).toString("hex")}`;
let connection: Connection;

beforeAll(async () => {
  connection = openDatabase(await createDatabase(inject("testServer").url, name));
});
afterAll(async () => {
  await connection.close();
  await dropDatabase(inject("testServer").url, name);
});

const migrations = readdirSync("db/migrations").filter((file) => file.endsWith(".sql"));

test("the sentences of before become kinds, with the actor that the audit log names", async () => {
  const { sql } = connection;
  const id = (n: number) => `0198c0de-0000-7000-8000-00000000000${n}`;
  const apply = async (files: string[]) => {
    for (const file of files) for (const statement of migrationStatements(file)) await sql.unsafe(statement);
  };
  await apply(migrations.filter((file) => file < "0014"));
  await sql`insert into workspaces (id, slug, name) values (${id(1)}, 'main', 'Main')`;
  const old: [kind: string, reason: string | null, actorType?: "user" | "api_key" | "system"][] = [
    ["disabled", "by Ana", "user"],
    ["enabled", "by API key Billing", "api_key"],
    ["disabled", "by API key of Ana's", "user"],
    ["enabled", "by Posthorn"],
    ["disabled", "by Bo"],
    ["enabled", "by API key Old"],
    ["failing", null],
    ["disabled", "after 20 failures"],
    ["disabled", "it answered 410 Gone"],
  ];
  for (const [n, [kind, reason, actorType]] of old.entries()) {
    const at = `2026-11-20T12:00:0${n}.000Z`;
    await sql`insert into endpoints (id, workspace_id, url, name, signature, headers)
      values (${id(n)}, ${id(1)}, 'https://example.com', 'Hook', 'hmac', '{}')`;
    await sql`insert into endpoint_states (endpoint_id, workspace_id, disabled_reason) values (${id(n)}, ${id(1)}, ${reason})`;
    await sql`insert into endpoint_transitions (id, workspace_id, endpoint_id, kind, consecutive_failures, reason, created_at)
      values (${id(n)}, ${id(1)}, ${id(n)}, ${kind}, 0, ${reason}, ${at})`;
    if (actorType)
      await sql`insert into audit_log (id, workspace_id, actor_type, actor_id, action, target_id, details, created_at)
        values (${id(n)}, ${id(1)}, ${actorType}, ${id(9)}, ${`endpoint.${kind.slice(0, -1)}`}, ${id(n)}, '{}', ${at})`;
  }
  await apply(migrations.filter((file) => file >= "0014" && file < "0015"));
  const transitions =
    await sql`select cause, actor_id as actor, actor_name as name from endpoint_transitions order by id`;
  const nobody = { actor: null, name: null };
  expect(transitions).toEqual([
    { cause: "user", actor: id(9), name: "Ana" },
    { cause: "api_key", actor: id(9), name: "Billing" },
    { cause: "user", actor: id(9), name: "API key of Ana's" },
    { cause: "system", actor: null, name: "Posthorn" },
    { cause: "user", actor: null, name: "Bo" },
    { cause: "api_key", actor: null, name: "Old" },
    { cause: null, ...nobody },
    { cause: "failures", ...nobody },
    { cause: "gone", ...nobody },
  ]);
  const states =
    await sql`select disabled_cause as cause, disabled_actor_name as name from endpoint_states order by endpoint_id`;
  expect(states.map(({ cause, name }) => [cause, name])).toEqual([
    ["user", "Ana"],
    ["api_key", "Billing"],
    // The audit log was not asked: the sentence is the same.
    ["api_key", "of Ana's"],
    ["system", "Posthorn"],
    ["user", "Bo"],
    ["api_key", "Old"],
    [null, null],
    ["failures", null],
    ["gone", null],
  ]);
});
