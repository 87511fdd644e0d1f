import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/connection/database";
import { findApiKeyByHash } from "@/db/queries/api-keys";
import { createTestDatabase, type TestDatabase } from "@/db/testing/test-database";
import { hashApiKey, makeApiKey } from "../api-keys/hash-api-key";
import { isSetUp } from "../auth/is-set-up";
import { readSettings } from "../platform/env";
import { bootstrap } from "./bootstrap";

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const posthornSettings = readSettings({
    DATABASE_URL: testDatabase.url,
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    POSTHORN_AUTH_SECRET: randomBytes(32).toString("base64"),
    POSTHORN_LOG_LEVEL: "error",
  });
  Object.assign(globalThis, { posthornSettings });
});
afterAll(async () => {
  await closeDatabase();
  await testDatabase.drop();
});

test("owner, workspace and key are made together or not at all, and a second time changes nothing", async () => {
  const apiKey = makeApiKey();
  const wanted = { email: "ana@example.com", password: "a long password", apiKey };
  const { sql, db } = database();
  await sql`alter table api_keys add constraint refused check (name <> 'Bootstrap')`;
  await expect(bootstrap(wanted)).rejects.toThrow();
  expect(await isSetUp()).toBe(false);

  await sql`alter table api_keys drop constraint refused`;
  await bootstrap(wanted);
  const made = await findApiKeyByHash(db, hashApiKey(apiKey));
  expect(made?.workspace.slug).toBe("main");

  await bootstrap({ ...wanted, apiKey: makeApiKey() });
  expect(await sql`select 1 from api_keys`).toHaveLength(1);
  expect(await sql`select 1 from users`).toHaveLength(1);
});
