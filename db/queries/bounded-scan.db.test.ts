import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type ChunkRead, scanInChunks } from "./bounded-scan";

let testDatabase: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  connection = openDatabase(testDatabase.url);
});
afterAll(async () => {
  await connection.close();
  await testDatabase.drop();
});

/** How many rows each of three statements is to read; plenty of time. */
async function rowsOf(enough: ChunkRead["enough"]) {
  const rows: number[] = [];
  await scanInChunks(connection.db, { budgetMs: 600_000 }, async (_, chunk) => {
    rows.push(chunk.rows);
    return { read: chunk.rows, last: "id", stopsAt: rows.length === 3 ? "id" : null, enough };
  });
  return rows;
}

test("a statement reads ten times the rows of the one before, or as many as are probably enough", async () => {
  expect(await rowsOf(null)).toEqual([200, 2_000, 20_000]);
  expect(await rowsOf(1_500)).toEqual([200, 1_500, 1_500]);
  expect(await rowsOf(5_000)).toEqual([200, 2_000, 5_000]);
  expect(await rowsOf(1)).toEqual([200, 50, 50]);
});
