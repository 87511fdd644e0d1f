import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { auditActorTypes, type Changes } from "../../lib/core/audit";
import { createdAt } from "./columns";

/**
 * Who changed what. Written in the same transaction as the change. A trigger rejects updates, and deletes of rows
 * less than a day old.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: uuid("id").primaryKey(),
    /** `null`: an entry of the instance, or of an account. */
    workspaceId: uuid("workspace_id"),
    actorType: text("actor_type", { enum: auditActorTypes }).notNull(),
    actorId: uuid("actor_id"),
    /** The name at that time; `null` in rows of an earlier version. */
    actorName: text("actor_name"),
    /** Noun and verb, like `endpoint.create`, from `auditActions`. */
    action: text("action").notNull(),
    targetId: text("target_id"),
    /** The name at that time. */
    targetName: text("target_name"),
    /** The address that the request came from, and its user agent. */
    address: text("address"),
    userAgent: text("user_agent"),
    requestId: uuid("request_id"),
    /** Details of the action; never contains a secret or a header's value. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
    /** Changed fields before and after; secrets and header values are masked. */
    changes: jsonb("changes").$type<Changes>(),
    createdAt: createdAt(),
  },
  (table) => [
    // The audit log of a workspace: newest first.
    index("audit_log_workspace").on(table.workspaceId, table.id),
    // What an actor did, and what was done to a target: newest first.
    index("audit_log_actor").on(table.workspaceId, table.actorId, table.id),
    index("audit_log_target").on(table.workspaceId, table.targetId, table.id),
  ],
);
