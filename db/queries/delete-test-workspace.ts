import { type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../connection/client";
import * as schema from "../schema";

const { attempts, deliveryLeases, endpointHours } = schema;

/** Every table with a column `workspace_id`: one that is added is cleared, too. Nothing of a test is in the audit log. */
const tablesOfWorkspaces = Object.values(schema).flatMap((table) => {
  const { name, columns } = isTable(table) ? getTableConfig(table) : { name: "", columns: [] };
  return name !== "audit_log" && columns.some((column) => column.name === "workspace_id") ? [name] : [];
});

function isTable(value: unknown): value is PgTable {
  return typeof value === "object" && value !== null && "enableRLS" in value;
}

/**
 * Removes a self-test's workspace with all that belongs to it. It is small; everything that grows is found by the
 * workspace's keys.
 */
export async function deleteTestWorkspace(db: Database, workspaceId: string): Promise<void> {
  const ofEndpoints = sql`endpoint_id in (select id from endpoints where workspace_id = ${workspaceId})`;
  const remove = (table: PgTable, condition: SQL) => db.execute(sql`delete from ${table} where ${condition}`);
  // Of what was taken off the queue while it was sent, the receivers alone know.
  await remove(
    attempts,
    sql`delivery_id in (select id from deliveries where workspace_id = ${workspaceId}
      union select delivery_id from self_test_receipts)`,
  );
  await remove(deliveryLeases, ofEndpoints);
  await remove(endpointHours, ofEndpoints);
  for (const name of tablesOfWorkspaces) {
    await db.execute(sql`delete from ${sql.identifier(name)} where workspace_id = ${workspaceId}`);
  }
  await db.execute(sql`delete from workspaces where id = ${workspaceId}`);
}
