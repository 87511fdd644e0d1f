import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { findApiKeyByHash } from "@/db/queries/api-keys";
import { hashApiKey, makeApiKey } from "../api-keys/hash-api-key";
import { isSetUp } from "../auth/is-set-up";
import { SettingsError } from "../platform/env";
import { createTestInstance } from "../testing/test-instance";
import { bootstrap } from "./bootstrap";

let instance: Awaited<ReturnType<typeof createTestInstance>>;
beforeAll(async () => {
  instance = await createTestInstance();
});
afterAll(() => instance.close());

const refusedPasswords = [
  ["elevenchars", "must be at least 12 characters"],
  ["Password1234", "is one of the most common passwords"],
  ["ana@example.com", "must not be your email address"],
] as const;

test.each(refusedPasswords)(
  "the first owner's password cannot be %s: the start says why",
  async (password, why) => {
    const start = bootstrap({
      email: "ana@example.com",
      password,
      workspace: "Acme",
      webhookLimit: 10,
      apiKey: null,
      scopes: [],
    });
    await expect(start).rejects.toThrow(SettingsError);
    await expect(start).rejects.toThrow(`POSTHORN_BOOTSTRAP_PASSWORD ${why}`);
    expect(await isSetUp()).toBe(false);
  },
);

test("owner, workspace and key are made together or not at all, and a second time changes nothing", async () => {
  const apiKey = makeApiKey();
  const wanted = {
    email: "ana@example.com",
    password: "a long password",
    workspace: "Acme Billing",
    webhookLimit: 250,
    apiKey,
    scopes: ["events:write"] as const,
  };
  const { sql, db } = database();
  await sql`alter table api_keys add constraint refused check (name <> 'Bootstrap')`;
  await expect(bootstrap(wanted)).rejects.toThrow();
  expect(await isSetUp()).toBe(false);

  await sql`alter table api_keys drop constraint refused`;
  await bootstrap(wanted);
  const made = await findApiKeyByHash(db, hashApiKey(apiKey));
  expect(made).toMatchObject({
    workspace: { slug: "acme-billing", name: "Acme Billing" },
    scopes: ["events:write"],
  });
  const rows = await sql`
    select action, actor_type, actor_name, workspace_id is null as "ofInstance" from audit_log order by id`;
  const by = { actor_type: "system", actor_name: "POSTHORN_BOOTSTRAP" };
  expect(rows).toEqual([
    { action: "user.create", ...by, ofInstance: true },
    { action: "workspace.create", ...by, ofInstance: false },
    { action: "api_key.create", ...by, ofInstance: false },
  ]);
  expect(await sql`select endpoint_limit from workspaces`).toEqual([{ endpoint_limit: 250 }]);

  await bootstrap({ ...wanted, apiKey: makeApiKey() });
  expect(await sql`select 1 from api_keys`).toHaveLength(1);
  expect(await sql`select 1 from users`).toHaveLength(1);
});
