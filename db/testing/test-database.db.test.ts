import { expect, test } from "vitest";
import { openDatabase } from "../connection/client";
import { createTestDatabase } from "./test-database";

test("each test database is migrated, and of its own", async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const connections = [openDatabase(one.url, { max: 1 }), openDatabase(other.url, { max: 1 })] as const;
  const [first, second] = connections;
  await first.sql`create table only_here (id int)`;
  const tables = await second.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  expect(tables.map((table) => table.name)).toContain("events");
  expect(tables.map((table) => table.name)).not.toContain("only_here");
  await Promise.all(connections.map((connection) => connection.close()));
  await Promise.all([one.drop(), other.drop()]);
});
