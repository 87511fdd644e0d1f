import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";
import { workspaces } from "./workspaces";

/** The catalogue. */
export const eventTypes = pgTable(
  "event_types",
  {
    workspaceId: uuid("workspace_id")
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description"),
    /** JSON text; written by people or generated from placeholders, never taken from published data. */
    example: text("example").notNull(),
    /** JSON Schema (2020-12) of the data, as JSON text; `null` if the data may be anything. */
    schema: text("schema"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.name] })],
);
