import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openDatabase } from "../connection/client";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { namedStatement } from "./named-statement";
import { rowParameters } from "./row-parameters";

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

test("parameters are found by name, each time they occur, and casts are not parameters", async () => {
  const add = namedStatement<{ sum: number; again: number }>(
    "select :first::int + :second::int as sum, :first::int as again",
  );
  expect([...(await add(connection.sql, { second: 2, first: 40 }))]).toEqual([{ sum: 42, again: 40 }]);
  expect(() => add(connection.sql, { first: 40 })).toThrow("second has no value");
  expect(() => add(connection.sql, { first: 40, second: 2, third: 1 })).toThrow("no parameter third");
});

test("rows go over as columns, whatever their texts hold, and none as no row", async () => {
  const people = rowParameters<{ name: string | null; age: number }>("people", {
    name: ["text", (one) => one.name],
    age: ["int", (one) => one.age],
  });
  const read = namedStatement(`select name, age from ${people.table} where age > :above`);
  const rows = [
    { name: 'Ana, {"Bo"} :age $1 \'', age: 40 },
    { name: null, age: 30 },
    { name: "", age: 20 },
  ];
  const found = await read(connection.sql, { ...people.values(rows), above: 20 });
  expect([...found]).toEqual(rows.slice(0, 2));
  expect([...(await read(connection.sql, { ...people.values([]), above: 0 }))]).toEqual([]);
});
