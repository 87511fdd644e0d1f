import { expect, test } from "vitest";
import { database } from "@/db/connection/database";
import { findMemberships } from "@/db/queries/users";
import { makeCaller, startTestApi } from "../testing/api";

const { id, ctx } = await startTestApi();

async function roleStoredAs(stored: string) {
  const { sql } = database();
  await sql`update memberships set role = ${stored}`;
  const [row] = await sql<{ user_id: string }[]>`select user_id from memberships where workspace_id = ${id}`;
  const [membership] = await findMemberships(ctx.db, row?.user_id ?? "");
  return membership?.role;
}

test("a developer is read by the older word for it, too, and written by that one, for the version before", async () => {
  await makeCaller(ctx.workspace, "developer");
  const rows = await database()
    .sql`select role from memberships where workspace_id = ${id} and role <> 'owner'`;
  expect(rows).toEqual([{ role: "member" }]);
  expect(await roleStoredAs("member")).toBe("developer");
  expect(await roleStoredAs("developer")).toBe("developer");
});

test("somebody with a role of a later version may do least", async () => {
  expect(await roleStoredAs("auditor")).toBe("viewer");
});
