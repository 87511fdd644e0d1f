import { eq, isNull, sql } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import type postgres from "postgres";
import type { Queryable } from "../connection/client";
import { isRow } from "../fragments/is-row";
import * as schema from "../schema";
import { partitionedTables } from "./create-partitions";

/** The most rows that one statement deletes: it must be short, because others may wait for them. */
const rowsPerStatement = 2_000;
/** Attempts under way when the workspace was deleted are recorded by then: a lease lasts 60 seconds. */
const restSeconds = 120;

/** Tables that outlive their workspace, or are deleted with the workspace's own row. */
const kept = new Set<string>(["audit_log", "endpoints", ...partitionedTables]);

/** Every other table with a column `workspace_id`, so that new tables are included. */
const tablesOfWorkspaces = Object.values(schema).flatMap((table) => {
  const { name, columns } = isTable(table) ? getTableConfig(table) : { name: "", columns: [] };
  return columns.some((column) => column.name === "workspace_id") && !kept.has(name) ? [name] : [];
});

function isTable(value: unknown): value is PgTable {
  return typeof value === "object" && value !== null && "enableRLS" in value;
}

/** Workspaces deleted so long ago that nothing of them is being sent any more, but whose rows remain. */
export async function findWorkspacesToRemove(db: Queryable): Promise<string[]> {
  const rows = await db
    .select({ id: schema.workspaceDeletions.id })
    .from(schema.workspaceDeletions)
    .where(
      sql`${isNull(schema.workspaceDeletions.finishedAt)}
        and ${schema.workspaceDeletions.createdAt} < now() - make_interval(secs => ${restSeconds})`,
    )
    .orderBy(schema.workspaceDeletions.createdAt);
  return rows.map((row) => row.id);
}

/** Records that all data of a workspace is removed. @returns the name that it had */
export async function finishRemoval(db: Queryable, id: string): Promise<string | null> {
  const [row] = await db
    .update(schema.workspaceDeletions)
    .set({ finishedAt: sql`now()` })
    .where(eq(schema.workspaceDeletions.id, id))
    .returning({ name: schema.workspaceDeletions.name });
  return row?.name ?? null;
}

/**
 * The statements that delete a workspace's data, in an order that leaves no rows that others still need. Each deletes
 * at most 2,000 rows and is to be repeated until it deletes fewer.
 */
export function removals(sqlOf: postgres.Sql, workspaceId: string) {
  const limit = rowsPerStatement;
  const ofTable =
    (name: string, condition = sqlOf`workspace_id = ${workspaceId}`) =>
    async () => {
      const { count } = await sqlOf`
      delete from ${sqlOf(name)} where ctid = any(array(
        select ctid from ${sqlOf(name)} where ${condition} limit ${limit}))`;
      return count === limit;
    };
  const ofEndpoints = sqlOf`endpoint_id in (select id from endpoints where workspace_id = ${workspaceId})`;
  return [
    ofTable("delivery_queue"),
    async () => {
      const { count } = await sqlOf`
        with old as (
          select workspace_id, id from deliveries where workspace_id = ${workspaceId} limit ${limit}
        ), made as (
          delete from attempts a using old o where ${sqlOf.unsafe(isRow(["a.delivery_id"], ["o.id"]))}
        )
        delete from deliveries d using old o
        where ${sqlOf.unsafe(isRow(["d.workspace_id", "d.id"], ["o.workspace_id", "o.id"]))}`;
      return count === limit;
    },
    async () => {
      const { count } = await sqlOf`
        delete from events where workspace_id = ${workspaceId} and id in (
          select id from events where workspace_id = ${workspaceId} limit ${limit})`;
      return count === limit;
    },
    ofTable("delivery_leases", ofEndpoints),
    ofTable("endpoint_hours", ofEndpoints),
    ...tablesOfWorkspaces.map((name) => ofTable(name)),
    ofTable("endpoints"),
    ofTable("workspaces", sqlOf`id = ${workspaceId} and deleted_at is not null`),
  ];
}
