import type postgres from "postgres";

/** Rows of a workspace, by table. */
export type RowCounts = Record<"events" | "deliveries" | "endpoints" | "idempotency" | "audit", number>;

/** Counts a workspace's rows: what a refused request must leave as it was. */
export async function countRowsIn(sql: postgres.Sql, workspaceId: string): Promise<RowCounts> {
  const [row] = await sql<RowCounts[]>`
    select
      (select count(*)::int from events where workspace_id = ${workspaceId}) as events,
      (select count(*)::int from delivery_log where listed and workspace_id = ${workspaceId}) as deliveries,
      (select count(*)::int from endpoints where workspace_id = ${workspaceId}) as endpoints,
      (select count(*)::int from idempotency_keys where workspace_id = ${workspaceId}) as idempotency,
      (select count(*)::int from audit_log where workspace_id = ${workspaceId}) as audit`;
  if (!row) throw new Error("a count gave no row");
  return row;
}
