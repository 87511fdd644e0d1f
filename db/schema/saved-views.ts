import { sql } from "drizzle-orm";
import { foreignKey, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { savedLogs } from "../../lib/core/saved-views";
import { createdAt } from "./columns";
import { memberships } from "./workspaces";

/** Filters of the event log that a member saved for their own use; they are deleted with the membership. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid("id").primaryKey(),
    workspaceId: uuid("workspace_id").notNull(),
    userId: uuid("user_id").notNull(),
    log: text("log", { enum: savedLogs }).notNull(),
    name: text("name").notNull(),
    /** As in the log's address, after the `?`. */
    query: text("query").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({
      name: "saved_views_membership",
      columns: [table.workspaceId, table.userId],
      foreignColumns: [memberships.workspaceId, memberships.userId],
    }).onDelete("cascade"),
    // A person's views. A name in another case counts as the same.
    uniqueIndex("saved_views_name").on(table.workspaceId, table.userId, sql`lower(${table.name})`),
  ],
);
