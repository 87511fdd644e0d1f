import type postgres from "postgres";
import { removals } from "./remove-workspace";

/** Removes a self-test's workspace with all that belongs to it. Nothing of a test is in the audit log. */
export async function deleteTestWorkspace(sql: postgres.Sql, workspaceId: string): Promise<void> {
  // Of what was taken off the queue while it was sent, the receivers alone know.
  await sql`delete from attempts where delivery_id in (select delivery_id from self_test_receipts)`;
  await sql`update workspaces set deleted_at = coalesce(deleted_at, now()) where id = ${workspaceId}`;
  for (const remove of removals(sql, workspaceId)) while (await remove());
}
