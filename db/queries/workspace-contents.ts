import { sql } from "drizzle-orm";
import { type WorkspaceContents, workspaceContentsMax } from "../../lib/core/workspaces";
import type { Queryable } from "../connection/client";

/** How much data a workspace has. What grows is counted up to `workspaceContentsMax`. */
export async function countContents(db: Queryable, workspaceId: string): Promise<WorkspaceContents> {
  const [row] = await db.execute<WorkspaceContents>(sql`
    select
      (select count(*) from endpoints where workspace_id = ${workspaceId} and deleted_at is null)::int as webhooks,
      (select count(*) from event_types where workspace_id = ${workspaceId})::int as "eventTypes",
      (select count(*) from api_keys where workspace_id = ${workspaceId} and revoked_at is null
        and (expires_at is null or expires_at > now()))::int as "apiKeys",
      (select count(*) from memberships where workspace_id = ${workspaceId})::int as members,
      (select count(*) from (
        select from events where workspace_id = ${workspaceId} limit ${workspaceContentsMax}) counted)::int as events,
      (select count(*) from (
        select from delivery_queue where workspace_id = ${workspaceId} limit ${workspaceContentsMax}) counted)::int as waiting`);
  if (!row) throw new Error("counting gave no row");
  return row;
}
