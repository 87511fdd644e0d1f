import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { createDatabase, dropDatabase } from "./test-server";

/** A database of a test file's own: migrated, empty, on the embedded server. */
export type TestDatabase = { url: string; drop(): Promise<void> };

/** Copies the migrated template. Only for tests of the project `database`; drop it when the file is done. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = inject("testServer");
  const name = `test_${randomBytes(8).toString("hex")}`;
  return { url: await createDatabase(url, name, template), drop: () => dropDatabase(url, name) };
}
