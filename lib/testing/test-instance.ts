import { randomBytes } from "node:crypto";
import { closeDatabase } from "@/db/connection/database";
import { createTestDatabase } from "@/db/testing/test-database";
import { readSettings } from "../platform/env";

/**
 * An installation that nobody has set up, on a database of its own, for a test file of the project `database`: settings
 * and schema. Close it when the file is done.
 */
export async function createTestInstance(
  environment: Record<string, string> = {},
): Promise<{ close(): Promise<void> }> {
  await forgetInstance();
  const testDatabase = await createTestDatabase();
  const posthornSettings = readSettings({
    DATABASE_URL: testDatabase.url,
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    POSTHORN_AUTH_SECRET: randomBytes(32).toString("base64"),
    POSTHORN_LOG_LEVEL: "error",
    ...environment,
  });
  Object.assign(globalThis, { posthornSettings });
  return {
    close: async () => {
      await closeDatabase();
      await testDatabase.drop();
    },
  };
}

/**
 * Forgets what a process keeps about its installation, which is all in globals of these names: the files of a worker
 * run one after the other in the same process.
 */
async function forgetInstance(): Promise<void> {
  // What still ran when the last file ended may have opened it again.
  await closeDatabase();
  for (const name of Object.keys(globalThis)) {
    if (name.startsWith("posthorn")) Reflect.deleteProperty(globalThis, name);
  }
}
