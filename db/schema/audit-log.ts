import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";

/** Who changed what. Written in the transaction of the change. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id").notNull(),
    actorType: text("actor_type", { enum: ["user", "api_key", "system"] }).notNull(),
    actorId: uuid("actor_id"),
    /** Noun and verb, like `endpoint.create`. */
    action: text("action").notNull(),
    targetId: text("target_id"),
    /** What was changed; never a secret or a header's value. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    // The audit log of a workspace: newest first.
    index("audit_log_workspace").on(table.workspaceId, table.id),
  ],
);
