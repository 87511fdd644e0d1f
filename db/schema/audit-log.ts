import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { auditActorTypes, type Changes } from "../../lib/core/audit";
import { createdAt } from "./columns";

/**
 * Who changed what. Written in the transaction of the change; a trigger refuses to alter a row, or to delete one of less
 * than a day ago.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: uuid("id").primaryKey(),
    /** `null`: of the instance, or of an account. */
    workspaceId: uuid("workspace_id"),
    actorType: text("actor_type", { enum: auditActorTypes }).notNull(),
    actorId: uuid("actor_id"),
    /** As it was then; `null` in rows of an earlier version. */
    actorName: text("actor_name"),
    /** Noun and verb, like `endpoint.create`: `auditActions` has them. */
    action: text("action").notNull(),
    targetId: text("target_id"),
    /** As it was then. */
    targetName: text("target_name"),
    /** The address that the request came from, and what it said of its program. */
    address: text("address"),
    userAgent: text("user_agent"),
    requestId: uuid("request_id"),
    /** What belongs to the action; never a secret or a header's value. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
    /** Fields before and after, those that changed; secrets and values of headers are masked. */
    changes: jsonb("changes").$type<Changes>(),
    createdAt: createdAt(),
  },
  (table) => [
    // The audit log of a workspace: newest first.
    index("audit_log_workspace").on(table.workspaceId, table.id),
    // What somebody did, and what was done to a thing: newest first.
    index("audit_log_actor").on(table.workspaceId, table.actorId, table.id),
    index("audit_log_target").on(table.workspaceId, table.targetId, table.id),
  ],
);
