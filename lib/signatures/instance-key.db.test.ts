import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { createTestWorkspace, type TestWorkspace } from "../testing/test-workspace";
import { type InstanceKey, instanceKey } from "./instance-key";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await createTestWorkspace();
});
afterAll(() => workspace.close());

/** As another process reads it, which knows only the database. */
function ofAnotherProcess(): Promise<InstanceKey> {
  Object.assign(globalThis, { posthornInstanceKey: undefined });
  return instanceKey();
}

test("processes that need the key at once, the first time, all get the same one", async () => {
  const keys = await Promise.all(Array.from({ length: 6 }, ofAnotherProcess));
  expect(new Set(keys.map((key) => key.keyId)).size).toBe(1);
  expect(new Set(keys.map((key) => key.publicKeyPem)).size).toBe(1);
  expect((await ofAnotherProcess()).keyId).toBe(keys[0]?.keyId);
});

test("the private key is encrypted in the database", async () => {
  await instanceKey();
  const rows = await database().sql<{ private_key: string }[]>`select private_key from instance_keys`;
  expect(rows).toHaveLength(1);
  expect(rows[0]?.private_key).toMatch(/^[0-9a-f]{8}:[A-Za-z0-9+/=]+$/);
  const bytes = Buffer.from(rows[0]?.private_key.split(":")[1] ?? "", "base64");
  expect(bytes.includes("PRIVATE KEY")).toBe(false);
});

test("what is published of the key is its public half alone", async () => {
  const { jwk } = await instanceKey();
  expect(Object.keys(jwk).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
});
