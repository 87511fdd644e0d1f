import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type Connection, openDatabase } from "./client";

let testDatabase: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url, { max: 1 });
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

test("an error of drizzle has the statement, PostgreSQL's sentence, and nothing that the statement was given", async () => {
  const error: unknown = await connection.db
    .execute(sql`select * from missing where email = ${"ann@example.com"} and note = ${"line\nline"}`)
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  const written = inspect(error, { depth: 9 });
  expect(written).toContain("select * from missing where email = $1");
  expect(written).toContain('relation "missing" does not exist');
  expect(written).toContain("hide-parameters.db.test.ts");
  expect(written).not.toMatch(/ann@example\.com|line\nline/);
  expect(JSON.stringify(error)).not.toContain("ann@example.com");
});
